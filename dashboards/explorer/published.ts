import { type Data, makeData, Table, tableFromIPC, tableToIPC, type Vector } from "apache-arrow";
import type { Cell, Level } from "../data.ts";
import { inTime, type PeriodKind, periodKind } from "../period.ts";

/** A cell with its place in the file, so that a choice can be written as a file again. */
export interface PublishedCell extends Cell {
    row: number;
}

/** One group, or one part (stratum) of it, of one indicator; the key is how an address names it. */
export interface Series {
    key: string;
    level: Level;
    id: string;
    stratum: string | null;
    /** In time order. */
    cells: PublishedCell[];
}

/** The published file as choices see it. */
export interface Published {
    table: Table;
    /** Ids of indicators that the file has cells of. */
    indicators: ReadonlySet<string>;
    /** The series of an indicator at a level in the given order, wholes before parts. */
    series(indicator: string, level: Level): Series[];
    levels(indicator: string): Level[];
}

const NUMBERS = ["numerator", "denominator", "value", "low", "high", "delivered", "members"] as const;

/**
 * Reads the Arrow file that publish wrote (its columns: pipelines/publish/download.ts). `rankOf` orders groups of a level.
 * Throws when a column is missing.
 */
export function readPublished(bytes: Uint8Array, rankOf: (series: Series) => number): Published {
    const table = tableFromIPC(bytes);
    const column = (name: string): Vector => {
        const found = table.getChild(name);
        if (!found)
            throw new Error(`Het gepubliceerde bestand heeft geen kolom ${name}; publiceer opnieuw met deze versie.`);
        return found;
    };
    const texts = new Map(
        ["indicator", "stratum", "level", "id", "period", "state", "shown"].map((name) => [name, column(name)]),
    );
    const text = (name: string, row: number): string | null => texts.get(name)?.get(row) ?? null;
    const numbers = NUMBERS.map((name) => [name, column(name)] as const);

    const found = new Map<string, Map<string, Series>>();
    const levels = new Map<string, Set<Level>>();
    for (let row = 0; row < table.numRows; row += 1) {
        const cell = {
            row,
            indicator: text("indicator", row) ?? "",
            stratum: text("stratum", row),
            level: text("level", row) as Level,
            id: text("id", row) ?? "",
            period: text("period", row) ?? "",
            state: text("state", row) as Cell["state"],
            shown: text("shown", row) as Cell["shown"],
            ...(Object.fromEntries(numbers.map(([name, vector]) => [name, vector.get(row)])) as Pick<
                Cell,
                (typeof NUMBERS)[number]
            >),
        };
        const place = `${cell.indicator}\t${cell.level}`;
        const key = cell.stratum === null ? cell.id : `${cell.id}/${cell.stratum}`;
        const there = found.get(place) ?? new Map<string, Series>();
        found.set(place, there);
        const series = there.get(key) ?? {
            key,
            level: cell.level,
            id: cell.id,
            stratum: cell.stratum,
            cells: [],
        };
        there.set(key, series);
        series.cells.push(cell);
        levels.set(cell.indicator, (levels.get(cell.indicator) ?? new Set()).add(cell.level));
    }
    for (const there of found.values())
        for (const series of there.values()) series.cells.sort((left, right) => inTime(left.period, right.period));
    return {
        table,
        indicators: new Set(levels.keys()),
        series: (indicator, level) => {
            const all = [...(found.get(`${indicator}\t${level}`)?.values() ?? [])].sort(
                (left, right) => rankOf(left) - rankOf(right),
            );
            return [...all.filter(({ stratum }) => stratum === null), ...all.filter(({ stratum }) => stratum !== null)];
        },
        levels: (indicator) => [...(levels.get(indicator) ?? [])],
    };
}

/** The cells of a series of one kind of period. */
export function cellsOf(series: Series, kind: PeriodKind): PublishedCell[] {
    return series.cells.filter((cell) => periodKind(cell.period) === kind);
}

/**
 * Some rows of the table as an Arrow file of its own. Taken column by column: the library's builders make functions from
 * text, which the policy of the pages refuses.
 */
export function arrowOfRows(table: Table, rows: readonly number[]): Uint8Array {
    const whole = table.batches.length === 1 ? table.batches[0] : undefined;
    if (!whole) throw new Error("Het gepubliceerde bestand bestaat niet uit één blok; publiceer opnieuw.");
    const taken: Record<string, Data> = {};
    for (const [index, field] of table.schema.fields.entries()) {
        const source = whole.data.children[index];
        if (source) taken[field.name] = take(source, rows);
    }
    return tableToIPC(new Table(taken as never), "file");
}

function take(source: Data, rows: readonly number[]): Data {
    const nullBitmap = new Uint8Array(Math.ceil(rows.length / 64) * 8);
    const values = source.values.slice(0, 0);
    const data = new (values.constructor as new (length: number) => typeof values)(rows.length);
    let nullCount = 0;
    for (const [place, row] of rows.entries()) {
        if (source.getValid(row)) {
            nullBitmap[place >> 3] = (nullBitmap[place >> 3] ?? 0) | (1 << (place & 7));
            data[place] = source.values[row];
        } else nullCount += 1;
    }
    const { type, dictionary } = source;
    return makeData({ type, length: rows.length, nullCount, data, nullBitmap, dictionary } as never) as Data;
}
