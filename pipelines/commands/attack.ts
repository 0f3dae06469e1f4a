import { type Finding, findingSentence } from "../intruder/finding.ts";
import { progressLine } from "../progress.ts";
import { attackLive } from "../publish/attack-live.ts";
import type { PublicationReport } from "../publish.ts";

interface AttackFlags {
    site: string;
    audience?: string;
    lake?: string;
    json?: boolean;
}

/** Findings that are printed; the rest is counted, or stands in the JSON report. */
const MOST_LINES = 20;

/** `regiospiegel attack`: exit code 1 when the intruder found anything. */
export async function attackSite(flags: AttackFlags): Promise<number> {
    const progress = progressLine("Aanvallen");
    try {
        const report = await attackLive({ ...flags, progress: progress.report });
        progress.stop();
        process.stdout.write(
            flags.json
                ? `${JSON.stringify(report, null, 1)}\n`
                : findingLines(report.findings) + attackSentence(report),
        );
        return report.findings.length > 0 ? 1 : 0;
    } catch (error) {
        progress.stop();
        throw error;
    }
}

const integers = new Intl.NumberFormat("nl-NL");

export function findingLines(findings: readonly Finding[]): string {
    const lines = findings.slice(0, MOST_LINES).map((finding) => `  ${findingSentence(finding)}\n`);
    const more = findings.length - lines.length;
    return lines.join("") + (more > 0 ? `  en nog ${integers.format(more)} bevindingen.\n` : "");
}

/** What was tried, in one sentence. */
export function attackSentence(report: PublicationReport["attack"] & { findings?: readonly Finding[] }): string {
    const { files, claims, targets, given, seconds, findings = [] } = report;
    const found = findings.length === 0 ? "niets gevonden" : `${integers.format(findings.length)} bevindingen`;
    const before =
        given > 0 ? ` ${integers.format(given)} beschermde tellingen stonden al vast zonder deze publicatie.` : "";
    const within = seconds === null ? "" : `, in ${seconds.toFixed(0)} s`;
    return `Aanval: ${found}; ${integers.format(claims)} cijfers teruggelezen uit ${integers.format(files)} bestanden, ${integers.format(targets)} keer een beschermde telling geprobeerd${within}.${before}\n`;
}
