import { readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ingest } from "../pipelines/ingest.ts";
import { ISSUES } from "../pipelines/issues.ts";
import { openLake, readRelease } from "../pipelines/lake.ts";
import { bytesOf, type Files, gzipped, hisJournal, put, register, zipped } from "./acceptance/small-deliveries.ts";
import { PRACTICE, SECOND_PRACTICE } from "./corpus/case.ts";
import { GOOD } from "./corpus/files-and-columns.ts";
import { EFFECTS } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";

const proving = process.env.PROVE === "1";
const RUNS = proving ? 500 : 12;

type Mutation = (bytes: Buffer) => Buffer;

/** A place in the text as a share of its length, so that small texts are hit as well as large ones. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: Buffer, share: number): number => Math.min(bytes.length, Math.floor(share * bytes.length));

const splice =
    (share: number, removed: number, inserted: Uint8Array): Mutation =>
    (bytes) => {
        const start = at(bytes, share);
        return Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(start + removed)]);
    };

/** Bytes changed, put in, taken out; pieces swapped and repeated; what means something to the reader put anywhere. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
    fc
        .tuple(place, fc.uint8Array({ minLength: 1, maxLength: 6 }))
        .map(([share, bytes]) => splice(share, bytes.length, bytes)),
    fc.tuple(place, fc.nat(200)).map(([share, length]) => splice(share, length, Buffer.alloc(0))),
    fc
        .tuple(
            place,
            fc.constantFrom(
                '"',
                '""',
                ";",
                ",",
                "|",
                "\n",
                "\r",
                "\r\n\r\n",
                "\t",
                "\ufeff",
                "é",
                "€",
                "#",
                "-",
                "\\",
                "'",
                "\u2028",
                "x".repeat(300),
            ),
        )
        .map(([share, text]) => splice(share, 0, Buffer.from(text))),
    fc
        .tuple(place, fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 30 }))
        .map(([share, length, times]) => (bytes: Buffer) => {
            const start = at(bytes, share);
            const piece = bytes.subarray(start, start + length);
            return Buffer.concat([
                bytes.subarray(0, start),
                ...Array.from({ length: times }, () => piece),
                bytes.subarray(start),
            ]);
        }),
    fc.constant((bytes: Buffer) => Buffer.from(bytes.toString("utf8").toUpperCase())),
    fc.constant((bytes: Buffer) => Buffer.from(bytes.toString("utf8").replaceAll("\r\n", "\r"))),
);

const mutated = fc.record({
    layout: fc.nat(GOOD.length),
    file: fc.nat(7),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
});

test(`${RUNS} good deliveries with something changed are accepted or refused, and never half landed`, async () => {
    const root = await scratch();
    const lake = openLake(join(root, "meer"));
    await ingest(
        [await put(root, "bureau_regio_20231231.zip", zipped(register(PRACTICE, SECOND_PRACTICE)))],
        lake,
        EFFECTS,
    );
    for (const [n, { layout, file, mutations }] of fc.sample(mutated, { numRuns: RUNS, seed: 11 }).entries()) {
        const mutate = (text: string | Uint8Array): Uint8Array =>
            mutations.reduce<Buffer>((bytes, change) => change(bytes), Buffer.from(bytesOf(text)));
        const [name, files]: readonly [string, Files, ...unknown[]] = GOOD[layout] ?? ["his-journaal", {}];
        const chosen = Object.keys(files)[file % Math.max(1, Object.keys(files).length)] ?? "";
        const regional = name === "viplive" || name === "bureau";
        // registers are of an earlier day, so that a mutated one cannot become the one that decides
        const stem = `${name}_${regional ? "regio" : PRACTICE}_${name === "bureau" ? "20230630" : "20240630"}_${n + 1}`;
        const path =
            chosen === ""
                ? await put(root, `${stem}.gz`, gzipped(mutate(hisJournal().join("\n"))))
                : await put(root, `${stem}.zip`, zipped({ ...files, [chosen]: mutate(files[chosen] ?? "") }));
        const before = await readRelease(lake);
        const parts = (await readdir(join(lake.location, "lake"), { recursive: true })).length;
        const [receipt] = await ingest([path], lake, EFFECTS);
        const after = await readRelease(lake);
        if (receipt?.accepted) {
            expect(after?.release.deliveries).toHaveLength(
                (before?.release.deliveries.length ?? 0) + (receipt.known ? 0 : 1),
            );
            const codes = receipt.files.flatMap(({ aside }) => Object.keys(aside));
            expect(codes.filter((code) => !(code in ISSUES))).toEqual([]);
        } else {
            expect(Object.keys(ISSUES)).toContain(receipt?.code);
            expect(receipt?.message).toMatch(/^Levering \S+ is geweigerd: [^\p{Cc}]+; [^\p{Cc}]+\.$/u);
            expect(receipt?.message).not.toMatch(/patient0[0-9]{2}/i);
            expect(after?.release).toEqual(before?.release);
            expect((await readdir(join(lake.location, "lake"), { recursive: true })).length).toBe(parts);
        }
    }
});
