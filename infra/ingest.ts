import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { ARRIVALS, LETTERS } from "../pipelines/handler/places.ts";
import { acknowledge } from "./acknowledge.ts";
import { StoryFunction } from "./function.ts";
import { type LakeStack, SEALED } from "./lake.ts";
import {
    consumeQueue,
    eraseObjects,
    passLocks,
    readObjects,
    readSecret,
    readVersions,
    sealObjects,
    sendTo,
    useTable,
    writeObjects,
} from "./permissions.ts";
import type { Settings } from "./settings.ts";
import { Sftp } from "./sftp.ts";
import { storyEnvironment } from "./stories.ts";

const TIMEOUT = Duration.minutes(15);
/** Tried so often before the handler puts a delivery aside with its reason. */
export const TRIES = 6;

export interface IngestProps extends StackProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
}

/** A delivery arrives -> event -> queue -> ingest. What cannot be taken in waits, with its reason, in a queue of its own. */
export class IngestStack extends Stack {
    readonly queue: Queue;
    /** Deliveries that could not be taken in, each with its reason. */
    readonly failed: Queue;
    /** Events that did not reach the queue. */
    readonly lost: Queue;
    readonly ingest: StoryFunction;

    constructor(scope: Construct, id: string, props: IngestProps) {
        super(scope, id, { ...props, description: "Regiospiegel: een levering komt binnen en wordt opgenomen" });
        const { settings, assets, data } = props;
        const { incoming, lake, operations } = data;
        const queue = (name: string, more: object = {}) =>
            new Queue(this, name, {
                encryption: QueueEncryption.KMS,
                encryptionMasterKey: operations,
                dataKeyReuse: Duration.hours(1),
                enforceSSL: true,
                retentionPeriod: Duration.days(14),
                ...more,
            });
        this.failed = queue("NietOpgenomen");
        this.lost = queue("NietBezorgd");
        this.queue = queue("Aankomst", {
            visibilityTimeout: Duration.minutes(6 * TIMEOUT.toMinutes()),
            // A net for what the handler itself cannot put aside; see handler/attempts.ts.
            deadLetterQueue: { queue: this.failed, maxReceiveCount: TRIES + 4 },
        });
        for (const aside of [this.failed, this.lost])
            acknowledge(aside, {
                "AwsSolutions-SQS3": "Dit is zelf de wachtrij voor wat niet verwerkt kon worden.",
            });
        new Rule(this, "Aangekomen", {
            description: "Een levering staat onder aankomst/",
            eventPattern: {
                source: ["aws.s3"],
                detailType: ["Object Created"],
                detail: {
                    bucket: { name: [incoming.name] },
                    object: { key: ["zip", "ZIP", "gz", "GZ"].map((kind) => ({ wildcard: `${ARRIVALS}*.${kind}` })) },
                },
            },
            targets: [
                new SqsQueue(this.queue, {
                    message: RuleTargetInput.fromEventPath("$"),
                    deadLetterQueue: this.lost,
                    retryAttempts: 185,
                    maxEventAge: Duration.hours(24),
                }),
            ],
        });
        this.ingest = new StoryFunction(this, "Opnemen", {
            assets,
            asset: "stories",
            handler: "ingest",
            description: "Neemt een levering op in het meer, of weigert haar",
            // DuckDB has 550 MB, a file of 2 GB stays under 1 GB resident; 1.769 MB is one core.
            memory: 3_008,
            // Copy, text and Parquet of the largest delivery side by side.
            disk: 10_240,
            timeout: TIMEOUT,
            environment: {
                ...storyEnvironment(data),
                REGIOSPIEGEL_VOORTGANG: data.progress.tableName,
                REGIOSPIEGEL_WACHTRIJ: this.queue.queueUrl,
                REGIOSPIEGEL_NIET_OPGENOMEN: this.failed.queueUrl,
                REGIOSPIEGEL_POGINGEN: String(TRIES),
            },
            may: [
                ...readObjects(incoming, ARRIVALS, SEALED),
                ...readVersions(incoming, ARRIVALS),
                ...writeObjects(incoming, SEALED, LETTERS),
                ...sealObjects(incoming, SEALED),
                ...eraseObjects(incoming, ARRIVALS, SEALED),
                ...passLocks(incoming, SEALED),
                ...readObjects(lake, ""),
                ...writeObjects(lake, ""),
                ...eraseObjects(lake, "lake/", "deliveries/", "arrivals/", "aside/"),
                ...readSecret(data.pseudonyms, lake.key),
                ...useTable(data.progress, operations),
                ...consumeQueue(this.queue, operations),
                ...sendTo(this.failed, operations),
            ],
            key: operations,
            logDays: settings.watch.logDays,
        });
        new EventSourceMapping(this, "Uit de wachtrij", {
            target: this.ingest.function,
            eventSourceArn: this.queue.queueArn,
            // One at a time: a delivery that stops the process must not take others down with it.
            batchSize: 1,
            reportBatchItemFailures: true,
            maxConcurrency: settings.arrivals.atOnce,
        });
        if (settings.arrivals.sftp.length > 0)
            new Sftp(this, "Sftp", { incoming, senders: settings.arrivals.sftp, operations, settings });
    }
}
