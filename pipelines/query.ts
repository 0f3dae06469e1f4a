// Reads queries/**: header, body, worked examples and what a query selects from. Knows no engine.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folders of queries/, in the direction in which SQL may read: each layer only from layers before it. */
export const layers = ["staging", "populations", "indicators", "marts", "changes"] as const;
export type Layer = (typeof layers)[number];

export interface ExampleTable {
    name: string;
    columns: string[];
    /** Text cells as written; null where the cell is empty. */
    rows: (string | null)[][];
}

export interface Example {
    title: string;
    /** First and last month, `2022-12`. */
    from: string;
    to: string;
    tables: ExampleTable[];
    expect: ExampleTable;
}

export interface Query {
    /** The filename without `.sql`. */
    id: string;
    layer: Layer;
    header: Record<string, string>;
    /** The SQL between header and examples. */
    body: string;
    /** Names after `from` and `join` that are not common table expressions of the query itself, sorted. */
    reads: string[];
    examples: Example[];
}

export const queriesFolder = fileURLToPath(new URL("../queries/", import.meta.url));

/** Reads every `.sql` file of the layers; the filename is the id, and an id occurs once. */
export async function readQueries(folder = queriesFolder): Promise<Map<string, Query>> {
    const queries = new Map<string, Query>();
    for (const layer of layers) {
        const names = (await readdir(join(folder, layer))).filter((name) => name.endsWith(".sql")).sort();
        for (const name of names) {
            const id = name.slice(0, -".sql".length);
            if (queries.has(id))
                throw new Error(`queries/${layer}/${name}: de naam ${id} bestaat al; kies een andere bestandsnaam.`);
            queries.set(id, parseQuery(await readFile(join(folder, layer, name), "utf8"), id, layer));
        }
    }
    return queries;
}

/** Splits one query file; throws a sentence that names the file when a part is missing. */
export function parseQuery(text: string, id: string, layer: Layer): Query {
    const where = `queries/${layer}/${id}.sql`;
    const blocks = /^\/\*\n([\s\S]*?)\n\*\/\n([\s\S]*?)(?=\n\/\*\nvoorbeeld:|$(?![\s\S]))/.exec(text);
    if (!blocks) throw new Error(`${where}: verwacht een kop tussen /* en */ en daarna de vraag; zet de kop bovenaan.`);
    const [, headerText = "", bodyText = ""] = blocks;
    const body = bodyText.trim();
    if (!body.endsWith("select * from final"))
        throw new Error(`${where}: de vraag eindigt niet op "select * from final"; laat final de laatste CTE zijn.`);
    const examples = [...text.slice(blocks[0].length).matchAll(/\/\*\n(voorbeeld:[\s\S]*?)\n\*\//g)].map((match) =>
        parseExample(match[1] ?? "", where),
    );
    return { id, layer, header: parseHeader(headerText, where), body, reads: tablesRead(body), examples };
}

function parseHeader(text: string, where: string): Record<string, string> {
    const header: Record<string, string> = {};
    let last = "";
    for (const line of text.split("\n")) {
        const match = /^([a-z]+):(?: (.*))?$/.exec(line);
        if (match?.[1]) {
            last = match[1];
            if (last in header) throw new Error(`${where}: de sleutel ${last} staat twee keer in de kop; houd er een.`);
            header[last] = (match[2] ?? "").trim();
        } else if (/^ {4}\S/.test(line) && last) {
            header[last] = `${header[last]} ${line.trim()}`.trim();
        } else
            throw new Error(
                `${where}: regel "${line}" in de kop is geen "sleutel: waarde"; spring een vervolgregel vier in.`,
            );
    }
    return header;
}

function parseExample(text: string, where: string): Example {
    const [titleLine = "", ...rest] = text.split("\n");
    const title = titleLine.replace(/^voorbeeld:\s*/, "");
    let from = "2022-12";
    let to = "2022-12";
    const tables: ExampleTable[] = [];
    for (const block of rest.join("\n").split(/\n\s*\n/)) {
        const lines = block.split("\n").filter((line) => line.trim() !== "");
        const period = /^periode: (\d{4}-\d{2})(?:\.\.(\d{4}-\d{2}))?$/.exec(lines[0]?.trim() ?? "");
        if (period?.[1]) {
            from = period[1];
            to = period[2] ?? period[1];
            lines.shift();
        }
        if (lines.length === 0) continue;
        const [name = "", heading = "", ...rows] = lines;
        const columns = heading.split("|").map((cell) => cell.trim());
        tables.push({
            name: name.trim(),
            columns,
            rows: rows.map((row) => {
                const cells = row.split("|").map((cell) => (cell.trim() === "" ? null : cell.trim()));
                if (cells.length !== columns.length)
                    throw new Error(
                        `${where}: voorbeeld "${title}", tabel ${name}: een rij heeft ${cells.length} cellen, verwacht ${columns.length}.`,
                    );
                return cells;
            }),
        });
    }
    const expect = tables.find((table) => table.name === "verwacht");
    if (!expect) throw new Error(`${where}: voorbeeld "${title}" heeft geen tabel "verwacht"; voeg die toe.`);
    return { title, from, to, tables: tables.filter((table) => table !== expect), expect };
}

function withoutComments(sql: string): string {
    return sql.replace(/--.*$/gm, "").replace(/'[^']*'/g, "''");
}

/** Names after `from` and `join` in a query that are not common table expressions of its own, sorted. */
export function tablesRead(body: string): string[] {
    const sql = withoutComments(body);
    const own = new Set([...sql.matchAll(/([a-z_][a-z0-9_]*)(?: \([a-z0-9_, ]*\))? as \(/g)].map((match) => match[1]));
    const named = [...sql.matchAll(/\b(?:from|join)\s+([a-z_][a-z0-9_]*)\b(?!\s*\()/g)].map((match) => match[1] ?? "");
    return [...new Set(named)].filter((name) => !own.has(name)).sort();
}

/** Ids of all queries that `ids` rest on, themselves included, in an order in which each can be computed. */
export function inOrder(queries: Map<string, Query>, ids: Iterable<string>): Query[] {
    const ordered = new Map<string, Query>();
    const visit = (id: string, path: string[]): void => {
        const query = queries.get(id);
        if (!query || ordered.has(id)) return;
        if (path.includes(id))
            throw new Error(
                `queries/${query.layer}/${id}.sql leest zichzelf via ${path.join(" -> ")}; verbreek de kring.`,
            );
        for (const source of query.reads) visit(source, [...path, id]);
        ordered.set(id, query);
    };
    for (const id of ids) visit(id, []);
    return [...ordered.values()];
}

/** Everything outside queries/ that a query reaches, directly or through others: lake tables and engine inputs. */
export function inputsOf(queries: Map<string, Query>, id: string): string[] {
    const inputs = new Set<string>();
    for (const query of inOrder(queries, [id]))
        for (const name of query.reads) if (!queries.has(name)) inputs.add(name);
    return [...inputs].sort();
}

/** sha256 over the text of a query and of all queries that it rests on; headers and examples do not change it. */
export function queryHash(queries: Map<string, Query>, id: string): string {
    const hash = createHash("sha256");
    for (const query of inOrder(queries, [id]).sort((a, b) => (a.id < b.id ? -1 : 1)))
        hash.update(`${query.id}\n${query.body}\n`);
    return hash.digest("hex");
}
