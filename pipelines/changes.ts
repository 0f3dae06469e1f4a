// What changed between two sets of outcomes and why: the published figure becomes the new one in steps, each with one cause.
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { contributionsOf, valuesOf } from "./changes/contributions.ts";
import { countStaying, looksAtPatients } from "./changes/counterfactual.ts";
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
    try {
        return await compareSides(lake, id, before, now, scratch, effects);
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

async function compareSides(
    lake: Lake,
    id: string,
    before: Side,
    now: Side,
    scratch: string,
    { progress = () => {} }: CompareEffects,
): Promise<Summary> {
    const spans = comparedSpans(before, now);
    const sorted = redefinition(before, now);
    progress(0.1, "uitkomsten van de vorige publicatie");
    const oldFiles = await resultsOfSide(lake, before, scratch);
    const newFiles = await resultsOfSide(lake, now, scratch);
    progress(0.2, "oude definities op de nieuwe leveringen");
    const { files, isRerun } = await oldCounts(lake, before, now, sorted.changed, scratch);
    const counted: Counted = { lake, before, now, sorted, isRerun, scratch };
    progress(0.4, "wie kwam, ging of ouder werd");
    const counterfactuals = await countedStaying(counted, spans);

    progress(0.8, "uitsplitsen");
    const { indicators } = before;
    const side = { lake, scratch };
    const old = await contributionsOf({
        ...side,
        ...before,
        counts: [{ files: oldFiles, except: [] }],
        name: "gepubliceerd",
    });
    const kept = await contributionsOf({
        ...side,
        ...now,
        queries: before.queries,
        indicators,
        counts: [
            { files: newFiles, except: isRerun ? sorted.changed : [] },
            { files, except: [] },
        ],
        counterfactuals,
        unaffected: comparedIds(sorted).filter((indicator) => !looksAtPatients(textsOf(counted, indicator), indicator)),
        name: "zelfde-definitie",
    });
    // with the same definitions, the new outcomes are what the old definitions make of the new deliveries
    const fresh = isRedefined(before, now)
        ? await contributionsOf({ ...side, ...now, counts: [{ files: newFiles, except: [] }], name: "nieuw" })
        : kept;
    const relaid = relaidPractices(before, now);
    const rulesChanged = rulesHash(before.queries) !== rulesHash(now.queries);
    const saved = await split({
        queries: now.queries,
        spans,
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
    const summary = await summarise({
        id,
        before,
        now,
        spans,
        sorted,
        isRerun,
        rulesChanged,
        relaid,
        difference,
        old,
        fresh,
        scratch,
    });
    await lake.store.putFile(KEYS.changesFile(id, "cells.parquet"), saved.cells);
    await lake.store.putFile(KEYS.changesFile(id, "parts.parquet"), saved.parts);
    // last: whoever finds the summary finds the rest
    await lake.store.put(KEYS.changesFile(id, "summary.json"), Buffer.from(`${JSON.stringify(summary, null, 1)}\n`));
    progress(1, "uitgesplitst");
    return summary;
}

interface Counted {
    lake: Lake;
    before: Side;
    now: Side;
    sorted: Redefinition;
    isRerun: boolean;
    scratch: string;
}

function comparedIds({ same, changed }: Redefinition): string[] {
    return [...same, ...changed];
}

/** The texts by which an indicator is followed in time: the old ones, as long as they run. */
function textsOf({ before, now, sorted, isRerun }: Counted, indicator: string): Map<string, Query> {
    return isRerun && sorted.changed.includes(indicator) ? before.queries : now.queries;
}

/** Counts every comparison of two different periods without whoever came or went: stocks on two days, flows on all months. */
async function countedStaying(counted: Counted, spans: readonly Span[]) {
    const { lake, before, now, sorted, scratch } = counted;
    const sums = new Map(before.indicators.map((indicator) => [indicator.id, catalogueRow(indicator).sums_months]));
    const moved: { span: string; staying: string[]; unaged: string[] }[] = [];
    for (const [at, span] of spans.filter(({ from, to }) => from !== to).entries()) {
        const files = { span: span.span, staying: [] as string[], unaged: [] as string[] };
        for (const [which, queries] of [before.queries, now.queries].entries())
            for (const flow of [false, true]) {
                const indicators = comparedIds(sorted).filter(
                    (indicator) =>
                        textsOf(counted, indicator) === queries &&
                        sums.get(indicator) === flow &&
                        looksAtPatients(queries, indicator),
                );
                if (indicators.length === 0) continue;
                const months = span.months.filter(({ isLast }) => flow || isLast);
                const job = { lake, view: now.view, queries, indicators, scratch, name: `${at}-${which}-${flow}` };
                const { staying, unaged } = await countStaying(
                    job,
                    months.map(({ from }) => monthIndex(from)),
                    months.map(({ to }) => monthIndex(to)),
                );
                files.staying.push(...staying);
                files.unaged.push(...unaged);
            }
        moved.push(files);
    }
    return moved;
}

/** Practices whose HIS delivers in another layout than before. */
export function relaidPractices(before: Side, now: Side): { practice: string; from: string; to: string }[] {
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
