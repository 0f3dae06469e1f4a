import type { DuckDBConnection } from "@duckdb/node-api";
import type { TextRelation } from "../conform.ts";
import { tableNamed } from "../contract.ts";
import type { Field, FileLayout } from "../format.ts";
import { refuseByName } from "../privacy.ts";
import { gather, gatherExtra, roleOf } from "./gathered-texts.ts";
import { columnAt, type Header, matchHeader, refuseMissingColumns } from "./header.ts";
import { dropTables, type LandedFile, type LandingContext } from "./landing-context.ts";
import { landRelation } from "./landing-rows.ts";
import { csvSql, OVERFLOW, type TextFile } from "./textfile.ts";

/** One file with a header: matches its columns, conforms, scans, and writes Parquet per practice. Throws refusals. */
export async function landFile(
    title: string,
    file: TextFile,
    layout: FileLayout,
    context: LandingContext,
): Promise<LandedFile> {
    const header = matchHeader(title, file.header, layout);
    refuseByName(
        title,
        header.extra.map((column) => column.title),
        file.records,
    );
    refuseMissingColumns(title, header, layout);
    const { connection, dialect } = context;
    await dropTables(connection, ["breed"]);
    const csv = csvSql(file.path, header.width, dialect);
    const relation = layout.wide
        ? await wideRelation(connection, csv, header)
        : { from: csv, fields: header.fields, last: columnAt(header.width - 1), overflow: [OVERFLOW] };
    if (layout.wide) await gatherWithoutCells(context, title, header);
    await gatherExtra(context, title, file, header);
    const landed = await landRelation({
        title,
        file,
        relation,
        table: tableNamed(layout.table),
        context,
        withDamaged: true,
    });
    const receipt = landed.receipt;
    receipt.rows = file.records;
    if (layout.wide) receipt.cells = landed.rows;
    return {
        receipts: [receipt],
        parts: landed.parts,
        practices: landed.practices,
        ignoredColumns: header.extra.map((column) => `${title}: ${column.title}`),
    };
}

/** The wide file as one row per filled cell: practice, patient, day, NHG number, result. */
async function wideRelation(connection: DuckDBConnection, csv: string, header: Header): Promise<TextRelation> {
    const last = columnAt(header.width - 1);
    const wanted = new Set([...header.fields.map(({ raw }) => raw), ...header.bepalingen.map(({ raw }) => raw), last]);
    await connection.run(`CREATE TEMP TABLE breed AS SELECT ${[...wanted].join(", ")}, ${OVERFLOW} FROM ${csv}`);
    const shared = [...new Set([...header.fields.map(({ raw }) => raw), last, OVERFLOW])];
    const cells = header.bepalingen.map(
        ({ raw, number }) =>
            `SELECT rowid AS regel, ${shared.join(", ")}, '${number}' AS nhg, ${raw} AS cel FROM breed WHERE ${raw} <> ''`,
    );
    // A row of a wrong length is a problem also when it holds no cell: it stands for one.
    const misshapen = `${withoutCells(header)} AND (${last} IS NULL OR trim(coalesce(${OVERFLOW}, '')) <> '')`;
    cells.push(
        `SELECT rowid AS regel, ${shared.join(", ")}, NULL::VARCHAR AS nhg, NULL::VARCHAR AS cel FROM breed WHERE ${misshapen}`,
    );
    const number: Field = { to: "nhg_number", reading: "by_column" };
    const result: Field = { to: "value", reading: "result" };
    return {
        from: `(${cells.join(" UNION ALL ")})`,
        record: "regel",
        fields: [
            ...header.fields,
            { raw: "nhg", title: "(nummer van de kolom)", field: number },
            { raw: "cel", title: "(bepalingen)", field: result },
        ],
        last,
        overflow: [OVERFLOW],
    };
}

const withoutCells = ({ bepalingen }: Header): string =>
    ["true", ...bepalingen.map(({ raw }) => `coalesce(${raw}, '') = ''`)].join(" AND ");

/** Rows without a filled cell give no measurement, but what they do hold is looked at like everything else. */
async function gatherWithoutCells(context: LandingContext, title: string, header: Header): Promise<void> {
    const columns = header.fields.map(({ title: column, field }) => ({ title: column, role: roleOf(field) }));
    const fields = header.fields.map(({ raw }) => `trim(${raw})`).join(", ");
    const texts = `SELECT unnest(range(1, ${columns.length + 1})) AS place, unnest([${fields}]) AS v FROM breed WHERE ${withoutCells(header)}`;
    await gather(context, title, columns, texts);
}

/** What other files are checked against comes first: patients, and in the register its practices. */
export function inCheckingOrder<T>(items: readonly T[], tableOf: (item: T) => string | undefined): T[] {
    const isFirst = (item: T) => Number(["patients", "practices"].includes(tableOf(item) ?? ""));
    return [...items].sort((a, b) => isFirst(b) - isFirst(a));
}
