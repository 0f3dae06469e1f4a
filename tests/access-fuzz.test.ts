import { connect } from "node:net";
import { posix } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AuditRecord, auditSchema } from "../pipelines/access/audit-log.ts";
import { type Edge, openEdge } from "../pipelines/edge/edge.ts";
import { type Listening, listen } from "../pipelines/edge/serve.ts";
import { type Combination, combinations, keyGroup, knownFacts, NOW } from "./support/access-combinations.ts";
import { keyOf, type SiteFile, siteFiles } from "./support/access-site.ts";
import { draws } from "./support/draws.ts";

const COUNT = process.env.PROVE ? 100_000 : 1_500;
/** One in so many is also sent over a socket. */
const SENT = 25;

const files = new Map<string, string>(siteFiles().map(({ target, text }) => [keyOf(target), text]));
files.set("deur/geweigerd.html", "niet open").set("deur/niet-gevonden.html", "bestaat niet");
for (const secret of [
    "current.json",
    "geheim.html",
    "een/doelgroepen.json",
    "een/.publicatie.json",
    "twee/p/01000001/index.html",
])
    files.set(secret, `[inhoud van niemand] ${secret}`);

/** A careless bucket: it decodes, resolves dots and doubled slashes and drops odd signs, so that a crooked path finds something. */
function careless(key: string): string | undefined {
    let found = key;
    for (let round = 0; round < 3; round += 1) {
        try {
            found = decodeURIComponent(found);
        } catch {
            break;
        }
    }
    const straight = found
        .normalize("NFKC")
        .replace(/\p{M}|\0|\\0/gu, "")
        .replaceAll("\\", "/");
    const folder = posix
        .normalize(`/${straight}`)
        .slice(1)
        .replace(/[\s;~*?#%].*$/, "")
        .replace(/\.+$/, "");
    return files.get(folder) ?? files.get(`${folder}/index.html`) ?? files.get(`${folder}index.html`);
}

/** Everything that has an address, under each of its addresses. */
const addresses = new Map<string, SiteFile>(
    siteFiles().flatMap((file) => [
        [file.target, file],
        ...(file.target.endsWith("/") ? [[`${file.target}index.html`, file] as [string, SiteFile]] : []),
    ]),
);

let listening: Listening;
let edge: Edge;
const log: AuditRecord[] = [];

beforeAll(async () => {
    listening = await listen(0);
    edge = await openEdge({
        baseUrl: listening.baseUrl,
        keys: keyGroup,
        facts: {
            async get(name) {
                const value = knownFacts.get(name);
                if (value === undefined) throw new Error("KeyNotFound");
                return value;
            },
            exists: async (name) => knownFacts.has(name),
        },
        file: async (key) => {
            const text = files.get(key) ?? careless(key);
            return text === undefined ? null : Buffer.from(text);
        },
        login: async () => ({ status: 200, headers: {}, cookies: [], body: "inloggen" }),
        audit: { write: async (record) => void log.push(auditSchema.parse(record)) },
        now: () => new Date(NOW),
    });
    listening.answerWith(edge);
});
afterAll(() => listening.close());

/** The judge: an address exists exactly as it is written, and opens for everybody, or for whoever rightly holds its audience. */
function rightfulText({ target, opens }: Combination): string | null {
    const file = addresses.get(target.split("?", 1)[0] ?? "");
    return file && (file.owner === null || file.owner === opens) ? file.text : null;
}

/** What is wrong with an answer; null when it is as the judge says. */
function wrongIn(combination: Combination, answer: { status: number; body: string }): string | null {
    const { status, body } = answer;
    const right = rightfulText(combination);
    const how = `cookies ${combination.made}, path ${combination.asked}: ${JSON.stringify(combination.target.slice(0, 80))}`;
    if (right !== null) return status === 200 && body === right ? null : `not shown (${status}): ${how}`;
    if (body.includes("[inhoud")) return `shown: ${how}`;
    const isLogin = combination.target.startsWith("/toegang/");
    return [302, 308, 403, 404].includes(status) || isLogin ? null : `answered ${status}: ${how}`;
}

/** Sends a request line as it is; what cannot stand in one is not sent. */
function send({ target, cookies }: Combination): Promise<{ status: number; body: string } | null> {
    if (target === "" || /[^\u0021-\u00ff]/.test(target) || cookies.length > 15_000 || /[^\u0020-\u007e]/.test(cookies))
        return Promise.resolve(null);
    const { port, host } = new URL(listening.baseUrl);
    return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        const socket = connect(Number(port), "127.0.0.1", () =>
            socket.write(
                `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nCookie: ${cookies}\r\n\r\n`,
                "latin1",
            ),
        );
        socket.on("data", (chunk) => chunks.push(chunk));
        socket.on("error", reject);
        socket.on("close", () => {
            const [head = "", ...body] = Buffer.concat(chunks).toString("utf8").split("\r\n\r\n");
            resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), body: body.join("\r\n\r\n") });
        });
    });
}

describe("the edge against every kind of cookie and path", () => {
    it(`lets in whoever may, nobody else, and never breaks: ${COUNT} combinations`, async () => {
        const next = combinations(listening.baseUrl, draws(20_240_701), [...addresses.keys()]);
        const wrong: string[] = [];
        const seen = new Map<string, { shown: number; all: number }>();
        let sent = 0;
        for (let index = 0; index < COUNT; index += 1) {
            const combination = next();
            const { target, cookies } = combination;
            const answer = await edge({ method: "GET", target, cookies, fetchSite: null, from: "203.0.113.7" }).catch(
                (error: unknown) => ({ status: 500, body: Buffer.from(String(error)) }),
            );
            const found = { status: answer.status, body: answer.body.toString() };
            const complaint = wrongIn(combination, found);
            if (complaint) wrong.push(complaint);
            for (const kind of [`cookies ${combination.made}`, `path ${combination.asked}`]) {
                const tally = seen.get(kind) ?? { shown: 0, all: 0 };
                seen.set(kind, { shown: tally.shown + (found.body.includes("[inhoud") ? 1 : 0), all: tally.all + 1 });
            }
            if (index % SENT !== 0) continue;
            const over = await send(combination);
            // HTTP itself refuses a broken request line (400) and headers that are too large (431).
            if (over && over.status !== 400 && over.status !== 431) {
                sent += 1;
                const later = wrongIn(combination, over);
                if (later) wrong.push(`over HTTP ${later}`);
            }
        }
        expect(wrong.slice(0, 10)).toEqual([]);
        // Every kind was tried, and both verdicts were given often: a judge that never says yes proves nothing.
        expect(seen.size).toBe(28 + 18);
        for (const [kind, { all }] of seen) expect(all, kind).toBeGreaterThan(COUNT / 200);
        for (const kind of [
            "cookies rightful",
            "cookies of the key before",
            "cookies with SHA-1",
            "path clean",
            "path with a query",
        ])
            expect(seen.get(kind)?.shown, kind).toBeGreaterThan(COUNT / 200);
        expect(sent).toBeGreaterThan(COUNT / SENT / 3);
    });

    it("wrote down who was let in: every shown page with a pass is in the log, with its reader and its owner", () => {
        const shown = log.filter(({ outcome, who }) => outcome === 0 && who !== null);
        expect(shown.length).toBeGreaterThan(COUNT / 20);
        for (const { object, detail } of shown) expect(detail?.startsWith(object ?? "?")).toBe(true);
    });
});
