import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { AccountRootPrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { StoryFunction } from "./function.ts";
import type { IngestStack } from "./ingest.ts";
import { type LakeStack, SEALED } from "./lake.ts";
import {
    clearUploads,
    consumeQueue,
    eraseObjects,
    onThese,
    passLocks,
    readObjects,
    readSecret,
    sendTo,
    writeObjects,
} from "./permissions.ts";
import type { PublishStack } from "./publish.ts";
import type { RefreshStack } from "./refresh.ts";
import { NarrowRole } from "./role.ts";
import { Schedule } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import type { SiteStack } from "./site.ts";
import { storyEnvironment } from "./stories.ts";

export interface OperateProps extends StackProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
    ingest: IngestStack;
    publish: PublishStack;
    refresh: RefreshStack;
    site: SiteStack;
}

/**
 * What an operator does: through functions, so that no person has the right to read or delete what is in the lake. The
 * role is for people with a second factor, and holds only the right to call.
 */
export class OperateStack extends Stack {
    readonly operate: StoryFunction;
    readonly operator: NarrowRole;

    constructor(scope: Construct, id: string, props: OperateProps) {
        super(scope, id, { ...props, description: "Regiospiegel: wat een beheerder doet" });
        const { settings, assets, data } = props;
        const { incoming, lake, operations } = data;
        this.operate = new StoryFunction(this, "Beheren", {
            assets,
            asset: "stories",
            handler: "operate",
            description: "Overzicht, opruimen, terugzetten en vergeten in het meer",
            memory: 3_008,
            disk: 10_240,
            timeout: Duration.minutes(15),
            environment: storyEnvironment(data),
            may: [
                ...readObjects(lake, ""),
                ...writeObjects(lake, ""),
                ...eraseObjects(lake, ""),
                ...clearUploads(lake),
                ...readObjects(incoming, SEALED),
                ...eraseObjects(incoming, SEALED),
                ...passLocks(incoming, SEALED),
                ...readSecret(data.pseudonyms, lake.key),
            ],
            key: operations,
            logDays: settings.watch.logDays,
        });
        new Schedule(this, "Opruimen", {
            description: "Verlopen kopieën en wat geen uitgave meer noemt gaan weg",
            // Not while results are being computed (settings.refresh.schedule).
            cron: "0 12 * * ? *",
            target: this.operate.function.functionArn,
            action: "lambda:InvokeFunction",
            input: { do: "collect", keep: settings.keepReleases, sealedDays: settings.arrivals.sealedDays },
        });
        this.operator = this.#operator(props);
    }

    #operator({ data, ingest, publish, refresh, site }: OperateProps): NarrowRole {
        const person = new AccountRootPrincipal().withConditions({
            Bool: { "aws:MultiFactorAuthPresent": "true" },
        });
        return new NarrowRole(this, "Beheerder", person, [
            onThese(
                ["lambda:InvokeFunction"],
                [this.operate, publish.publish, site.access.revoke].map((one) => one.function.functionArn),
            ),
            onThese(["states:StartExecution"], [refresh.machine.stateMachineArn]),
            // Looks at what could not be taken in, and puts it back in the queue.
            ...consumeQueue(ingest.failed, data.operations),
            onThese(["sqs:StartMessageMoveTask", "sqs:ListMessageMoveTasks"], [ingest.failed.queueArn]),
            ...sendTo(ingest.queue, data.operations),
        ]);
    }
}
