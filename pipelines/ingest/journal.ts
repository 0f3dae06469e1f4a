import { quoteText } from "../check.ts";
import type { TextRelation } from "../conform.ts";
import { tableNamed } from "../contract.ts";
import type { RecordLayout } from "../format.ts";
import { gather } from "./gathered-texts.ts";
import { columnAt } from "./header.ts";
import { inCheckingOrder } from "./landing.ts";
import { dropTables, type LandedFile, type LandingContext } from "./landing-context.ts";
import { landRelation } from "./landing-rows.ts";
import { damagedRecords, setAside } from "./set-aside.ts";
import { csvSql, OVERFLOW, type TextFile } from "./textfile.ts";

/** Columns read of a journal: the longest record of the layout, its type and one more, that shows a record that is too long. */
export const widthOf = (layouts: Readonly<Record<string, RecordLayout>>): number =>
    2 + Math.max(...Object.values(layouts).map(({ fields }) => fields.length));

/** A journal: one text in which the first field says what a line is. Its receipts are per record type. */
export async function landJournal(
    title: string,
    file: TextFile,
    layouts: Readonly<Record<string, RecordLayout>>,
    context: LandingContext,
): Promise<LandedFile> {
    const { connection, dialect } = context;
    const width = widthOf(layouts);
    await dropTables(connection, ["journaal"]);
    await connection.run(
        `CREATE TEMP TABLE journaal AS SELECT upper(trim(c0)) AS soort, * FROM ${csvSql(file.path, width, dialect)}`,
    );
    const landed: LandedFile = { receipts: [], parts: [], practices: [], ignoredColumns: [] };
    const types = Object.keys(layouts);
    for (const type of inCheckingOrder(types, (name) => layouts[name]?.table)) {
        const { table, fields } = layouts[type] as RecordLayout;
        const columns = Array.from({ length: width }, (_, index) => columnAt(index));
        const relation: TextRelation = {
            from: `(SELECT rowid AS regel, * FROM journaal WHERE soort = ${quoteText(type)})`,
            record: "regel",
            fields: fields.map((field, index) => ({
                raw: columnAt(index + 1),
                title: `${type}, veld ${index + 2}`,
                field,
            })),
            last: columnAt(fields.length),
            overflow: [...columns.slice(fields.length + 1), OVERFLOW],
        };
        const name = `${title}: ${type}`;
        const part = await landRelation({
            title,
            name,
            file,
            relation,
            table: tableNamed(table),
            context,
            withDamaged: false,
        });
        landed.receipts.push(part.receipt);
        landed.parts.push(...part.parts);
    }
    await journalStrangers(title, file, types, width, landed, context);
    return landed;
}

/** Lines of a journal that no record type claims: unknown types, and lines with far too many fields. */
async function journalStrangers(
    title: string,
    file: TextFile,
    types: readonly string[],
    width: number,
    landed: LandedFile,
    context: LandingContext,
): Promise<void> {
    const known = types.map(quoteText).join(", ");
    const strangers = `SELECT rowid AS record FROM journaal WHERE coalesce(soort, '') NOT IN (${known})`;
    const unknown = await setAside(
        context,
        title,
        file,
        `SELECT record, 'recordtype_onbekend' AS problem, NULL::VARCHAR AS practice_id FROM (${strangers})`,
    );
    const fields = Array.from({ length: width }, (_, index) => `trim(${columnAt(index)})`);
    await gather(
        context,
        title,
        [...fields, OVERFLOW].map((_, index) => ({ title: `veld ${index + 1}`, role: "declared" })),
        `SELECT unnest(range(1, ${width + 2})) AS place, unnest([${fields.join(", ")}, trim(${OVERFLOW})]) AS v FROM journaal WHERE coalesce(soort, '') NOT IN (${known})`,
    );
    const aside: Record<string, number> = Object.fromEntries(await damagedRecords(context, title, file));
    if (unknown + file.damaged.length === 0) return;
    if (unknown > 0) aside.recordtype_onbekend = unknown;
    // What type these lines were meant to be is not known, so that they are weighed against all lines.
    landed.receipts.push({
        name: `${title}: overig`,
        rows: unknown + file.damaged.length,
        kept: 0,
        aside,
        among: file.records,
    });
}
