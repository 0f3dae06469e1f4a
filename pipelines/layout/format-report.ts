import { ISSUES, type ProblemCode } from "../issues.ts";
import type { Coverage, FileCoverage } from "./format-check.ts";
import type { Proposal, Question } from "./sniff.ts";

const percents = new Intl.NumberFormat("nl-NL", { style: "percent", maximumFractionDigits: 1 });
const counts = new Intl.NumberFormat("nl-NL");

/** A share as text; of nothing it says so. */
const share = (part: number, whole: number): string =>
    whole === 0
        ? "geen"
        : `${counts.format(part)} van ${counts.format(whole)} (${percents.format(Math.floor((part / whole) * 1000) / 1000)})`;

/** What was recognised, one line per file or record type. */
export function proposalText(name: string, path: string, { format, files }: Proposal): string {
    const { encoding, delimiter, quoted, dates } = format.dialect;
    const sign = delimiter === "\t" ? "tab" : delimiter;
    const lines = files.map(({ name: file, table, mapped, unmapped }) => {
        const rest = unmapped.length === 0 ? "" : `, ${unmapped.length} niet`;
        return `  ${file}: ${table === null ? "geen tabel herkend" : `tabel ${table}, ${mapped} kolommen herkend${rest}`}`;
    });
    return [
        `Voorstel voor indeling ${name} geschreven in ${path}`,
        `Bron ${format.source}; ${encoding}, scheidingsteken ${sign}, ${quoted ? "met" : "zonder"} aanhalingstekens, datums ${dates}`,
        ...lines,
        "",
    ].join("\n");
}

/** The coverage of a sample by a layout: totals, then per file what was read, set aside, and left unread. */
export function coverageText(name: string, coverage: Coverage): string {
    const { faults, files, missingFiles, unknownFiles, refusals } = coverage;
    const columns = files.reduce((sum, file) => sum + file.columns.length + file.bepalingen.length, 0);
    const unmapped = files.reduce((sum, file) => sum + file.unmapped.length, 0);
    return [
        `Dekking van indeling ${name}: ${coverage.good ? "goed" : "niet goed"}`,
        `  rijen gelezen:    ${share(coverage.kept, coverage.rows)}`,
        `  cellen gelezen:   ${share(coverage.cells.read, coverage.cells.filled)}`,
        `  kolommen:         ${columns} met betekenis, ${unmapped} niet gebruikt`,
        ...faults.map((fault) => `  FOUT      ${fault}`),
        ...refusals.map(({ message }) => `  GEWEIGERD ${message}`),
        ...missingFiles.map((file) => `  ONTBREEKT ${file}`),
        ...unknownFiles.map((file) => `  onbekend  ${file} hoort niet bij de indeling en wordt niet gelezen`),
        ...files.flatMap(fileText),
        "",
    ].join("\n");
}

function fileText({ name, table, receipt, columns, unmapped }: FileCoverage): string[] {
    const rows = receipt.cells ?? receipt.rows;
    const what = receipt.cells === undefined ? "rijen" : "cellen";
    const notMeasured = receipt.notMeasured ? `, ${counts.format(receipt.notMeasured)} zonder uitslag` : "";
    return [
        `  ${name}${table === "" ? "" : ` naar tabel ${table}`}: ${what} ${share(receipt.kept + (receipt.notMeasured ?? 0), rows)}${notMeasured}`,
        ...columns
            .filter(({ filled, read }) => read < filled)
            .map(({ column, to, filled, read }) => `    kolom ${column} (${to}): ${share(read, filled)} gelezen`),
        ...columns
            .filter(({ filled }) => filled === 0)
            .map(({ column, to }) => `    kolom ${column} (${to}): overal leeg`),
        ...Object.entries(receipt.aside).map(
            ([code, count]) => `    terzijde ${code} ${counts.format(count)}: ${ISSUES[code as ProblemCode].sentence}`,
        ),
        ...(unmapped.length === 0 ? [] : [`    niet gebruikt: ${unmapped.join(", ")}`]),
    ];
}

/** The questions as a numbered list. */
export function questionsText(questions: readonly Question[]): string {
    if (questions.length === 0) return "Er zijn geen vragen.\n";
    const lines = questions.map(({ file, column, text }, at) => {
        const where = [file, column === undefined ? "" : `kolom ${column}`].filter(Boolean).join(", ");
        return `  ${at + 1}. ${where === "" ? "" : `${where}: `}${text}`;
    });
    return [`Vragen (${questions.length}):`, ...lines, ""].join("\n");
}
