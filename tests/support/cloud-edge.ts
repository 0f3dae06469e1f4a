import { createPublicKey } from "node:crypto";
import { readSecrets } from "../../pipelines/access/access-settings.ts";
import { grantOf } from "../../pipelines/access/audience-path.ts";
import { edgeCookies } from "../../pipelines/access/edge-cookies.ts";
import type { AccessRequest, AccessResponse } from "../../pipelines/access/exchange.ts";
import type { FunctionUrlAnswer, FunctionUrlEvent } from "../../pipelines/access/function-url.ts";
import { type EdgeResponse, openEdge } from "../../pipelines/edge/edge.ts";
import type { OneMachineCloud } from "./one-machine-cloud.ts";

const BASE_URL = "https://spiegel.example.org";

/** Asks the edge for a path, with these cookies. */
export type Visit = (path: string, cookies?: string) => Promise<EdgeResponse>;

/** The edge before the one-machine cloud: its bucket, key group and facts, and the built login function behind it. */
export async function edgeOf(cloud: OneMachineCloud): Promise<Visit> {
    const { cloudFront, edge: facts } = cloud.aws;
    const trusted = [...cloudFront.keys].filter(([id]) => cloudFront.group.includes(id));
    const ask = await openEdge({
        baseUrl: BASE_URL,
        keys: new Map(trusted.map(([id, { pem }]) => [id, createPublicKey(pem)])),
        facts: {
            async get(name) {
                const value = facts.get(name);
                if (value === undefined) throw new Error(`KeyNotFound ${name}`);
                return value;
            },
            exists: async (name) => facts.has(name),
        },
        file: async (key) => cloud.s3.bucket("paginas").current(key)?.body ?? null,
        login: (request) => login(cloud, request),
        audit: { write: async () => {} },
        now: () => new Date(),
    });
    return (target, cookies = "") => ask({ method: "GET", target, cookies, fetchSite: null, from: "203.0.113.7" });
}

async function login(cloud: OneMachineCloud, request: AccessRequest): Promise<AccessResponse> {
    const event: FunctionUrlEvent = {
        rawPath: request.path,
        rawQueryString: request.query.toString(),
        cookies: request.cookies.split("; ").filter(Boolean),
        headers: { "cloudfront-viewer-address": `${request.from}:46532` },
        requestContext: { http: { method: "GET", sourceIp: "10.0.0.1" } },
    };
    const { statusCode, headers, cookies, body } = (await cloud.invoke("login", event)) as FunctionUrlAnswer;
    return { status: statusCode, headers, cookies, body };
}

/** The cookies that somebody gets for an audience, signed with the secret in use. */
export function cookiesFor(cloud: OneMachineCloud, word: string, pseudonym: string): string {
    const grant = grantOf(word);
    if (!grant) throw new Error(`${word} names no audience.`);
    const signing = readSecrets(cloud.aws.secrets.toegang?.current ?? "");
    const until = new Date(Date.now() + 60_000);
    const cookies = edgeCookies(grant, { w: pseudonym, s: "sessie" }, until, { baseUrl: BASE_URL, signing });
    return cookies.map((cookie) => cookie.split(";", 1)[0]).join("; ");
}
