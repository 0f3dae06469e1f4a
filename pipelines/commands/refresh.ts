import { redefinedSince } from "../changes/since-publication.ts";
import { definitionText } from "../changes/words.ts";
import { openLake } from "../lake.ts";
import { progressLine } from "../progress.ts";
import { type RefreshReport, refresh } from "../refresh.ts";

interface RefreshFlags {
    lake: string;
    from?: string;
    to?: string;
    asOf?: string;
    json?: boolean;
}

/** `regiospiegel refresh`. */
export async function refreshLake(flags: RefreshFlags): Promise<number> {
    const progress = progressLine("Rekenen");
    const lake = openLake(flags.lake);
    const effects = { progress: progress.report };
    try {
        const report = await refresh(lake, flags, effects);
        const definitions = await redefinedSince(lake, report.refresh, effects);
        progress.stop();
        process.stdout.write(
            flags.json
                ? `${JSON.stringify({ ...report, definitions }, null, 1)}\n`
                : refreshSentence(report) + definitionText(definitions),
        );
        return 0;
    } finally {
        progress.stop();
    }
}

export function refreshSentence(report: RefreshReport): string {
    return `${report.indicators} indicatoren voor ${report.practices} praktijken, ${report.from} tot en met ${report.to}: ${report.computed} uitgerekend, ${report.reused} hergebruikt (uitgave ${report.release}).\n`;
}
