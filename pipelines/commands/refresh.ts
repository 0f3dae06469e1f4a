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
    const report = await refresh(openLake(flags.lake), flags, { progress: progress.report }).finally(progress.stop);
    process.stdout.write(flags.json ? `${JSON.stringify(report, null, 1)}\n` : refreshSentence(report));
    return 0;
}

export function refreshSentence(report: RefreshReport): string {
    return `${report.indicators} indicatoren voor ${report.practices} praktijken, ${report.from} tot en met ${report.to}: ${report.computed} uitgerekend, ${report.reused} hergebruikt (uitgave ${report.release}).\n`;
}
