import { type Files, hisJournal } from "../acceptance/small-deliveries.ts";
import { type BadDelivery, changed, MARKER, spoiled, withCell } from "./case.ts";
import { GOOD } from "./files-and-columns.ts";

const COLUMNS = [
    "bsn",
    "burgerservicenummer",
    "achternaam",
    "voornaam",
    "geboortedatum",
    "postcode6",
    "straat",
    "telefoon",
    "email",
    "polisnummer",
    "documentnaam",
    "opmerking",
    "episodetitel",
];

/** One of these in any column, an ignored one too, refuses. */
const CONTENT: readonly [string, string][] = [
    ["an e-mail address", `${MARKER}@voorbeeld.nl`],
    ["a telephone number", "06-10203040"],
    ["a telephone number abroad", "+31 6 10203040"],
];

/** Data that identify people, by the name of a column and by what stands in it, in every file of every layout. */
export function persons(): BadDelivery[] {
    const cases: BadDelivery[] = [];
    const code = "persoonsgegevens";
    for (const [layout, files, delimiter] of GOOD) {
        for (const [at, name] of Object.keys(files).entries()) {
            const withColumn = (column: string, value: string): Files =>
                changed(files, name, (text) =>
                    text
                        .replaceAll("\r\n", `${delimiter}${value}\r\n`)
                        .replace(`${delimiter}${value}\r\n`, `${delimiter}${column}\r\n`),
                );
            // every name somewhere, not every name everywhere
            const column = COLUMNS[(at * 5 + layout.length) % COLUMNS.length] ?? "bsn";
            cases.push(spoiled(layout, `${name}, column ${column}`, withColumn(column, MARKER), { code }));
            for (const [title, value] of CONTENT) {
                cases.push(
                    spoiled(layout, `${name}, ${title} in an unknown column`, withColumn("extra", value), { code }),
                );
            }
            const last = String(files[name]).split("\r\n")[0]?.split(delimiter).at(-1) ?? "";
            const declared = changed(files, name, (text) =>
                withCell(text, delimiter, last, 0, `${MARKER}@voorbeeld.nl`),
            );
            cases.push(spoiled(layout, `${name}, an e-mail address in ${last}`, declared, { code }));
        }
    }
    const [, wide, comma] = GOOD.find(([layout]) => layout === "his-breed") ?? [];
    for (const column of ["agb", "patient_id", "datum"]) {
        if (!wide || !comma) continue;
        const row = ["01000101", "patient001", "2024-03-15", "", ""];
        row[["agb", "patient_id", "datum"].indexOf(column)] = `${MARKER}@voorbeeld.nl`;
        const text = `${String(wide["meetwaarden.csv"])}${row.join(comma)}\r\n`;
        const title = `meetwaarden.csv, an e-mail address in ${column} of a row without cells`;
        cases.push(spoiled("his-breed", title, { ...wide, "meetwaarden.csv": text }, { code }));
    }
    for (const column of COLUMNS) {
        const [layout, files, delimiter] = GOOD[0] ?? [];
        if (!layout || !files) continue;
        const text = String(files["medicatie.csv"]).replace("dagen", `dagen${delimiter}${column}`);
        cases.push(spoiled(layout, `column ${column} without values`, { ...files, "medicatie.csv": text }, { code }));
    }
    for (const [title, value] of CONTENT) {
        const lines = [...hisJournal(), `M|patient001|1608|20240315|${value}|`];
        cases.push(spoiled("his-journaal", title, lines.join("\n"), { code }));
        cases.push(
            spoiled("his-journaal", `${title} in a comment field`, [...hisJournal(), `X|${value}`].join("\n"), {
                code,
            }),
        );
    }
    return cases;
}
