import { createHmac } from "node:crypto";
import { posix } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { auditSchema } from "../pipelines/access/audit-log.ts";
import { PASS_COOKIE, type Pass, signPass } from "../pipelines/access/pass.ts";
import {
    functionSource,
    loadFunction,
    type ViewerFunction,
    type ViewerValue,
} from "../pipelines/edge/function-runtime.ts";

const NOW = Date.parse("2024-07-01T09:00:00Z");
const key = { id: "k1", secret: "s".repeat(40) };
const pass: Pass = { p: "/p/01000001/", w: "a".repeat(32), s: "b".repeat(32), r: "praktijk", e: NOW / 1000 + 60 };

const facts = new Map<string, string>();
const lines: string[] = [];
let run: ViewerFunction;

beforeAll(async () => {
    run = await loadFunction(
        {
            async get(name) {
                const value = facts.get(name);
                if (value === undefined) throw new Error("KeyNotFound");
                return value;
            },
            exists: async (name) => facts.has(name),
        },
        (line) => lines.push(line),
        () => NOW,
    );
});

/** What the function does: the key of the file that it asks for, or where it sends the visitor. */
async function decide(uri: string, cookie?: string | ViewerValue, known: Record<string, string> = {}): Promise<string> {
    facts.clear();
    for (const [name, value] of Object.entries({ publicatie: "abc123", "sleutel.k1": key.secret, ...known }))
        facts.set(name, value);
    lines.length = 0;
    const value = typeof cookie === "string" ? { value: cookie } : cookie;
    const answer = await run({
        version: "1.0",
        context: { eventType: "viewer-request", requestId: "proef" },
        viewer: { ip: "203.0.113.7" },
        request: {
            method: "GET",
            uri,
            querystring: { naar: { value: "x" } },
            headers: {},
            cookies: { ander: { value: "1" }, ...(value ? { [PASS_COOKIE]: value } : {}) },
        },
    });
    if ("statusCode" in answer) return `${answer.statusCode} ${answer.headers.location?.value}`;
    const stripped = Object.keys(answer.cookies).length === 0 && Object.keys(answer.querystring).length === 0;
    return stripped ? answer.uri : `${answer.uri} with cookies`;
}

const own = signPass(pass, key);
const closed = (uri: string): string => `302 /deur/geweigerd.html?naar=${uri}`;
const NOWHERE = "/deur/nergens";

describe("the viewer-request function, as it is deployed", () => {
    it("fits in what CloudFront allows, and uses only what its engine knows", async () => {
        const text = await functionSource();
        expect(Buffer.byteLength(text)).toBeLessThan(10_240);
        const code = text.replace(/^\s*\/\/.*$/gm, "");
        // functions-javascript-runtime-20: no spread, destructuring, optional chaining, classes, for-of, await in arguments.
        expect(code).not.toMatch(
            /\.\.\.|\?\.|\?\?|\bclass\b|\bof\b|(?:const|let|var)\s*[[{]|\w\(\s*await|,\s*await|\beval\b/,
        );
        expect([...code.matchAll(/\bimport\b.*|require\(.*?\)/g)].map(([found]) => found)).toEqual([
            'import cf from "cloudfront";',
            'require("crypto")',
        ]);
    });

    it.each([
        ["/", "/abc123/index.html"],
        ["/definities/dm_hba1c/", "/abc123/definities/dm_hba1c/index.html"],
        ["/assets/stijl.0123456789.css", "/abc123/assets/stijl.0123456789.css"],
        ["/deur/geweigerd.html", "/deur/geweigerd.html"],
        ["/toegang/terug", "/toegang/terug with cookies"],
        ["/coalitie", "308 /coalitie/"],
        ["/p/01000001", "308 /p/01000001/"],
    ])("%s needs no pass: %s", async (uri, result) => {
        expect(await decide(uri)).toBe(result);
        expect(lines).toEqual([]);
    });

    it("opens the pages and files of the pass's own path, of the live publication", async () => {
        expect(await decide("/p/01000001/", own)).toBe("/abc123/p/01000001/index.html");
        expect(await decide("/p/01000001/values.csv", own)).toBe("/abc123/p/01000001/values.csv");
        expect(await decide("/p/01000001/", own, { publicatie: "nieuw" })).toBe("/nieuw/p/01000001/index.html");
        expect(await decide("/p/01000001/", own, { publicatie: "../geheim" })).toBe(NOWHERE);
    });

    it.each([
        "/p/01000002/",
        "/p/010000010/",
        "/p/",
        "/coalitie/",
        "/P/01000001/",
        "/beheer/onderdrukking.csv",
        "/current.json",
        "/abc123/index.html",
    ])("keeps %s closed for that pass", async (uri) => {
        expect(await decide(uri, own)).toBe(closed(uri));
    });

    it.each([
        "/p/01000001/../01000002/",
        "/p/01000001/%2e%2e/",
        "/p//01000001/",
        "//p/01000001/",
        "/p/01000001/.publicatie.json",
        "/p/01000001/\u0000",
        "/p/01000001/ö/",
        "p/01000001/",
        "",
        "/p/01000001\\",
        "/p/01000001/;a",
        `/p/01000001/${"a/".repeat(300)}`,
    ])("finds nothing at %j", async (uri) => {
        expect(await decide(uri, own)).toBe(NOWHERE);
    });

    it("takes as clean only names with a slash between", async () => {
        await fc.assert(
            fc.asyncProperty(fc.string({ unit: "binary-ascii", maxLength: 30 }), async (text) => {
                const uri = `/definities/${text}`;
                const result = await decide(uri);
                if (/[%\\]|\.\.|\/\/|(^|\/)\.|[^ -~]/.test(uri)) expect(result).toBe(NOWHERE);
                if (result !== NOWHERE) expect(posix.normalize(uri)).toBe(uri);
            }),
            { numRuns: process.env.PROVE ? 20_000 : 300 },
        );
    });

    const forged = (changed: object, secret = key.secret, id = "k1"): string =>
        signPass({ ...pass, ...changed }, { id, secret });
    it.each([
        ["expired", forged({ e: NOW / 1000 })],
        ["without an end", forged({ e: undefined })],
        ["with an end that is no number", forged({ e: "9999999999" })],
        ["of every path", forged({ p: "/" })],
        ["of no path", forged({ p: "" })],
        ["with a path that is no text", forged({ p: ["/p/01000001/"] })],
        ["signed with another key", forged({}, "t".repeat(40))],
        ["signed with a key that the edge does not know", forged({}, key.secret, "k2")],
        ["signed with the live publication as a key", forged({}, "abc123", "k1")],
        ["without a signature", own.slice(0, own.lastIndexOf(".") + 1)],
        ["with half a signature", own.slice(0, -20)],
        [
            "with a changed end",
            own.replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...pass, e: 9e9 })).toString("base64url")}.`),
        ],
        ["that is no JSON", `k1.e30x.${createHmac("sha256", key.secret).update("k1.e30x").digest("base64url")}`],
        ["that is huge", `${own}${"A".repeat(100_000)}`],
        ["that is empty", ""],
    ])("refuses a pass %s", async (_what, value) => {
        expect(await decide("/p/01000001/", value)).toBe(closed("/p/01000001/"));
    });

    it("refuses two passes at once, whichever comes first", async () => {
        expect(await decide("/p/01000001/", { value: own, multiValue: [{ value: own }, { value: "x" }] })).toBe(
            closed("/p/01000001/"),
        );
    });

    it("knows two keys while they change, refuses the old one once it is gone, and never signs with an empty one", async () => {
        const next = { id: "k2", secret: "n".repeat(40) };
        const renewed = signPass(pass, next);
        const both = { "sleutel.k2": next.secret };
        expect(await decide("/p/01000001/", own, both)).toBe("/abc123/p/01000001/index.html");
        expect(await decide("/p/01000001/", renewed, both)).toBe("/abc123/p/01000001/index.html");
        expect(await decide("/p/01000001/", own, { ...both, "sleutel.k1": "" })).toBe(closed("/p/01000001/"));
        expect(await decide("/p/01000001/", signPass(pass, { id: "k1", secret: "" }), { "sleutel.k1": "" })).toBe(
            closed("/p/01000001/"),
        );
    });

    it("refuses at once who was turned away, a person or one session", async () => {
        expect(await decide("/p/01000001/", own, { [`weg.${pass.w}`]: "0" })).toBe(closed("/p/01000001/"));
        expect(await decide("/p/01000001/", own, { [`weg.${pass.s}`]: "0" })).toBe(closed("/p/01000001/"));
        expect(await decide("/p/01000001/", own, { "weg.iemand": "0" })).toBe("/abc123/p/01000001/index.html");
    });

    it("opens nothing when the facts do not answer", async () => {
        const silent = async (): Promise<never> => {
            throw new Error("geen antwoord");
        };
        const request = { method: "GET", uri: "/p/01000001/", querystring: {}, headers: {} };
        const event = (cookies: Record<string, ViewerValue>) => ({
            version: "1.0" as const,
            context: { eventType: "viewer-request" as const, requestId: "proef" },
            viewer: { ip: "203.0.113.7" },
            request: { ...request, cookies },
        });
        const deaf = await loadFunction(
            { get: silent, exists: silent },
            () => {},
            () => NOW,
        );
        expect(await deaf(event({ [PASS_COOKIE]: { value: own } }))).toMatchObject({ statusCode: 302 });
        const half = await loadFunction(
            { get: async () => key.secret, exists: silent },
            () => {},
            () => NOW,
        );
        await expect(half(event({ [PASS_COOKIE]: { value: own } }))).rejects.toThrow("geen antwoord");
    });

    it("writes down who opened whose page, and who tried", async () => {
        await decide("/p/01000001/dm_hba1c/", own);
        expect(lines.map((line) => auditSchema.parse(JSON.parse(line)))).toEqual([
            {
                at: "2024-07-01T09:00:00.000Z",
                event: "pagina",
                action: "R",
                outcome: 0,
                who: pass.w,
                role: "praktijk",
                session: pass.s,
                object: "/p/01000001/",
                detail: "/p/01000001/dm_hba1c/",
                from: "203.0.113.7",
            },
        ]);
        await decide("/p/01000002/", own);
        expect(lines.map((line) => auditSchema.parse(JSON.parse(line)).outcome)).toEqual([8]);
    });
});
