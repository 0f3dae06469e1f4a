// What changed between two sets of outcomes and why: the published figure becomes the new one in steps, each with one cause.
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { contributionsOf, valuesOf } from "./changes/contributions.ts";
import { countStaying, looksAtPatients, type Pass } from "./changes/counterfactual.ts";
import { definitionDifference } from "./changes/definition-difference.ts";
import { isRedefined, oldCounts, type Redefinition, redefinition } from "./changes/old-definitions.ts";
import { resultsOfSide } from "./changes/results-of-side.ts";
import { readSide, type Side } from "./changes/side.ts";
import { comparedSpans, type Span } from "./changes/spans.ts";
import { split } from "./changes/split.ts";
import { type Summary, summarise } from "./changes/summary.ts";
import { scratchFolder } from "./lake/scratch-folder.ts";
import { KEYS, type Lake, readJson } from "./lake.ts";
import { type Query, readQueries } from "./query.ts";
import { codeFingerprint } from "./refresh/code-fingerprint.ts";
import { rulesHash } from "./refresh/definitions.ts";
import { catalogueRow } from "./refresh/indicator.ts";
import { monthIndex } from "./refresh/period.ts";

/** Two refreshes by the id of their marts: what was published, and what is to be. */
export interface Pair {
    before: string;
    now: string;
}

export interface CompareEffects {
    progress?: (share: number, what: string) => void;
}

/**
 * Splits every change between two refreshes (see changes/README.md for the steps) and keeps the outcome in the lake, so that
 * the same pair is never compared twice. Throws NotComparable when the lake no longer holds what the earlier one was made of.
 */
export async function compare(lake: Lake, pair: Pair, effects: CompareEffects = {}): Promise<Summary> {
    const present = await readQueries();
    const id = await comparisonId(pair, present);
    const known = await readJson<Summary>(lake, KEYS.changesFile(id, "summary.json"));
    if (known !== null) return known;
    const before = withComparisons(await readSide(lake, pair.before), present);
    const now = withComparisons(await readSide(lake, pair.now), present);
    const scratch = await scratchFolder("veranderingen");
    const job: Comparing = {
        lake,
        before,
        now,
        spans: comparedSpans(before, now),
        sorted: redefinition(before, now),
        scratch,
        progress: effects.progress ?? (() => {}),
    };
    try {
        return await compareSides(job, id);
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

async function compareSides(job: Comparing, id: string): Promise<Summary> {
    const { lake, before, now, sorted, scratch, progress } = job;
    const { old, kept, fresh, isRerun } = await countSides(job);
    progress(0.9, "uitsplitsen");
    const relaid = relaidPractices(before, now);
    const rulesChanged = rulesHash(before.queries) !== rulesHash(now.queries);
    const saved = await split({
        queries: now.queries,
        spans: job.spans,
        compared: [
            ...sorted.same.map((indicator) => ({ indicator, isRerun: true })),
            ...sorted.changed.map((indicator) => ({ indicator, isRerun })),
        ],
        relaid: relaid.map(({ practice }) => practice),
        old,
        kept,
        now: fresh,
        oldIndicators: before.indicators,
        newIndicators: now.indicators,
        oldValues: await valuesOf(lake, before.refresh),
        newValues: await valuesOf(lake, now.refresh),
        rulesChanged,
        scratch,
    });
    const difference = await definitionDifference(before, now, sorted, scratch);
    const summary = await summarise({ ...job, id, isRerun, rulesChanged, relaid, difference, old, fresh });
    await lake.store.putFile(KEYS.changesFile(id, "cells.parquet"), saved.cells);
    await lake.store.putFile(KEYS.changesFile(id, "parts.parquet"), saved.parts);
    // last: whoever finds the summary finds the rest
    await lake.store.put(KEYS.changesFile(id, "summary.json"), Buffer.from(`${JSON.stringify(summary, null, 1)}\n`));
    return summary;
}

/** What every practice contributes: as published, by the old definitions on the new deliveries, and as it is to be published. */
async function countSides(job: Comparing) {
    const { lake, before, now, sorted, scratch, progress } = job;
    progress(0.1, "uitkomsten van de vorige publicatie");
    const oldFiles = await resultsOfSide(lake, before, scratch);
    const newFiles = await resultsOfSide(lake, now, scratch);
    progress(0.2, "oude definities op de nieuwe leveringen");
    const { files, isRerun } = await oldCounts(lake, before, now, sorted.changed, scratch);
    progress(0.4, "wie kwam, ging of ouder werd");
    // what cannot be counted by the old definitions is followed in time by the new ones
    const lens = isRerun ? before : now;
    const counterfactuals = await countedStaying(job, lens);
    progress(0.7, "bijdragen per praktijk");
    const whole = [{ files: newFiles, areResults: true, except: [] }];
    const old = await contributionsOf({
        ...before,
        lake,
        scratch,
        counts: [{ files: oldFiles, areResults: true, except: [] }],
        name: "gepubliceerd",
    });
    const kept = await contributionsOf({
        ...now,
        queries: lens.queries,
        indicators: lens.indicators,
        lake,
        scratch,
        counts: isRerun
            ? [
                  { files: newFiles, areResults: true, except: sorted.changed },
                  { files, areResults: false, except: [] },
              ]
            : whole,
        counterfactuals,
        unaffected: comparedIds(job).filter((indicator) => !looksAtPatients(textsOf(job, lens, indicator), indicator)),
        name: "zelfde-definitie",
    });
    // with the same definitions, the new outcomes are what the old definitions make of the new deliveries
    const fresh = isRedefined(before, now)
        ? await contributionsOf({ ...now, lake, scratch, counts: whole, name: "nieuw" })
        : kept;
    return { old, kept, fresh, isRerun };
}

interface Comparing {
    lake: Lake;
    before: Side;
    now: Side;
    spans: readonly Span[];
    sorted: Redefinition;
    scratch: string;
    progress: (share: number, what: string) => void;
}

function comparedIds({ sorted }: Comparing): string[] {
    return [...sorted.same, ...sorted.changed];
}

/** The texts by which an indicator is followed in time: what was redefined by those of the lens. */
function textsOf({ now, sorted }: Comparing, lens: Side, indicator: string): Map<string, Query> {
    return sorted.changed.includes(indicator) ? lens.queries : now.queries;
}

/** Counts every comparison of two different periods without whoever came or went: stocks on two days, flows on all months. */
async function countedStaying(job: Comparing, lens: Side) {
    const { lake, now, scratch } = job;
    const sums = new Map(lens.indicators.map((indicator) => [indicator.id, catalogueRow(indicator).sums_months]));
    const moved: { span: string; staying: string[]; unaged: string[] }[] = [];
    for (const [at, span] of job.spans.filter(({ from, to }) => from !== to).entries()) {
        const files = { span: span.span, staying: [] as string[], unaged: [] as string[] };
        for (const [which, queries] of [...new Set([lens.queries, now.queries])].entries()) {
            const pass = (flow: boolean): Pass => {
                const months = span.months.filter(({ isLast }) => flow || isLast);
                return {
                    indicators: comparedIds(job).filter(
                        (indicator) =>
                            textsOf(job, lens, indicator) === queries &&
                            sums.get(indicator) === flow &&
                            looksAtPatients(queries, indicator),
                    ),
                    before: months.map(({ from }) => monthIndex(from)),
                    after: months.map(({ to }) => monthIndex(to)),
                };
            };
            const counting = { lake, view: now.view, queries, scratch, name: `${at}-${which}` };
            const { staying, unaged } = await countStaying(counting, [pass(false), pass(true)]);
            files.staying.push(...staying);
            files.unaged.push(...unaged);
        }
        moved.push(files);
    }
    return moved;
}

/** Practices whose HIS delivers in another layout than before. */
function relaidPractices(before: Side, now: Side): { practice: string; from: string; to: string }[] {
    const layouts = ({ view }: Side): Map<string, string> => {
        const formats = new Map(view.deliveries.map(({ id, format }) => [id, format]));
        const his = view.coverage.filter(({ source }) => source === "HIS");
        return new Map(his.map(({ practice, delivery }) => [practice, formats.get(delivery) ?? ""]));
    };
    const earlier = layouts(before);
    return [...layouts(now)].flatMap(([practice, to]) => {
        const from = earlier.get(practice);
        return from === undefined || from === to ? [] : [{ practice, from, to }];
    });
}

/** The kept definitions with the queries of today that compare: these belong to the comparison, not to a definition. */
function withComparisons(side: Side, present: Map<string, Query>): Side {
    const comparing = [...present].filter(([, query]) => query.layer === "changes");
    return { ...side, queries: new Map([...side.queries, ...comparing]) };
}

async function comparisonId({ before, now }: Pair, queries: Map<string, Query>): Promise<string> {
    const hash = createHash("sha256").update(`${before}\n${now}\n${await codeFingerprint()}\n`);
    for (const query of queries.values()) if (query.layer === "changes") hash.update(`${query.id}\n${query.body}\n`);
    return hash.digest("hex").slice(0, 16);
}
