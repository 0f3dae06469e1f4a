// The letter to the sender of a refused delivery. Nothing of such a delivery is kept, so that it is made from the receipt.
import type { Receipt } from "../ingest/receipt.ts";
import { ISSUES, type Issue } from "../issues.ts";
import type { Letter, Section } from "./letter-sections.ts";

const whole = new Intl.NumberFormat("nl-NL");
const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
const issueOf = (code: string): Issue | null => (code in ISSUES ? ISSUES[code as keyof typeof ISSUES] : null);

/** What a refused delivery is told (pure): why, where, and what to change in the HIS. Throws for an accepted one. */
export function refusalLetter(receipt: Receipt): Letter {
    if (receipt.accepted || receipt.held) {
        throw new Error(`Levering ${receipt.delivery} is niet geweigerd; haar brief staat in het meer.`);
    }
    return {
        title: `Levering ${receipt.delivery} is geweigerd`,
        sections: [summary(receipt), reason(receipt), ...found(receipt), remedies(receipt)],
    };
}

function summary({ files }: Receipt): Section {
    const read = files.reduce((sum, file) => sum + (file.cells ?? file.rows), 0);
    const paragraphs = [
        "Deze levering is in haar geheel geweigerd. Er is niets van bewaard, en uw cijfers zijn nog die van uw vorige levering.",
    ];
    if (read > 0) paragraphs.push(`Tot de weigering waren ${whole.format(read)} rijen of metingen gelezen.`);
    return { heading: "In het kort", paragraphs };
}

function reason({ code, message }: Receipt): Section {
    const issue = issueOf(code ?? "");
    const paragraphs = [message ?? "De levering kon niet worden gelezen."];
    if (issue) paragraphs.push(`Waarom dat ertoe doet: ${issue.why}.`);
    return { heading: "Waarom de levering is geweigerd", paragraphs };
}

function found({ asideLines = [] }: Receipt): Section[] {
    if (asideLines.length === 0) return [];
    return [
        {
            heading: "Welke rijen niet te lezen waren",
            paragraphs: [
                "Met het regelnummer vindt u de rij terug in uw eigen export; wat er stond is niet bewaard. Per bestand en probleem staan de eerste regels er.",
            ],
            table: [
                ["Bestand", "Probleem", "Aantal", "Regels", "Waarom dat ertoe doet"],
                ...asideLines.map(({ file, code, rows, lines }) => [
                    file,
                    sentence(issueOf(code)?.sentence ?? code),
                    whole.format(rows),
                    lines.join(", ") + (rows > lines.length ? ", ..." : ""),
                    sentence(issueOf(code)?.why ?? ""),
                ]),
            ],
        },
    ];
}

function remedies({ code, asideLines = [] }: Receipt): Section {
    const codes = [...new Set([code ?? "", ...asideLines.map((group) => group.code)])];
    const list = codes.flatMap((one) => {
        const issue = issueOf(one);
        return issue ? [`${sentence(issue.sentence)} ${sentence(issue.remedy)}`] : [];
    });
    return {
        heading: "Wat u kunt doen",
        paragraphs: [
            code === "naam_hergebruikt"
                ? "Lever opnieuw aan onder een naam met een hoger volgnummer."
                : "Lever opnieuw aan zodra dit is hersteld; van deze levering is niets bewaard, ook haar naam niet.",
        ],
        list,
    };
}
