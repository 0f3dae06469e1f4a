import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { hisLang, put } from "./acceptance/small-deliveries.ts";
import { PRACTICE } from "./corpus/case.ts";
import { newPlace, type Outcome, runInProcess } from "./support/fault-lake.ts";
import { scratch } from "./support/scratch.ts";

const proving = process.env.PROVE === "1";
const MB = 1_000_000;
/** Node with the pipeline and DuckDB loaded takes some 200 MB before it reads anything. */
const SMALL = 450 * MB;

function* repeated(head: string, piece: Buffer, bytes: number): Generator<Buffer> {
    yield Buffer.from(head);
    for (let written = 0; written < bytes; written += piece.length) yield piece;
}

/** Offers a folder of which one file is this long, to a process of its own that knows the register. */
async function offer(file: string, head: string, piece: Buffer, bytes: number): Promise<Outcome> {
    const root = await scratch();
    const place = await newPlace(root);
    const register = place.deliveries.slice(0, 1);
    const name = `his-lang_${PRACTICE}_20240630`;
    const path = await put(join(root, "groot"), name, hisLang());
    await pipeline(Readable.from(repeated(head, piece, bytes)), createWriteStream(join(path, file)));
    await mkdir(join(root, "site"), { recursive: true });
    const outcome = await runInProcess({ root, deliveries: [...register, path] }, "ingest", { watch: true });
    await rm(root, { recursive: true, force: true });
    return outcome;
}

const MEDICATION = "patientnr;datum;atc;dagen\r\n";
const lines = (text: string): Buffer => Buffer.from(text.repeat(Math.ceil(MB / text.length)));

const CASES: [string, string, Buffer, string | null][] = [
    ["one line of 100 MB", MEDICATION, Buffer.alloc(MB, "x"), "langer dan 1 MB"],
    ["a header of 100 MB", "", Buffer.alloc(MB, "x"), "langer dan 1 MB"],
    ["a quoted field of 100 MB of lines", `${MEDICATION}"`, lines("x\r\n"), "aanhalingsteken|langer dan 1 MB"],
    ["100 MB of blank lines before the header", "", lines("\r\n"), "kolom ontbreekt"],
    ["100 MB of misplaced quotes", MEDICATION, lines('"a"b;01-01-2024;A10BA02;1\r\n'), "te veel rijen"],
];

test.each(proving ? CASES : CASES.slice(3, 4))(
    "%s is refused within bounded memory",
    async (_, head, piece, sentence) => {
        const outcome = await offer("medicatie.csv", head, piece, 100 * MB);
        expect(outcome.stderr).toMatch(new RegExp(`^Levering [^\\n]*(${sentence})[^\\n]*\\n$`));
        expect(outcome.signal).toBeNull();
        expect(outcome.resident * 1024).toBeLessThan(outcome.stderr.includes("te veel rijen") ? 1000 * MB : SMALL);
    },
);

test.runIf(proving)("a file of 2 GB is taken in under 1 GB resident", async () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => {
        const day = `${String((n % 28) + 1).padStart(2, "0")}-${String((n % 12) + 1).padStart(2, "0")}-20${10 + (n % 13)}`;
        return `patient${String((n % 24) + 1).padStart(3, "0")};${day};A10BA${String(n % 100).padStart(2, "0")};${n % 90}\r\n`;
    });
    const outcome = await offer("medicatie.csv", MEDICATION, Buffer.from(rows.join("")), 2000 * MB);
    expect([outcome.code, outcome.stderr]).toEqual([0, ""]);
    expect(outcome.resident * 1024).toBeLessThan(1000 * MB);
});
