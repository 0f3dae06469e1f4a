import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDB } from "../duckdb.ts";
import { INGEST_SETTINGS } from "../ingest/ingest-settings.ts";
import { pseudonymOf, readSecret } from "../ingest/pseudonym.ts";
import { type Lake, type Pointer, readPointer, swapPointer } from "../lake.ts";
import { UsageError } from "../usage-error.ts";
import { type Cleared, clearForgotten } from "./forgotten.ts";
import { objectionKey, readObjections, writeObjections } from "./objections.ts";
import { reachable, readReleases } from "./retained.ts";
import { type Rewriting, renameReleases, rewriteDeliveries } from "./rewrite.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** Whom to forget: one patient of a practice by source pseudonym, or the practice as a whole. */
export interface Forgotten {
    practice: string;
    patient?: string;
}

export interface ForgetEffects {
    /** ISO instant. */
    now: () => string;
}

/** What was forgotten, in counts. Never the pseudonym. */
export interface ForgetReceipt extends Cleared {
    practice: string;
    what: "praktijk" | "patient";
    /** Releases whose content changed, by their old and new id, oldest first. */
    releases: { from: string; to: string }[];
    /** Deliveries rewritten, and those of which nothing was left. */
    rewritten: number;
    removed: number;
    /** Rows taken out of files, counted once per file. */
    rows: number;
    files: number;
}

const AGB = /^[0-9]{8}$/;
const PSEUDONYM = /^.{8,64}$/su;

/**
 * Takes a patient (an objection, AVG art. 21) or a practice out of every release: files are rewritten, releases get the
 * names of their new content, what was made of the old content is deleted. A patient stays out: later deliveries leave the
 * objection's key out. A practice is out of the register, and comes back when a later register names it.
 */
export async function forget(lake: Lake, whom: Forgotten, { now }: ForgetEffects): Promise<ForgetReceipt> {
    const { practice, patient } = whom;
    if (!AGB.test(practice))
        throw new UsageError("Een praktijk is een AGB-code van acht cijfers; geef die bij --practice.");
    if (patient !== undefined && !PSEUDONYM.test(patient))
        throw new UsageError("Een pseudoniem heeft 8 tot 64 tekens, zoals het HIS het levert; geef dat bij --patient.");
    if ((await readPointer(lake)) === null)
        throw new Error(`Het meer ${lake.location} heeft nog geen leveringen; er is niets om te vergeten.`);
    const secret = await readSecret(lake);
    const key = objectionKey(secret, practice, patient);
    const patientId = patient === undefined ? null : pseudonymOf(secret, practice, patient);
    const folder = await scratchFolder("forget");
    const opened = await openDuckDB({ memory: INGEST_SETTINGS.memory, threads: 2, temp: join(folder, "duckdb") });
    try {
        for (;;) {
            const pointer = await readPointer(lake);
            if (pointer === null) throw new Error(`Het meer ${lake.location} is leeg geworden.`);
            const releases = await readReleases(lake);
            const chain = reachable(releases, pointer);
            if (chain[0]?.id !== pointer.release) continue;
            const rewriting: Rewriting = { lake, opened, folder, practice, patientId, key, rows: 0, files: 0 };
            const deliveries = await rewriteDeliveries(rewriting, chain);
            const renamed = await renameReleases(lake, chain, deliveries);
            const before = await readObjections(lake, pointer.objections);
            const keys = patient === undefined ? before.keys : [...before.keys, key];
            const objections = await writeObjections(lake, { turn: before.turn + 1, keys });
            if (!(await swapPointer(lake, movedPointer(pointer, renamed, objections), pointer.etag))) continue;
            const cleared = await clearForgotten(lake, whom, renamed, now());
            const changed = [...deliveries].filter(([id, record]) => record?.id !== id);
            return {
                practice,
                what: patient === undefined ? "praktijk" : "patient",
                releases: [...renamed].filter(([from, to]) => from !== to).map(([from, to]) => ({ from, to })),
                rewritten: changed.filter(([, record]) => record !== null).length,
                removed: changed.filter(([, record]) => record === null).length,
                rows: rewriting.rows,
                files: rewriting.files,
                ...cleared,
            };
        }
    } finally {
        opened.close();
        await rm(folder, { recursive: true, force: true });
    }
}

function movedPointer(pointer: Pointer, renamed: ReadonlyMap<string, string>, objections: string): Pointer {
    const release = renamed.get(pointer.release) ?? pointer.release;
    const undone = (pointer.undone ?? []).map((id) => renamed.get(id) ?? id).filter((id) => id !== release);
    return { release, ...(undone.length > 0 ? { undone } : {}), objections };
}
