import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { ingest } from "../pipelines/ingest.ts";
import { openLake, readRelease } from "../pipelines/lake.ts";
import {
    gzipped,
    hisBreed,
    hisJournal,
    hisLang,
    put,
    register,
    viplive,
    zipped,
} from "./acceptance/small-deliveries.ts";
import { changed, PRACTICE, SECOND_PRACTICE } from "./corpus/case.ts";
import { EFFECTS } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";

const SHUFFLES = process.env.PROVE === "1" ? 500 : 2;

let root: string;
let registers: string[];
let others: string[];

beforeAll(async () => {
    root = await scratch();
    const two = register(PRACTICE, SECOND_PRACTICE);
    registers = [
        await put(root, "bureau_regio_20240331.zip", zipped(two)),
        await put(
            root,
            "bureau_regio_20240630.zip",
            zipped(changed(two, "praktijken.csv", (t) => t.replaceAll("Noord", "Zuid"))),
        ),
    ];
    const born = (year: string) => changed(hisLang(), "patienten.csv", (text) => text.replace("1935", year));
    const journal = hisJournal();
    others = [
        await put(root, `his-lang_${PRACTICE}_20240331.zip`, zipped(born("1936"))),
        await put(root, `his-lang_${PRACTICE}_20240331_2.zip`, zipped(born("1937"))),
        // the practice changes its HIS, and then corrects the delivery by leaving rows out
        await put(root, `his-breed_${PRACTICE}_20240630.zip`, zipped(hisBreed(PRACTICE))),
        await put(root, `his-journaal_${PRACTICE}_20240630_2.gz`, gzipped(journal.slice(3).join("\n"))),
        await put(root, `his-journaal_${SECOND_PRACTICE}_20240430.gz`, gzipped(journal.join("\n"))),
        await put(root, "viplive_regio_20240531.zip", zipped(viplive(PRACTICE))),
        await put(root, "viplive_regio_20240630.zip", zipped(viplive(SECOND_PRACTICE))),
    ];
});

test(`${SHUFFLES} shuffles with duplicates, in one go or one by one, end in the same current release`, async () => {
    const shuffle = fc.record({
        // a practice is refused while there is no register, so that one comes first; which one does not matter
        first: fc.constantFrom(0, 1),
        order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
        again: fc.array(fc.nat(8), { maxLength: 4 }),
        together: fc.integer({ min: 3, max: 9 }),
    });
    const paths = [...registers, ...others];
    let expected: string | undefined;
    for (const [n, { first, order, again, together }] of fc.sample(shuffle, { numRuns: SHUFFLES, seed: 5 }).entries()) {
        const lake = openLake(join(root, `meer-${n}`));
        await writeFile(lake.secretPath, `${"5a".repeat(32)}\n`, { mode: 0o600 });
        const series = [first, ...order, ...again].map((at) => paths[at] ?? "");
        const size = n % 2 === 0 ? series.length : together;
        await ingest(series.slice(0, 1), lake, EFFECTS);
        for (let start = 1; start < series.length; start += size) {
            const receipts = await ingest(series.slice(start, start + size), lake, EFFECTS);
            expect(receipts.filter(({ accepted }) => !accepted)).toEqual([]);
        }
        const view = await readRelease(lake);
        expect(view?.deliveries).toHaveLength(9);
        const { id, deliveries, current } = view?.release ?? {};
        const seen = JSON.stringify({ id, deliveries, current, files: view?.files });
        expected ??= seen;
        expect(seen).toBe(expected);
    }
});
