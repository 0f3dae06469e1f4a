import { SHORTEST_IDENTIFIER, type TextRelation } from "../conform.ts";
import type { Field } from "../format.ts";
import { type ColumnRole, refuseByContent, type ScannedColumn } from "../privacy.ts";
import type { Header } from "./header.ts";
import type { LandingContext } from "./landing-context.ts";
import { csvSql, type TextFile } from "./textfile.ts";

/** Scans every text that was gathered while the files of a delivery landed. After the last file, before anything is stored. */
export async function refuseIdentifiers({ connection, scanned }: LandingContext): Promise<void> {
    await refuseByContent(connection, "SELECT place, v, n FROM teksten", scanned);
}

/** Keeps texts for the scan: `texts` has columns place (1-based in `columns`) and v. Equal texts are kept once, counted. */
export async function gather(
    context: LandingContext,
    file: string,
    columns: readonly Omit<ScannedColumn, "file">[],
    texts: string,
): Promise<void> {
    const first = context.scanned.length - 1;
    context.scanned.push(...columns.map((column) => ({ ...column, file })));
    await context.connection.run(
        `INSERT INTO teksten SELECT place + ${first}, v, count(*) FROM (${texts}) WHERE strlen(v) >= ${SHORTEST_IDENTIFIER} GROUP BY ALL`,
    );
}

/** Gathers what the conformed rows kept of their delivered texts: rows set aside, and texts whose type proves nothing. */
export async function gatherKept(
    context: LandingContext,
    title: string,
    relation: TextRelation,
    typed: string,
): Promise<void> {
    const places = relation.fields.length + 1;
    const texts = `SELECT unnest(range(1, ${places + 1})) AS place, unnest(raw) AS v FROM ${typed} WHERE raw IS NOT NULL`;
    const columns = relation.fields.map(({ title: column, field }) => ({ title: column, role: roleOf(field) }));
    await gather(context, title, [...columns, { title: "(na de laatste kolom)", role: "declared" }], texts);
}

/** Columns that are not part of the layout are read for this scan alone. */
export async function gatherExtra(
    context: LandingContext,
    title: string,
    file: TextFile,
    header: Header,
): Promise<void> {
    if (header.extra.length === 0) return;
    const fields = header.extra.map(({ raw }) => `trim(${raw})`).join(", ");
    const csv = csvSql(file.path, header.width, context.dialect);
    const texts = `SELECT unnest(range(1, ${header.extra.length + 1})) AS place, unnest([${fields}]) AS v FROM ${csv}`;
    const columns = header.extra.map((column) => ({ title: column.title, role: "extra" as const }));
    await gather(context, title, columns, texts);
}

export function roleOf(field: Field): ColumnRole {
    if (field.reading === "pseudonym") return "pseudonym";
    if (field.reading === "result" || field.reading === "unit") return "result";
    if (field.to === "postcode4") return "postcode";
    return field.to === "birth_year" ? "birth_year" : "declared";
}
