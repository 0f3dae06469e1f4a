import { renderSite, siteFingerprint } from "../../dashboards/site.ts";
import { definitionText } from "../changes/words.ts";
import { openLake } from "../lake.ts";
import { progressLine } from "../progress.ts";
import { DefinitionsNotAccepted, PublicationRefused, type PublicationReport, publish } from "../publish.ts";
import { attackSentence, findingLines } from "./attack.ts";

interface PublishFlags {
    lake: string;
    site: string;
    acceptDefinitions?: string;
    json?: boolean;
}

/** `regiospiegel publish`: the one place where pipelines and pages meet in code. */
export async function publishLake(flags: PublishFlags): Promise<number> {
    const progress = progressLine("Publiceren");
    try {
        const report = await publishSite(flags.lake, flags.site, progress.report, flags.acceptDefinitions);
        progress.stop();
        process.stdout.write(
            flags.json
                ? `${JSON.stringify(report, withoutTime, 1)}\n`
                : definitionText(report.definitions) +
                      publishSentence(report) +
                      attackSentence(report.attack) +
                      keptTable(report),
        );
        return 0;
    } catch (error) {
        progress.stop();
        if (error instanceof DefinitionsNotAccepted) process.stderr.write(definitionText(error.report));
        if (error instanceof PublicationRefused) process.stderr.write(findingLines(error.findings));
        throw error;
    }
}

/** How long it took is no outcome: the same publication is told in the same bytes. */
const withoutTime = (key: string, value: unknown): unknown => (key === "seconds" ? undefined : value);

export async function publishSite(
    lake: string,
    site: string,
    progress: (share: number, what: string) => void,
    acceptDefinitions?: string | true,
): Promise<PublicationReport> {
    return publish({
        lake: openLake(lake),
        site,
        render: renderSite,
        pagesFingerprint: await siteFingerprint(),
        acceptDefinitions,
        progress,
    });
}

const integers = new Intl.NumberFormat("nl-NL");

export function publishSentence(report: PublicationReport): string {
    const how = report.reused ? "stond er al" : "gemaakt";
    return `Publicatie ${report.publication} ${how}: ${integers.format(report.pages)} pagina's voor ${report.audiences} doelgroepen.\n`;
}

/** What disclosure control left of the figures, per audience and class (disclosure.md rule 10). */
function keptTable(report: PublicationReport): string {
    const lines = report.kept.map((row) => {
        const share = row.cells === 0 ? "-" : `${((100 * row.shown) / row.cells).toFixed(1).replace(".", ",")}%`;
        return `  ${row.audience.padEnd(12)} ${row.page.padEnd(28)} ${share.padStart(7)} van ${integers.format(row.cells)} cellen getoond\n`;
    });
    return lines.join("");
}
