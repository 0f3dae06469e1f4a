// Runs one worked example of a query on an engine: lake rows in, rows of the query out.
import { createHash } from "node:crypto";
import type { Cell, Columns, Engine } from "../../pipelines/engine.ts";
import { type Example, inOrder, inputsOf, type Query } from "../../pipelines/query.ts";
import { periodsBetween } from "../../pipelines/refresh/period.ts";
import { contractColumns } from "../../pipelines/refresh.ts";

/** What an example need not say: one practice in one area, a patient who lives there, everything delivered. */
const defaults: Record<string, Record<string, Cell>> = {
    patients: {
        practice_id: "01000001",
        birth_year: 1960,
        postcode4: "3201",
        registered_from: "2010-01-01",
        category: "vast",
    },
    areas: { area_id: "nissewaard", name: "Nissewaard", postcodes: "3201 3202" },
    practices: { practice_id: "01000001", name: "Praktijk", area_id: "nissewaard" },
};
const practiceDefault: Record<string, Cell> = { practice_id: "01000001" };

/** What stands in an engine already: of each table and query a hash of what it was made from. */
export type Standing = Map<string, string>;

/** Runs an example; between examples on one engine, `standing` saves making again what is the same. */
export async function runExample(
    engine: Engine,
    queries: Map<string, Query>,
    query: Query,
    example: Example,
    standing: Standing = new Map(),
): Promise<(string | null)[][]> {
    const made = async (name: string, from: unknown, make: () => Promise<void>): Promise<void> => {
        const key = createHash("sha256").update(JSON.stringify(from)).digest("hex");
        if (standing.get(name) === key) return;
        await make();
        standing.set(name, key);
    };
    const fill = (name: string, columns: Columns, rows: Cell[][]): Promise<void> =>
        made(name, rows, () => engine.load(name, columns, rows));
    const contract = contractColumns();
    const inputs = inputsOf(queries, query.id);
    for (const table of example.tables)
        if (!contract[table.name])
            throw new Error(
                `${query.id}: voorbeeld "${example.title}" vult ${table.name}; dat is geen tabel van het meer.`,
            );
    for (const [name, columns] of Object.entries(contract)) {
        const written = example.tables.find((table) => table.name === name);
        const rows =
            written?.rows.map((row) => new Map(row.map((cell, at) => [written.columns[at] ?? "", cell]))) ??
            implied(name);
        for (const column of written?.columns ?? [])
            if (!(column in columns))
                throw new Error(`${query.id}: voorbeeld "${example.title}" kent geen kolom ${name}.${column}.`);
        if (!inputs.includes(name)) continue;
        const fallback = { ...("practice_id" in columns ? practiceDefault : {}), ...defaults[name] };
        await fill(
            name,
            columns,
            rows.map((row) =>
                Object.keys(columns).map((column) =>
                    row.has(column) ? (row.get(column) ?? null) : (fallback[column] ?? null),
                ),
            ),
        );
    }
    await fill(
        "periods",
        { period_start: "DATE", period_end: "DATE", period_index: "INTEGER" },
        periodsBetween(example.from, example.to).map((period) => [period.start, period.end, period.index]),
    );
    await fill("coverage", { practice_id: "VARCHAR", source: "VARCHAR", peildatum: "DATE", history_from: "DATE" }, [
        ["regio", "bureau", "2024-06-30", "2010-01-01"],
        ["01000001", "HIS", "2024-06-30", "2010-01-01"],
        ["01000001", "VIPLive", "2024-06-30", "2010-01-01"],
    ]);
    for (const needed of inOrder(queries, [query.id]))
        await made(needed.id, [needed.body, ...needed.reads.map((name) => standing.get(name))], () =>
            engine.materialise(needed.id, needed.body),
        );
    const rows = await engine.rows(asked(query, example.expect.columns));
    return sorted(rows.map((row) => Object.values(row).map((cell) => (cell === null ? null : String(cell)))));
}

/** An example need not name every dimension of an indicator: counts are summed over those that it leaves out. */
function asked({ id, layer }: Query, columns: readonly string[]): string {
    const isCount = (column: string): boolean => column === "numerator" || column === "denominator";
    const keys = columns.filter((column) => !isCount(column));
    if (layer !== "indicators" || keys.length === columns.length) return `select ${columns.join(", ")} from ${id}`;
    const selected = columns.map((column) =>
        isCount(column) ? `cast(sum(${column}) as bigint) as ${column}` : column,
    );
    return `select ${selected.join(", ")} from ${id} ${keys.length > 0 ? `group by ${keys.join(", ")}` : ""}`;
}

function implied(table: string): Map<string, string>[] {
    return table === "areas" || table === "practices" ? [new Map()] : [];
}

/** Engines disagree on row order, so both sides are sorted before they are compared. */
export function sorted(rows: (string | null)[][]): (string | null)[][] {
    return [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
