import { type Files, hisBreed, hisLang, register, viplive } from "../acceptance/small-deliveries.ts";
import { type BadDelivery, changed, type Layout, MARKER, PRACTICE, SECOND_PRACTICE, spoiled, without } from "./case.ts";

/** The layouts that come as files, each as a small good delivery with its delimiter. */
export const GOOD: readonly [Layout, Files, string][] = [
    ["his-lang", hisLang(), ";"],
    ["his-breed", hisBreed(PRACTICE), ","],
    ["viplive", viplive(PRACTICE), ";"],
    ["bureau", register(PRACTICE, SECOND_PRACTICE), ";"],
];

/** Columns that a layout may do without: an organisation, and bepalingen in a wide file. */
const OPTIONAL = new Set(["organisatie", "HBACB", "RRSYKA"]);

const columnsOf = (files: Files, name: string, delimiter: string): string[] =>
    (String(files[name]).split("\r\n")[0] ?? "").split(delimiter);

/** Every required file left out; every required column left out, doubled or misspelt; every file empty. */
export function filesAndColumns(): BadDelivery[] {
    const cases: BadDelivery[] = [];
    for (const [layout, files, delimiter] of GOOD) {
        cases.push(spoiled(layout, "nothing in it", {}, { code: ["bestand_ontbreekt", "archief_onleesbaar"] }));
        for (const name of Object.keys(files)) {
            const refused = (title: string, change: (text: string) => string, code: string): void => {
                cases.push(spoiled(layout, `${name}, ${title}`, changed(files, name, change), { code }));
            };
            cases.push(spoiled(layout, `without ${name}`, without(files, name), { code: "bestand_ontbreekt" }));
            const twice = { ...files, [name.toUpperCase()]: String(files[name]) };
            cases.push(spoiled(layout, `${name} twice`, twice, { code: "bestand_dubbel" }));
            refused("empty", () => "", "kolom_ontbreekt");
            refused("only blank lines", () => "\r\n\r\n\r\n", "kolom_ontbreekt");
            refused("no header", (text) => text.slice(text.indexOf("\n") + 1), "kolom_ontbreekt");
            const columns = columnsOf(files, name, delimiter);
            for (const [at, column] of columns.entries()) {
                if (OPTIONAL.has(column)) continue;
                refused(`without ${column}`, (text) => dropColumn(text, delimiter, at), "kolom_ontbreekt");
                refused(`${column} misspelt`, (text) => text.replace(column, `${column}_x`), "kolom_ontbreekt");
            }
            const [first = ""] = columns;
            refused(
                `${first} twice`,
                (text) => text.replaceAll("\r\n", `${delimiter}${MARKER}\r\n`).replace(MARKER, first.toUpperCase()),
                "kolom_dubbel",
            );
        }
    }
    return cases;
}

const dropColumn = (text: string, delimiter: string, at: number): string =>
    text
        .split("\r\n")
        .map((line) =>
            line
                .split(delimiter)
                .filter((_, index) => index !== at)
                .join(delimiter),
        )
        .join("\r\n");
