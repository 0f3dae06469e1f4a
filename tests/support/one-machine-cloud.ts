import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
    ConditionalCheckFailedException,
    CreateTableCommand,
    DeleteItemCommand,
    type DeleteItemCommandInput,
    DynamoDBClient,
    PutItemCommand,
    type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { refreshMachine } from "../../infra/refresh-machine.ts";
import { type AwsStandIn, startAwsStandIn } from "./aws-stand-in.ts";
import { diskOf, FunctionError, LambdaStandIn } from "./lambda-stand-in.ts";
import { type Message, QueueStandIn, sqsEvent } from "./queue-stand-in.ts";
import { type S3StandIn, startS3StandIn } from "./s3-stand-in.ts";
import type { BucketContent } from "./s3-stand-in-objects.ts";
import { execute, type Machine, type Services, TaskError } from "./state-machine.ts";

/** As infra sets them. */
const BATCH = 1;
const VISIBILITY_S = 5_400;
const TABLE = "voortgang";
const STORE = "arn:aws:cloudfront::111122223333:key-value-store/aanwijzer";

/** Of the functions at the door. */
const ACCESS = {
    BASE_URL: "https://spiegel.example.org",
    OIDC_ISSUER: "https://127.0.0.1:1",
    OIDC_CLIENT_ID: "paginas",
    OIDC_CLAIM: "cognito:groups",
    ACCESS_STORE: "s3://toegang",
    SITE_STORE: "s3://paginas",
    ACCESS_SECRET: "toegang",
    EDGE_FACTS: STORE,
};

export interface CloudOptions {
    /** Folder for the disks of functions. */
    root: string;
    /** Built functions. */
    functions: string;
    /** The key of the pseudonyms, in hexadecimals. */
    key: string;
    /** Program to run functions with. */
    node?: string;
    rowsPerTask?: number;
    /** So often is a delivery tried. */
    tries?: number;
    /** First month of which outcomes are made. */
    from?: string;
}

/** What may go wrong while the queue is worked off. */
export interface Disturbance {
    /** Milliseconds after which the process that got this message is killed; null: not this time. */
    killAfter?: (body: string) => number | null;
    /** Ingest functions at once. */
    atOnce?: number;
}

/** The cloud on one machine: buckets, queue, table, secret and edge are stand-ins, the functions are the built ones. */
export class OneMachineCloud {
    readonly functions: Record<string, LambdaStandIn> = {};
    /** States that the last refresh went through. */
    visited: string[] = [];

    private constructor(
        readonly options: CloudOptions,
        readonly clock: { now: number },
        readonly queue: QueueStandIn,
        /** What could not be taken in. */
        readonly failed: QueueStandIn,
        readonly s3: S3StandIn,
        readonly aws: AwsStandIn,
        readonly database: Server,
        readonly table: DynamoDBClient,
        readonly environment: Record<string, string>,
    ) {}

    static async start(options: CloudOptions): Promise<OneMachineCloud> {
        const s3 = await startS3StandIn({
            inkomend: { versioned: true, locks: true },
            meer: { versioned: true },
            paginas: { versioned: true },
            toegang: { versioned: true },
        });
        const queues: QueueStandIn[] = [];
        const aws = await startAwsStandIn(queues, { pseudoniemen: options.key, toegang: "nog niets" });
        const database = dynalite({ createTableMs: 0 });
        await new Promise<void>((resolve) => database.listen(0, "127.0.0.1", resolve));
        const endpoint = `http://127.0.0.1:${(database.address() as AddressInfo).port}`;
        const credentials = { accessKeyId: s3.accessKey, secretAccessKey: "geheim" };
        const table = new DynamoDBClient({ region: "eu-central-1", endpoint, credentials });
        await table.send(
            new CreateTableCommand({
                TableName: TABLE,
                BillingMode: "PAY_PER_REQUEST",
                AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
                KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
            }),
        );
        const clock = { now: 0 };
        const { tries = 6 } = options;
        const failed = new QueueStandIn(`${aws.endpoint}/111122223333/niet-opgenomen`, clock);
        const redrive = { queue: failed, maxReceiveCount: tries + 4 };
        const queue = new QueueStandIn(`${aws.endpoint}/111122223333/aankomst`, clock, VISIBILITY_S, redrive);
        queues.push(queue, failed);
        return new OneMachineCloud(options, clock, queue, failed, s3, aws, database, table, {
            AWS_REGION: "eu-central-1",
            AWS_ACCESS_KEY_ID: s3.accessKey,
            AWS_SECRET_ACCESS_KEY: "geheim",
            AWS_ENDPOINT_URL_S3: s3.endpoint,
            AWS_ENDPOINT_URL_SQS: aws.endpoint,
            AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.endpoint,
            AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: aws.endpoint.replace("127.0.0.1", "localhost"),
            AWS_ENDPOINT_URL_CLOUDFRONT: aws.endpoint,
            AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: aws.endpoint,
            AWS_ENDPOINT_URL_DYNAMODB: endpoint,
            REGIOSPIEGEL_MEER: "s3://meer",
            REGIOSPIEGEL_INKOMEND: "s3://inkomend/kopieen",
            REGIOSPIEGEL_SLEUTELGEHEIM: "pseudoniemen",
            REGIOSPIEGEL_VOORTGANG: TABLE,
            REGIOSPIEGEL_WACHTRIJ: queue.url,
            REGIOSPIEGEL_NIET_OPGENOMEN: failed.url,
            REGIOSPIEGEL_POGINGEN: String(tries),
            REGIOSPIEGEL_RIJEN_PER_TAAK: String(options.rowsPerTask ?? 3_000_000),
            REGIOSPIEGEL_VANAF: options.from ?? "2022-01",
            REGIOSPIEGEL_SITE: "s3://paginas",
            REGIOSPIEGEL_AANWIJZER: STORE,
            REGIOSPIEGEL_SLEUTELNAAM: "regiospiegel-hier-",
            REGIOSPIEGEL_SLEUTELGROEP: "sleutels",
            REGIOSPIEGEL_GEBRUIKERS: "gebruikers",
            REGIOSPIEGEL_CLIENT: "paginas",
            REGIOSPIEGEL_WACHTTIJD: "0",
            ...ACCESS,
        });
    }

    /** Puts a delivery where it arrives; returns the event that S3 tells of it. */
    arrive(sender: string, name: string, body: Uint8Array): string {
        const key = `aankomst/${sender}/${name}`;
        const { id } = this.s3.bucket("inkomend").write(key, { body: Buffer.from(body), metadata: {} });
        return JSON.stringify({
            version: "0",
            source: "aws.s3",
            "detail-type": "Object Created",
            detail: {
                bucket: { name: "inkomend" },
                object: { key, size: body.length, "version-id": id, sequencer: id },
                reason: "PutObject",
            },
        });
    }

    /** Calls a function, in the sandbox of that name. */
    invoke(name: string, event: unknown, options: { killAfter?: number; sandbox?: string } = {}): Promise<unknown> {
        const sandbox = options.sandbox ?? name;
        this.functions[sandbox] ??= new LambdaStandIn({
            folder: this.options.functions,
            name,
            environment: {
                ...this.environment,
                // The stand-in notes by this who asked for what.
                AWS_ACCESS_KEY_ID: `${this.s3.accessKey}${name.toUpperCase()}`,
            },
            disk: diskOf(this.options.root, sandbox),
            ...(this.options.node ? { node: this.options.node } : {}),
        });
        return this.functions[sandbox].invoke(event, options);
    }

    /** Works the queue off, as AWS does: what failed is seen again when its time comes, the clock is moved on to it. */
    async workOff({ killAfter, atOnce = 1 }: Disturbance = {}): Promise<{ batches: number; crashes: number }> {
        const told = { batches: 0, crashes: 0 };
        const work = async (worker: number): Promise<void> => {
            for (;;) {
                const batch = this.queue.receive(BATCH);
                if (batch.length === 0) return;
                told.batches += 1;
                const kill = killAfter?.(batch[0]?.body ?? "") ?? null;
                try {
                    const answer = (await this.invoke("ingest", sqsEvent(batch), {
                        sandbox: `ingest-${worker}`,
                        ...(kill === null ? {} : { killAfter: kill }),
                    })) as { batchItemFailures: { itemIdentifier: string }[] };
                    this.#settle(batch, answer.batchItemFailures);
                } catch (error) {
                    if (error instanceof FunctionError) throw error;
                    // No answer: the whole batch is seen again after the visibility time-out.
                    told.crashes += 1;
                }
            }
        };
        for (;;) {
            await Promise.all(Array.from({ length: atOnce }, (_, worker) => work(worker)));
            const { next } = this.queue;
            if (next === null) return told;
            this.clock.now = Math.max(this.clock.now, next);
        }
    }

    #settle(batch: readonly Message[], failures: readonly { itemIdentifier: string }[]): void {
        const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
        for (const message of batch) if (!failed.has(message.id)) this.queue.delete(message.handle);
    }

    /** Runs the state machine of a refresh; throws TaskError when it ends in Fail. */
    async refresh(execution = "berekening-1"): Promise<unknown> {
        this.visited = [];
        const text = JSON.stringify(refreshMachine({ atOnce: 2 })).replaceAll(/\$\{voortgang\}/g, TABLE);
        const machine = JSON.parse(text) as Machine;
        return execute(machine, {}, { services: this.#services(), execution, visited: this.visited });
    }

    #services(): Services {
        let sandboxes = 0;
        const busy = new Set<string>();
        return {
            "lambda:invoke": async ({ FunctionName, Payload }) => {
                const name = String(FunctionName).slice(2, -1);
                const free = [...Array(sandboxes).keys()].map((at) => `${name}-${at}`).find((one) => !busy.has(one));
                const sandbox = free ?? `${name}-${sandboxes++}`;
                busy.add(sandbox);
                try {
                    return { Payload: await this.invoke(name, Payload, { sandbox }) };
                } catch (error) {
                    if (error instanceof FunctionError) throw new TaskError(error.errorType, error.message);
                    throw new TaskError("Lambda.Unknown", String(error));
                } finally {
                    busy.delete(sandbox);
                }
            },
            "s3:getObject": async ({ Bucket, Key }) => this.s3.bucket(String(Bucket)).current(String(Key))?.body,
            "dynamodb:putItem": (args) =>
                this.#onTable(() => this.table.send(new PutItemCommand(args as unknown as PutItemCommandInput))),
            "dynamodb:deleteItem": (args) =>
                this.#onTable(() => this.table.send(new DeleteItemCommand(args as unknown as DeleteItemCommandInput))),
        };
    }

    async #onTable(action: () => Promise<unknown>): Promise<unknown> {
        try {
            await action();
            return {};
        } catch (error) {
            if (error instanceof ConditionalCheckFailedException)
                throw new TaskError("DynamoDB.ConditionalCheckFailedException", error.message);
            throw error;
        }
    }

    /** The pages that the edge would show, by path. */
    livePages(): Map<string, Buffer> {
        const live = `${this.aws.edge.get("publicatie")}/`;
        return contentBelow(this.s3.bucket("paginas"), live);
    }

    async stop(): Promise<void> {
        await Promise.all(Object.values(this.functions).map((one) => one.stop()));
        this.table.destroy();
        await Promise.all([
            this.s3.close(),
            this.aws.close(),
            new Promise((resolve) => {
                this.database.close(resolve);
                this.database.closeAllConnections();
            }),
        ]);
    }
}

/** Current objects of a bucket below a prefix, by the rest of their key. */
export function contentBelow(bucket: BucketContent, prefix: string): Map<string, Buffer> {
    const keys = bucket.keys().filter((key) => key.startsWith(prefix));
    return new Map(keys.map((key) => [key.slice(prefix.length), bucket.current(key)?.body ?? Buffer.alloc(0)]));
}
