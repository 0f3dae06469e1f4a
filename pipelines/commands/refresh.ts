import { redefinedSince } from "../changes/since-publication.ts";
import { definitionText } from "../changes/words.ts";
import type { EngineKind } from "../engine.ts";
import type { QueryReport } from "../engines/athena/run.ts";
import { athenaSettings } from "../engines/athena/settings.ts";
import { athena } from "../engines/athena.ts";
import { openLake } from "../lake.ts";
import { progressLine } from "../progress.ts";
import { type RefreshReport, refresh } from "../refresh.ts";

interface RefreshFlags {
    lake: string;
    from?: string;
    to?: string;
    asOf?: string;
    engine: "duckdb" | "athena";
    json?: boolean;
}

/** `regiospiegel refresh`. */
export async function refreshLake(flags: RefreshFlags): Promise<number> {
    const queries: QueryReport[] = [];
    const progress = progressLine("Rekenen");
    const lake = openLake(flags.lake);
    const effects = { progress: progress.report };
    const onCloud = flags.engine === "athena";
    // said before anything is read: with nothing to compute, Athena would not be asked at all
    if (onCloud) athenaSettings(lake);
    try {
        const report = await (onCloud
            ? onAthena(queries, (engine) => refresh(lake, flags, { ...effects, engine }))
            : refresh(lake, flags, effects));
        const definitions = await redefinedSince(lake, report.refresh, effects);
        const spent = onCloud ? spentOn(queries) : null;
        progress.stop();
        process.stdout.write(
            flags.json
                ? `${JSON.stringify({ ...report, definitions, ...(spent && { athena: spent }) }, null, 1)}
`
                : refreshSentence(report) + (spent ? spentSentence(spent) : "") + definitionText(definitions),
        );
        return 0;
    } finally {
        progress.stop();
    }
}

/** Whoever breaks off with ctrl-c stops the queries too: they would go on, and be paid for. */
async function onAthena<Result>(
    queries: QueryReport[],
    work: (engine: EngineKind) => Promise<Result>,
): Promise<Result> {
    const breaking = new AbortController();
    const stop = (): void => breaking.abort();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    try {
        return await work(athena({ report: (query) => queries.push(query), signal: breaking.signal }));
    } finally {
        process.off("SIGINT", stop);
        process.off("SIGTERM", stop);
    }
}

interface Spent {
    scannedBytes: number;
    dollars: number;
    queries: QueryReport[];
}

function spentOn(queries: QueryReport[]): Spent {
    const sum = (part: (query: QueryReport) => number): number =>
        queries.reduce((total, query) => total + part(query), 0);
    return { scannedBytes: sum((query) => query.scannedBytes), dollars: sum((query) => query.dollars), queries };
}

function spentSentence({ queries, scannedBytes, dollars }: Spent): string {
    const megabytes = Math.round(scannedBytes / 1024 ** 2);
    return `Athena: ${queries.length} vragen, ${megabytes} MB gelezen, ongeveer ${dollars.toFixed(4).replace(".", ",")} dollar.\n`;
}

export function refreshSentence(report: RefreshReport): string {
    return `${report.indicators} indicatoren voor ${report.practices} praktijken, ${report.from} tot en met ${report.to}: ${report.computed} uitgerekend, ${report.reused} hergebruikt (uitgave ${report.release}).\n`;
}
