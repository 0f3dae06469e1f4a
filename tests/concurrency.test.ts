import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ingest } from "../pipelines/ingest.ts";
import { openLake, readRelease } from "../pipelines/lake.ts";
import { gzipped, hisJournal, put, register, zipped } from "./acceptance/small-deliveries.ts";
import { EFFECTS } from "./support/delivery-files.ts";
import { brokenFor, runInProcess } from "./support/fault-lake.ts";
import { scratch } from "./support/scratch.ts";

const [AT_ONCE, PROCESSES] = process.env.PROVE === "1" ? [20, 20] : [8, 2];
const practices = Array.from({ length: AT_ONCE }, (_, n) => `010${String(n + 1).padStart(5, "0")}`);

async function filled(): Promise<{ root: string; paths: string[] }> {
    const root = await scratch();
    const registerPath = await put(root, "bureau_regio_20240630.zip", zipped(register(...practices)));
    await ingest([registerPath], openLake(join(root, "meer")), EFFECTS);
    const journal = hisJournal().join("\n");
    const paths = await Promise.all(
        practices.map((agb) => put(root, `his-journaal_${agb}_20240630.gz`, gzipped(`# ${agb}\n${journal}`))),
    );
    return { root, paths };
}

/** Every practice is current with its own delivery, and every file that the release names is there. */
async function noneLost(root: string, expected: readonly string[]): Promise<void> {
    const view = await readRelease(openLake(join(root, "meer")));
    expect(Object.keys(view?.release.current.HIS ?? {})).toEqual(expected);
    expect(view?.deliveries).toHaveLength(expected.length + 1);
    expect(await brokenFor({ root, deliveries: [] }, {})).toEqual([]);
}

test(`${AT_ONCE} ingests at once into one lake: none is lost`, async () => {
    const { root, paths } = await filled();
    const receipts = await Promise.all(paths.map((path) => ingest([path], openLake(join(root, "meer")), EFFECTS)));
    expect(receipts.flat().filter(({ accepted }) => !accepted)).toEqual([]);
    await noneLost(root, practices);
});

test(`${PROCESSES} processes at once into one lake: none is lost`, async () => {
    const { root, paths } = await filled();
    await mkdir(join(root, "tijdelijk"));
    const own = paths.slice(0, PROCESSES);
    const outcomes = await Promise.all(own.map((path) => runInProcess({ root, deliveries: [path] }, "ingest")));
    expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual(own.map(() => [0, ""]));
    await noneLost(root, practices.slice(0, PROCESSES));
});
