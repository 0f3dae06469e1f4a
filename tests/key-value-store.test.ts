import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { forgetExpired } from "../pipelines/access/edge-facts.ts";
import { keyValueStoreFacts } from "../pipelines/access/key-value-store.ts";

interface Request {
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: string | Uint8Array;
}

/** CloudFront's key value store at the level of HTTP: one version for all, a write must name the newest. */
function standIn(kept: Map<string, string>, options: { busy?: number } = {}) {
    let version = 1;
    let busy = options.busy ?? 0;
    const seen: Request[] = [];
    const answer = (statusCode: number, json: object, headers: Record<string, string> = {}) => ({
        response: {
            statusCode,
            headers: { "content-type": "application/json", etag: `v${version}`, ...headers },
            body: Readable.from([JSON.stringify(json)]),
        },
    });
    const handle = async (request: Request) => {
        seen.push(request);
        const key = /\/keys\/([^/?]+)$/.exec(request.path)?.[1];
        const name = key && decodeURIComponent(key);
        if (request.method === "GET" && !request.path.endsWith("/keys"))
            return answer(200, { ItemCount: kept.size, TotalSizeInBytes: 0, KvsARN: "arn", Created: 1 });
        if (request.method === "GET") return answer(200, { Items: [...kept].map(([Key, Value]) => ({ Key, Value })) });
        if (busy > 0) {
            busy -= 1;
            version += 1;
        }
        if (request.headers["if-match"] !== `v${version}`)
            return answer(409, { Message: "andere versie" }, { "x-amzn-errortype": "ConflictException" });
        if (request.method === "DELETE" && !kept.has(name ?? ""))
            return answer(404, { Message: "weg" }, { "x-amzn-errortype": "ResourceNotFoundException" });
        if (request.method === "DELETE") kept.delete(name ?? "");
        else
            kept.set(
                name ?? "",
                JSON.parse(typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body))
                    .Value,
            );
        version += 1;
        return answer(200, { ItemCount: kept.size, TotalSizeInBytes: 0 });
    };
    const facts = keyValueStoreFacts("arn:aws:cloudfront::111122223333:key-value-store/0123", {
        region: "eu-central-1",
        credentials: { accessKeyId: "A", secretAccessKey: "geheim" },
        requestHandler: { handle, metadata: { handlerProtocol: "http/1.1" } },
    });
    return { facts, seen };
}

describe("facts in CloudFront's key value store", () => {
    it("are set, read and removed, with requests signed for all regions", async () => {
        const kept = new Map([["publicatie", "een"]]);
        const { facts, seen } = standIn(kept);
        await facts.set("weg.abc", "0");
        expect([...(await facts.list())]).toEqual([
            ["publicatie", "een"],
            ["weg.abc", "0"],
        ]);
        await facts.remove("weg.abc");
        await facts.remove("weg.abc");
        expect([...kept.keys()]).toEqual(["publicatie"]);
        for (const { headers } of seen) expect(headers.authorization).toMatch(/^AWS4-ECDSA-P256-SHA256 /);
    });

    it("are written again when somebody else was first, and not for ever", async () => {
        const kept = new Map<string, string>();
        await standIn(kept, { busy: 3 }).facts.set("publicatie", "twee");
        expect(kept.get("publicatie")).toBe("twee");
        await expect(standIn(kept, { busy: 1000 }).facts.set("publicatie", "drie")).rejects.toThrow(/andere versie/);
    });

    it("lose who was turned away until a moment that has passed, and nothing else", async () => {
        const kept = new Map([
            ["weg.vandaag", "1000"],
            ["weg.later", "3000"],
            ["weg.voorgoed", "0"],
            ["publicatie", "1000"],
        ]);
        await forgetExpired(standIn(kept).facts, new Date(2_000_000));
        expect([...kept.keys()]).toEqual(["weg.later", "weg.voorgoed", "publicatie"]);
    });
});
