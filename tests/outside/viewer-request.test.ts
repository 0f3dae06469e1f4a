import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PASS_COOKIE, signPass } from "../../pipelines/access/pass.ts";
import { functionSource, loadFunction, type ViewerEvent } from "../../pipelines/edge/function-runtime.ts";

// njs as a judge that others wrote: the small JavaScript engine that CloudFront Functions grew from knows no more than they
// do (Debian: apt install njs). Without it nothing is judged here, and the run says so.
const njs = process.env.NJS ?? "njs";
const present = spawnSync(njs, ["-v"]).status === 0;

const END = 9_999_999_999;
const key = { id: "k1", secret: "s".repeat(40) };
const facts: Record<string, string> = { publicatie: "abc123", "sleutel.k1": key.secret, "weg.weggestuurd": "0" };
const pass = (p: string, e = END, w = "iemand"): string => signPass({ p, w, s: "sessie", r: "praktijk", e }, key);
const own = pass("/p/01000001/");

const EVENTS: [string, string | null][] = [
    ["/", null],
    ["/definities/dm_hba1c/", null],
    ["/deur/geweigerd.html", null],
    ["/toegang/openen", null],
    ["/coalitie", null],
    ["/coalitie/", null],
    ["/p/01000001/", own],
    ["/p/01000001/values.csv", own],
    ["/p/01000002/", own],
    ["/p/01000001/", pass("/p/01000001/", 1)],
    ["/p/01000001/", pass("/p/01000001/", END, "weggestuurd")],
    ["/p/01000001/", pass("/")],
    ["/p/01000001/", `${own.slice(0, -1)}x`],
    ["/p/01000001/", "k1.e30.e30"],
    ["/p/01000001/../01000002/", own],
    ["/p/01000001/%2e%2e/", own],
    ["/p//01000001/", own],
    ["/p/01000001/ö/", own],
];

const eventOf = ([uri, cookie]: [string, string | null]): ViewerEvent => ({
    version: "1.0",
    context: { eventType: "viewer-request", requestId: "proef" },
    viewer: { ip: "203.0.113.7" },
    request: {
        method: "GET",
        uri,
        querystring: {},
        headers: {},
        cookies: cookie === null ? {} : { [PASS_COOKIE]: { value: cookie } },
    },
});

const unjudged = `not judged: no ${njs} (apt install njs, or set NJS)`;
if (!present) process.stderr.write(`tests/outside/viewer-request: ${unjudged}\n`);

describe.skipIf(!present)(present ? "njs agrees" : unjudged, () => {
    it("the function runs there as it is, and decides and writes the same", async () => {
        const folder = mkdtempSync(join(tmpdir(), "njs-"));
        try {
            writeFileSync(
                join(folder, "cloudfront.js"),
                `const facts = ${JSON.stringify(facts)};\nexport default { kvs: () => ({ get: async (name) => { if (!(name in facts)) { throw new Error("KeyNotFound"); } return facts[name]; }, exists: async (name) => name in facts }) };\n`,
            );
            const asked = `\nasync function all() { const events = ${JSON.stringify(EVENTS.map(eventOf))}; for (let at = 0; at < events.length; at += 1) { const answer = await handler(events[at]); console.log("ANTWOORD " + JSON.stringify(answer)); } }\nall();\n`;
            // Outside CloudFront the engine finds modules by file.
            const source = (await functionSource()).replace('"cloudfront"', '"cloudfront.js"');
            writeFileSync(join(folder, "proef.js"), source + asked);
            const { stdout, stderr, status } = spawnSync(njs, ["-p", `${folder}/`, join(folder, "proef.js")], {
                encoding: "utf8",
            });
            expect([status, stderr]).toEqual([0, ""]);
            const lines = stdout.split("\n").filter((line) => line !== "");
            const answers = lines
                .filter((line) => line.startsWith("ANTWOORD "))
                .map((line) => JSON.parse(line.slice(9)));

            const said: string[] = [];
            const run = await loadFunction(
                {
                    get: async (name) => facts[name] ?? Promise.reject(new Error("KeyNotFound")),
                    exists: async (name) => name in facts,
                },
                (line) => said.push(line),
            );
            const expected: unknown[] = [];
            for (const event of EVENTS) expected.push(JSON.parse(JSON.stringify(await run(eventOf(event)))));
            expect(answers).toEqual(expected);
            const withoutTime = (line: string): unknown => ({ ...JSON.parse(line), at: null });
            expect(lines.filter((line) => !line.startsWith("ANTWOORD ")).map(withoutTime)).toEqual(
                said.map(withoutTime),
            );
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
