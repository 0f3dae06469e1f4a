import type { Change } from "../changes/change.ts";
import { definitionReport } from "../changes/definition-report.ts";
import { driftOf } from "../changes/drift.ts";
import { pairOf } from "../changes/pair.ts";
import { readChanges } from "../changes/read-changes.ts";
import { NotComparable } from "../changes/side.ts";
import type { Summary } from "../changes/summary.ts";
import { changeLine, definitionLines, restatedLine, summaryLines } from "../changes/words.ts";
import { compare } from "../changes.ts";
import { type Lake, openLake } from "../lake.ts";
import { progressLine } from "../progress.ts";
import { readQueries } from "../query.ts";
import { readIndicator } from "../refresh/indicator.ts";
import { UsageError } from "../usage-error.ts";

interface ChangesFlags {
    lake: string;
    from?: string;
    to?: string;
    indicator?: string;
    json?: boolean;
}

const LEVELS = ["region", "organisation", "area", "hagro", "practice"] as const;

/** `regiospiegel changes`: the operator's split of every change, without suppression. */
export async function showChanges(flags: ChangesFlags): Promise<number> {
    const lake = openLake(flags.lake);
    const queries = [...(await readQueries()).values()].filter(({ layer }) => layer === "indicators");
    const measures = new Map(queries.map((query) => [query.id, readIndicator(query).maat]));
    if (flags.indicator && !measures.has(flags.indicator))
        throw new UsageError(`Indicator ${flags.indicator} bestaat niet; zie de bestandsnamen in queries/indicators/.`);
    const summary = await comparison(lake, flags);
    const changes = (await readChanges(lake, summary.id, { indicator: flags.indicator })).map((change) => ({
        ...change,
        drift: driftOf(change, measures.get(change.indicator) ?? "ratio"),
    }));
    const definitions = definitionReport(summary, changes);
    if (flags.json) {
        const { definitions: _, ...about } = summary;
        process.stdout.write(`${JSON.stringify({ ...about, definitions, changes }, null, 1)}\n`);
        return 0;
    }
    const newest = new Set(summary.newest.map(({ from, to }) => `${from}>${to}`));
    const isNewest = ({ from, to }: Change): boolean => newest.has(`${from}>${to}`);
    const isShown = (change: Change): boolean =>
        flags.indicator !== undefined || (change.level === "region" && change.stratum === null && isNewest(change));
    const lines = [
        ...summaryLines(summary),
        ...(definitions ? definitionLines(definitions, flags.indicator ? LEVELS : ["region"]) : []),
        ...restatedLine(changes.filter((change) => !isNewest(change))),
        "",
        ...changes.filter(isShown).map((change) => changeLine(change, change.drift)),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
}

async function comparison(lake: Lake, flags: ChangesFlags): Promise<Summary> {
    const progress = progressLine("Vergelijken");
    try {
        return await compare(lake, await pairOf(lake, flags), { progress: progress.report });
    } catch (error) {
        if (error instanceof NotComparable)
            throw new Error(`${error.message} Vergelijk met een andere uitgave: regiospiegel changes --from.`);
        throw error;
    } finally {
        progress.stop();
    }
}
