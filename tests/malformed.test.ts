import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { ingest } from "../pipelines/ingest.ts";
import { ISSUES } from "../pipelines/issues.ts";
import { type Lake, openLake } from "../pipelines/lake.ts";
import { put, register, zipped } from "./acceptance/small-deliveries.ts";
import { type BadDelivery, MARKER, PRACTICE, SECOND_PRACTICE } from "./corpus/case.ts";
import { RULES } from "./corpus/corpus.ts";
import { EFFECTS } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";

const proving = process.env.PROVE === "1";
/** Of each rule in `npm test`; all of them when proving. */
const SAMPLE = 5;
/** What no message may repeat: texts of the corpus, and pseudonyms of its patients. */
const VALUES = new RegExp(`${MARKER}|patient0[0-9]{2}|06-10203040|10203040`, "i");

const corpus = Object.entries(RULES).map(([rule, make]) => [rule, make()] as const);
const sampled = (cases: BadDelivery[]): BadDelivery[] =>
    proving ? cases : cases.filter((_, index) => index % Math.ceil(cases.length / SAMPLE) === 3 % cases.length);

let lake: Lake;
let root: string;

beforeAll(async () => {
    root = await scratch();
    lake = openLake(join(root, "meer"));
    const path = await put(root, "bureau_regio_20240630.zip", zipped(register(PRACTICE, SECOND_PRACTICE)));
    const [receipt] = await ingest([path], lake, EFFECTS);
    if (!receipt?.accepted) throw new Error(receipt?.message ?? "geen ontvangstbewijs");
});

/** Every file of the lake with its content. */
async function contentOf(folder: string): Promise<string> {
    const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const hash = createHash("sha256");
    for (const path of names.map((entry) => join(entry.parentPath, entry.name)).sort())
        hash.update(path).update(await readFile(path));
    return hash.digest("hex");
}

test("the corpus holds at least 150 distinct bad deliveries, and spoils in at least 40 ways", () => {
    const all = corpus.flatMap(([, cases]) => cases);
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(150);
    const outcomes = new Set(all.flatMap(({ code, aside }) => code ?? aside ?? []));
    expect(outcomes.size).toBeGreaterThanOrEqual(36);
    expect([...outcomes].filter((code) => !(code in ISSUES))).toEqual([]);
});

describe.each(corpus)("%s: each bad delivery gives its own code and sentence", (_, cases) => {
    test.each(sampled(cases).map((one) => [one.title, one] as const))("%s", async (_, one) => {
        const path = await one.write(root);
        const before = await contentOf(lake.location);
        const logged = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write")];
        const [receipt] = await ingest([path], lake, EFFECTS);
        const log = logged.flatMap((stream) => stream.mock.calls.map(([text]) => String(text))).join("");
        for (const stream of logged) stream.mockRestore();
        expect(log).not.toMatch(VALUES);
        expect(JSON.stringify(receipt)).not.toMatch(VALUES);
        if (one.aside !== undefined) {
            expect([receipt?.accepted, receipt?.message]).toEqual([true, undefined]);
            expect(receipt?.files.flatMap(({ aside }) => Object.keys(aside))).toContain(one.aside);
            return;
        }
        expect(receipt?.accepted).toBe(false);
        expect([one.code].flat()).toContain(receipt?.code);
        // one sentence, in printable characters
        expect(receipt?.message).toMatch(
            /^Levering [^\p{Cc}\p{Cf}]+ is geweigerd: [^\p{Cc}\p{Cf}]+; [^\p{Cc}\p{Cf}]+\.$/u,
        );
        expect(await contentOf(lake.location)).toBe(before);
        expect(existsSync(join(root, "x.csv"))).toBe(false);
    });
});
