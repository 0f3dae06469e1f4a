import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudFrontStandIn } from "./cloudfront-stand-in.ts";
import type { Message, QueueStandIn } from "./queue-stand-in.ts";
import { SecretStandIn } from "./secret-stand-in.ts";

export interface AwsStandIn {
    endpoint: string;
    /** What the edge reads: key to value. */
    edge: Map<string, string>;
    secrets: Record<string, SecretStandIn>;
    cloudFront: CloudFrontStandIn;
    /** What CloudFormation was told of the last deployment. */
    deployed: { Status?: string; Reason?: string };
    close(): Promise<void>;
}

/** SQS, Secrets Manager, Cognito and CloudFront with its key-value store, as far as our functions speak with them. */
export async function startAwsStandIn(
    queues: readonly QueueStandIn[],
    texts: Record<string, string>,
): Promise<AwsStandIn> {
    const edge = new Map<string, string>();
    const secrets = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, new SecretStandIn(text)]));
    const cloudFront = new CloudFrontStandIn();
    const deployed = {};
    let version = 0;
    const queueAt = (url: string): QueueStandIn => {
        const queue = queues.find((one) => one.url === url);
        if (!queue) throw new Error(`AWS.SimpleQueueService.NonExistentQueue: ${url}`);
        return queue;
    };
    const answers: Record<string, (asked: Record<string, unknown>) => object> = {
        "AmazonSQS.SendMessage": (asked) => {
            const body = String(asked.MessageBody);
            const attributes = (asked.MessageAttributes ?? {}) as Message["attributes"];
            const { id } = queueAt(String(asked.QueueUrl)).send(body, attributes);
            return {
                MessageId: id,
                MD5OfMessageBody: createHash("md5").update(body).digest("hex"),
                MD5OfMessageAttributes: md5OfAttributes(attributes),
            };
        },
        "AmazonSQS.ChangeMessageVisibility": (asked) => {
            queueAt(String(asked.QueueUrl)).changeVisibility(
                String(asked.ReceiptHandle),
                Number(asked.VisibilityTimeout),
            );
            return {};
        },
        "AWSCognitoIdentityProviderService.DescribeUserPoolClient": () => ({
            UserPoolClient: { ClientSecret: "geheim-van-de-client" },
        }),
    };
    const server = createServer(async (request, response) => {
        const body = await bodyOf(request);
        const target = String(request.headers["x-amz-target"] ?? "");
        const send = (status: number, headers: Record<string, string>, answer: object): void => {
            response.writeHead(status, { "content-type": "application/x-amz-json-1.0", ...headers });
            response.end(JSON.stringify(answer));
        };
        try {
            const url = request.url ?? "";
            if (url.startsWith("/2020-05-31/")) {
                const { status, xml } = cloudFront.answer(request.method ?? "", url, body);
                response.writeHead(status, { "content-type": "text/xml", etag: "E1" });
                return response.end(xml);
            }
            if (url === "/uitgerold") {
                Object.assign(deployed, JSON.parse(body));
                return send(200, {}, {});
            }
            const [, secretAction] = /^secretsmanager\.(.+)$/.exec(target) ?? [];
            if (secretAction !== undefined) {
                const asked = JSON.parse(body) as Record<string, unknown>;
                const secret = secrets[String(asked.SecretId)];
                if (!secret) throw new Error("ResourceNotFoundException");
                return send(200, {}, secret.answer(secretAction, asked));
            }
            const [, key] = /^\/key-value-stores\/[^/]+\/keys\/(.+)$/.exec(url) ?? [];
            if (key !== undefined) {
                if (request.headers["if-match"] !== `e${version}`) return send(409, {}, { Message: "Conflict" });
                if (request.method === "DELETE") edge.delete(decodeURIComponent(key));
                else edge.set(decodeURIComponent(key), (JSON.parse(body) as { Value: string }).Value);
                version += 1;
                return send(200, { etag: `e${version}` }, { ItemCount: edge.size, TotalSizeInBytes: 0 });
            }
            if (/^\/key-value-stores\/[^/]+\/keys/.test(url))
                return send(200, {}, { Items: [...edge].map(([Key, Value]) => ({ Key, Value })) });
            if (/^\/key-value-stores\//.test(url))
                return send(
                    200,
                    { etag: `e${version}` },
                    { ItemCount: edge.size, TotalSizeInBytes: 0, KvsARN: "", Created: 0, Status: "READY" },
                );
            const answer = answers[target];
            if (!answer) throw new Error(`The stand-in knows no ${target || request.url}.`);
            send(200, {}, answer(JSON.parse(body) as Record<string, unknown>));
        } catch (error) {
            send(400, {}, { __type: (error as Error).message, message: (error as Error).message });
        }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        edge,
        secrets,
        cloudFront,
        deployed,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
}

/** As SQS computes it: sorted by name, each part with its length before it (documentation of SendMessage). */
function md5OfAttributes(attributes: Message["attributes"]): string {
    const hash = createHash("md5");
    const part = (text: string): void => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(Buffer.byteLength(text));
        hash.update(length).update(text);
    };
    for (const [name, { DataType, StringValue = "" }] of Object.entries(attributes).sort(([a], [b]) =>
        a < b ? -1 : 1,
    )) {
        part(name);
        part(DataType);
        hash.update(Buffer.from([1]));
        part(StringValue);
    }
    return hash.digest("hex");
}
