import { openLake } from "../lake.ts";
import { type Explanation, explain } from "../refresh/explain.ts";

interface ExplainFlags {
    lake: string;
    practice: string;
    period: string;
    rows?: string;
    json?: boolean;
}

/** `regiospiegel explain`. */
export async function explainNumber(indicator: string, flags: ExplainFlags): Promise<number> {
    const explanation = await explain(openLake(flags.lake), { ...flags, indicator });
    process.stdout.write(flags.json ? `${JSON.stringify(explanation, jsonCell, 1)}\n` : explanationText(explanation));
    return 0;
}

/** Pseudonyms are whole numbers beyond what JSON can hold. */
function jsonCell(_key: string, cell: unknown): unknown {
    return typeof cell === "bigint" ? cell.toString() : cell;
}

function explanationText(explanation: Explanation): string {
    const { titel, indicator, practice, period, release, queryHash, deliveries, values, steps, rows } = explanation;
    const lines = [
        `${titel} (${indicator}), praktijk ${practice}, ${period}`,
        `uitgave ${release}, vraag ${queryHash}`,
        "",
        "Leveringen",
        ...deliveries.map(
            (row) =>
                `  ${row.source.padEnd(8)} ${row.name}  peildatum ${row.peildatum}, gegevens vanaf ${row.historyFrom}`,
        ),
        "",
        "Uitkomst",
        ...values.map(
            (row) =>
                `  ${(row.stratum ?? "geheel").padEnd(16)} ${row.state}  ${row.numerator ?? "-"} van ${row.denominator ?? "-"}`,
        ),
        "",
        "Stappen van de vraag, met het aantal rijen van deze praktijk en maand",
        ...steps.map((step) => `  ${step.step.padEnd(28)} ${step.rows}`),
    ];
    if (rows)
        lines.push("", Object.keys(rows[0] ?? {}).join("\t"), ...rows.map((row) => Object.values(row).join("\t")));
    return `${lines.join("\n")}\n`;
}
