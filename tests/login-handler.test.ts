import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readEnvironment, readSecrets } from "../pipelines/access/access-settings.ts";
import { type FunctionUrlEvent, fromFunctionUrl } from "../pipelines/access/function-url.ts";
import { newSession, saveSession } from "../pipelines/access/session.ts";
import { handler } from "../pipelines/handlers/login.ts";
import { S3Store } from "../pipelines/stores/s3.ts";
import { type S3StandIn, startS3StandIn } from "./support/s3-stand-in.ts";

const SECRETS = {
    clientSecret: "0123456789abcdef",
    keyPairId: "K1",
    privateKey: "-----BEGIN PRIVATE KEY-----",
    passKey: { id: "k1", secret: "s".repeat(40) },
};
const ENVIRONMENT = {
    BASE_URL: "https://spiegel.example.nl",
    OIDC_ISSUER: "https://127.0.0.1:1",
    OIDC_CLIENT_ID: "regiospiegel",
    OIDC_CLAIM: "cognito:groups",
    ACCESS_STORE: "s3://toegang/proef",
    SITE_STORE: "s3://toegang/site",
    ACCESS_SECRET: "toegang",
    EDGE_FACTS: "arn:aws:cloudfront::111122223333:key-value-store/0123",
};

let s3: S3StandIn;
let secrets: Server;

beforeAll(async () => {
    s3 = await startS3StandIn({ toegang: { versioned: false } });
    secrets = createServer((_request, response) => {
        response.setHeader("content-type", "application/x-amz-json-1.1");
        response.end(JSON.stringify({ SecretString: JSON.stringify(SECRETS) }));
    });
    await new Promise<void>((resolve) => secrets.listen(0, "127.0.0.1", resolve));
    for (const [name, value] of Object.entries({
        ...ENVIRONMENT,
        AWS_ENDPOINT_URL_S3: s3.endpoint,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`,
        AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: "http://localhost:1",
        AWS_REGION: "eu-central-1",
        AWS_ACCESS_KEY_ID: s3.accessKey,
        AWS_SECRET_ACCESS_KEY: "geheim",
        AWS_MAX_ATTEMPTS: "1",
    }))
        vi.stubEnv(name, value);
});
afterAll(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await s3.close();
    await new Promise((resolve) => secrets.close(resolve));
});

const event = (rawPath: string, more: Partial<FunctionUrlEvent> = {}): FunctionUrlEvent => ({
    rawPath,
    rawQueryString: "",
    headers: { "cloudfront-viewer-address": "203.0.113.7:46532" },
    requestContext: { http: { method: "GET", sourceIp: "10.0.0.1" } },
    ...more,
});

describe("the login function in AWS", () => {
    it("logs out with sessions and log in S3, even when the edge and the login service do not answer", async () => {
        const said = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
        const store = new S3Store(ENVIRONMENT.ACCESS_STORE);
        const person = { subject: "persoon-1", pseudonym: "f".repeat(32), name: "Naam van de persoon", grants: [] };
        const { session, word } = newSession(person, { idToken: "geheim.token.hier", refreshToken: null }, new Date());
        await saveSession(store, { ...session, opened: ["/coalitie/"] });
        const answer = await handler(
            event("/toegang/uitloggen", {
                cookies: [`__Host-regiospiegel-sessie=${word}`],
                headers: { ...event("").headers, "sec-fetch-site": "same-origin" },
            }),
        );
        expect([answer.statusCode, answer.headers.location]).toEqual([303, "/toegang/uitgelogd"]);
        expect(answer.cookies).toHaveLength(6);
        const keys = await store.list("");
        expect(keys.filter((key) => key.startsWith("sessies/"))).toEqual([]);
        const [record] = keys.filter((key) => key.startsWith("logboek/"));
        const written = JSON.parse(Buffer.from((await store.get(record ?? ""))?.body ?? "").toString());
        expect(written).toMatchObject({ event: "uitloggen", subject: "persoon-1", from: "203.0.113.7" });
        // Two that did not answer; the operator's log names neither person nor token.
        const lines = said.mock.calls.map(([line]) => String(line));
        expect(lines).toHaveLength(2);
        expect(lines.join("")).not.toMatch(/persoon|Naam|token/);
    });

    it("answers with its own page what it does not know", async () => {
        expect(await handler(event("/toegang/iets"))).toMatchObject({
            statusCode: 404,
            headers: { "cache-control": "private, no-store" },
        });
    });
});

describe("what comes in", () => {
    it("knows the visitor's address from CloudFront only", () => {
        expect(fromFunctionUrl(event("/")).from).toBe("203.0.113.7");
        expect(
            fromFunctionUrl(event("/", { headers: { "cloudfront-viewer-address": "2001:db8::1:46532" } })).from,
        ).toBe("2001:db8::1");
        expect(fromFunctionUrl(event("/", { headers: { "x-forwarded-for": "1.2.3.4" } })).from).toBe("10.0.0.1");
    });
});

describe("settings and secrets", () => {
    it("are refused in a sentence that names what is wrong, and never says a value", () => {
        expect(readEnvironment(ENVIRONMENT).ACCESS_MINUTES).toBe(30);
        for (const [name, value] of Object.entries({
            BASE_URL: "http://spiegel.example.nl",
            OIDC_ISSUER: "http://x.example.nl",
            ACCESS_MINUTES: "240",
            ACCESS_STORE: "/tmp/x",
            EDGE_FACTS: "kvs",
        }))
            expect(() => readEnvironment({ ...ENVIRONMENT, [name]: value })).toThrow(
                new RegExp(`^Instelling ${name} `),
            );
        expect(() => readEnvironment({ ...ENVIRONMENT, BASE_URL: "https://spiegel.example.nl/" })).toThrow(/BASE_URL/);
        expect(readSecrets(JSON.stringify(SECRETS))).toEqual(SECRETS);
        for (const wrong of [
            "geen JSON",
            "{}",
            JSON.stringify({ ...SECRETS, passKey: { id: "k1", secret: "te-kort-geheim" } }),
        ]) {
            let said = "";
            try {
                readSecrets(wrong);
            } catch (error) {
                said = String(error);
            }
            expect(said).toContain("Geheimen van de inlogfunctie");
            expect(said).not.toMatch(/te-kort|BEGIN|0123456789/);
        }
    });
});
