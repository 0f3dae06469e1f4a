// What a comparison was between, and what happened to practices and definitions: all but the figures.
import { createHash } from "node:crypto";
import { openDuckDBEngine } from "../engines/duckdb.ts";
import { monthIndex, periodOf } from "../refresh/period.ts";
import { type Contributions, membershipColumns } from "./contributions.ts";
import type { DefinitionDifference } from "./definition-difference.ts";
import type { Redefinition } from "./old-definitions.ts";
import type { Side } from "./side.ts";
import type { Span } from "./spans.ts";

export interface SideSummary {
    refresh: string;
    release: string;
    from: string;
    to: string;
    /** Newest peildatum of its deliveries. */
    peildatum: string;
}

export interface Summary {
    /** Under which the changes stand in the lake. */
    id: string;
    before: SideSummary;
    now: SideSummary;
    /** Pairs of newest whole periods. */
    newest: { from: string; to: string }[];
    /** Practices that became a member or left between the last days of the newest quarters. */
    joined: string[];
    left: string[];
    /** Practices whose HIS delivers in another layout. */
    relaid: { practice: string; from: string; to: string }[];
    definitions: DefinitionDifference & {
        changed: string[];
        added: string[];
        dropped: string[];
        /** False: the old texts no longer run, so a correction cannot be told from the new definition. */
        isRerun: boolean;
        /** True: how results add up to levels changed too (queries/marts/). */
        rules: boolean;
        /** Stands for exactly this change of definitions; null when there is none. */
        mark: string | null;
    };
}

export interface SummaryJob {
    id: string;
    before: Side;
    now: Side;
    spans: readonly Span[];
    sorted: Redefinition;
    isRerun: boolean;
    rulesChanged: boolean;
    relaid: Summary["relaid"];
    difference: DefinitionDifference;
    old: Contributions;
    fresh: Contributions;
    scratch: string;
}

export async function summarise(job: SummaryJob): Promise<Summary> {
    const { before, now, spans, sorted } = job;
    const newest = spans.filter(({ kind }) => kind === "newest");
    const lastMonths = newest[0]?.months.find(({ isLast }) => isLast);
    const then = await membersIn(job.old.memberships, lastMonths?.from, job.scratch);
    const today = await membersIn(job.fresh.memberships, lastMonths?.to, job.scratch);
    const { changed, added, dropped } = sorted;
    return {
        id: job.id,
        before: sideSummary(before),
        now: sideSummary(now),
        newest: newest.map(({ from, to }) => ({ from, to })),
        joined: today.filter((practice) => !then.includes(practice)),
        left: then.filter((practice) => !today.includes(practice)),
        relaid: job.relaid,
        definitions: {
            ...job.difference,
            changed,
            added,
            dropped,
            isRerun: job.isRerun,
            rules: job.rulesChanged,
            mark: job.rulesChanged || changed.length + added.length + dropped.length > 0 ? markOf(job) : null,
        },
    };
}

function sideSummary({ refresh, view, from, to }: Side): SideSummary {
    const peildatum = view.coverage.map((row) => row.peildatum).sort();
    return { refresh, release: view.release.id, from, to, peildatum: peildatum.at(-1) ?? "" };
}

async function membersIn(file: string, month: string | undefined, scratch: string): Promise<string[]> {
    if (month === undefined) return [];
    const engine = await openDuckDBEngine({ memory: "200MB", threads: 1, temp: scratch });
    try {
        await engine.attach("memberships", membershipColumns, [file]);
        const rows = await engine.rows(
            `select distinct practice_id from memberships
            where period_start = date '${periodOf(monthIndex(month)).start}' order by practice_id`,
        );
        return rows.map((row) => String(row.practice_id));
    } finally {
        engine.close();
    }
}

/** The same texts on both sides have the same mark, whatever was delivered. */
function markOf({ sorted, difference }: SummaryJob): string {
    return createHash("sha256")
        .update(JSON.stringify([sorted, difference]))
        .digest("hex")
        .slice(0, 8);
}
