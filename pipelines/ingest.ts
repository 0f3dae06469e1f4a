import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { openDuckDB } from "./duckdb.ts";
import { readFormats } from "./format.ts";
import { type Candidate, canonically, expand, name } from "./ingest/inbox.ts";
import { INGEST_SETTINGS, type IngestEffects, type Run } from "./ingest/ingest-settings.ts";
import { readSecret } from "./ingest/pseudonym.ts";
import type { Receipt } from "./ingest/receipt.ts";
import { takeIn } from "./ingest/take-in.ts";
import { scratchFolder } from "./lake/scratch-folder.ts";
import type { Lake } from "./lake.ts";

export type { IngestEffects } from "./ingest/ingest-settings.ts";
export type { Receipt } from "./ingest/receipt.ts";

/**
 * Takes deliveries into the lake. Paths are deliveries or folders of deliveries, in any order: the register is read first,
 * the rest by peildatum. Each delivery lands whole, in one new release, or is refused and changes nothing; a refusal is a
 * receipt, not an error.
 */
export async function ingest(paths: string[], lake: Lake, effects: IngestEffects): Promise<Receipt[]> {
    const formats = await readFormats();
    const receipts: Receipt[] = [];
    const found: Candidate[] = [];
    for (const path of await expand(paths)) {
        const candidate = await name(path, formats);
        if ("accepted" in candidate) receipts.push(candidate);
        else found.push(candidate);
    }
    if (found.length === 0) return receipts;
    const temp = await scratchFolder("ingest");
    const opened = await openDuckDB({
        memory: INGEST_SETTINGS.memory,
        threads: availableParallelism(),
        temp: join(temp, "duckdb"),
    });
    try {
        const run: Run = { lake, effects, opened, temp, secret: await readSecret(lake) };
        const ordered = found.sort(canonically);
        const registers = ordered.filter(({ name }) => name.format.source === "bureau");
        const others = ordered.filter(({ name }) => name.format.source !== "bureau");
        const done = progressOf(ordered, effects);
        // The register decides who takes part, so that it is in place before anything else is read.
        receipts.push(...(await inFlight(registers, 1, run, done)));
        receipts.push(...(await inFlight(others, INGEST_SETTINGS.atOnce, run, done)));
    } finally {
        opened.close();
        await rm(temp, { recursive: true, force: true });
    }
    return receipts;
}

/** Reads some deliveries at a time; they enter the lake in the order given. */
async function inFlight(
    candidates: readonly Candidate[],
    atOnce: number,
    run: Run,
    done: (candidate: Candidate) => void,
): Promise<Receipt[]> {
    const receipts: Promise<Receipt>[] = [];
    const running = new Set<Promise<unknown>>();
    let turn: Promise<unknown> = Promise.resolve();
    for (const candidate of candidates) {
        if (running.size >= atOnce) await Promise.race(running);
        const before = turn;
        const receipt = takeIn(candidate, run, before);
        receipts.push(receipt);
        // A refusal is a receipt and lets the next one land; a fault does not, so that a rerun lands all in the same order.
        turn = receipt;
        const tracked: Promise<unknown> = receipt
            .then(() => done(candidate))
            .catch(() => undefined)
            .finally(() => running.delete(tracked));
        running.add(tracked);
    }
    const settled = await Promise.allSettled(receipts);
    return settled.map((result) => {
        if (result.status === "fulfilled") return result.value;
        throw result.reason;
    });
}

function progressOf(candidates: readonly Candidate[], effects: IngestEffects): (candidate: Candidate) => void {
    const total = candidates.length;
    let finished = 0;
    return ({ path }) => {
        finished += 1;
        effects.progress?.(finished / total, basename(path));
    };
}
