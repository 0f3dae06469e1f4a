import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, zipSync } from "fflate";
import { hisBreedFiles, hisJournalLines, hisLangFiles } from "./his-layouts.ts";
import { type Planted, plantInJournal, plantInTable } from "./planted-errors.ts";
import type { Chance } from "./random.ts";
import { type Delivery, deliveryName } from "./region.ts";
import { registerFiles, vipFiles } from "./regional-layouts.ts";
import type { SpelledFile } from "./spelled-file.ts";

/** What was written, and what the receipt should say about it. */
export interface Written {
    path: string;
    name: string;
    planted: Planted[];
    extraColumns: string[];
}

export interface DeliveryStyle {
    delimiter: string;
    quoteAll: boolean;
    newline: string;
    bom: boolean;
    encoding: "windows-1252" | "utf-8";
    trailingDelimiter: "none" | "rows" | "everywhere";
}

const EXTRA: readonly { name: string; value: (chance: Chance) => string }[] = [
    { name: "exportregel", value: (chance) => String(chance.whole(1, 900)) },
    { name: "kanaal", value: (chance) => chance.pick(["één", "twee", ""]) },
    { name: "versie_bron", value: () => "2.1" },
];
/** Only `his-lang` is said to hold line breaks inside quotes. */
const BROKEN_LINES = { name: "kenmerk", value: (chance: Chance) => chance.pick(["a\nb", "c\r\nd", 'e"f', "g;h", "i"]) };

function styleOf(layout: Delivery["layout"], chance: Chance): DeliveryStyle {
    const newline = chance.pick(["\r\n", "\n"]);
    if (layout === "his-lang") {
        const trailingDelimiter = chance.pick(["none", "none", "rows", "everywhere"] as const);
        return {
            delimiter: ";",
            quoteAll: chance.happens(0.2),
            newline,
            bom: false,
            encoding: "windows-1252",
            trailingDelimiter,
        };
    }
    const wide = layout === "his-breed";
    return {
        delimiter: wide ? "," : ";",
        quoteAll: chance.happens(wide ? 0.7 : 0.2),
        newline,
        bom: chance.happens(0.7),
        encoding: "utf-8",
        trailingDelimiter: "none",
    };
}

function quoted(cell: string, style: DeliveryStyle): string {
    const needed = style.quoteAll || cell.includes(style.delimiter) || /["\r\n]/.test(cell);
    return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The bytes of a text in the encoding of its layout (the letters used here are the same in latin1 and windows-1252). */
export function encode(text: string, encoding: DeliveryStyle["encoding"]): Uint8Array {
    return new Uint8Array(Buffer.from(text, encoding === "utf-8" ? "utf8" : "latin1"));
}

/** A file as text, in the order given. */
export function csvText(file: SpelledFile, style: DeliveryStyle): string {
    const line = (cells: readonly string[], header: boolean): string => {
        const trailing = style.trailingDelimiter === "everywhere" || (style.trailingDelimiter === "rows" && !header);
        return cells.map((cell) => quoted(cell, style)).join(style.delimiter) + (trailing ? style.delimiter : "");
    };
    const lines = [line(file.columns, true), ...file.rows.map((row) => line(row, false))];
    return `${style.bom ? "\uFEFF" : ""}${lines.join(style.newline)}${style.newline}`;
}

/** Some rows twice, which is once; not in consultaties.csv, where every row is one. */
function withRepeats(file: SpelledFile, chance: Chance): SpelledFile {
    const mayRepeat = !file.name.startsWith("consultaties");
    const rows = file.rows.flatMap((row) => (mayRepeat && chance.happens(0.03) ? [row, row] : [row]));
    return { ...file, rows };
}

/** Other order of columns and rows, other case, columns that nobody asked for. */
function respell(file: SpelledFile, delivery: Delivery, chance: Chance, extraColumns: Set<string>): SpelledFile {
    const columns = [...file.columns];
    const rows = file.rows.map((row) => [...row]);
    for (const extra of delivery.layout === "his-lang" ? [...EXTRA, BROKEN_LINES] : EXTRA) {
        if (chance.happens(0.15)) {
            columns.push(extra.name);
            extraColumns.add(extra.name);
            for (const row of rows) {
                row.push(extra.value(chance));
            }
        }
    }
    const order = chance.happens(0.5)
        ? chance.shuffle(columns.map((_, index) => index))
        : columns.map((_, index) => index);
    const reorder = (cells: readonly string[]): string[] => order.map((index) => cells[index] ?? "");
    const headings = chance.pick([columns, columns, columns.map((name) => name.toUpperCase())]);
    return { name: file.name, columns: reorder(headings), rows: chance.shuffle(rows).map(reorder) };
}

function spelledFiles(delivery: Delivery, chance: Chance): SpelledFile[] {
    switch (delivery.layout) {
        case "his-lang":
            return hisLangFiles(delivery, chance);
        case "his-breed":
            return hisBreedFiles(delivery, chance);
        case "viplive":
            return vipFiles(delivery, chance);
        case "bureau":
            return registerFiles(delivery, chance);
        case "his-journaal":
            throw new Error("a journal has lines, not files");
    }
}

/** levering.json, with only the parts that are meant; null where it may be left out. */
function manifest(
    delivery: Delivery,
    files: { name: string; bytes: Uint8Array; rows: number }[],
    chance: Chance,
): string | null {
    const parts: Record<string, unknown> = {};
    if (delivery.since !== null) {
        parts.gegevens_vanaf = delivery.since;
    }
    if (delivery.covered !== null) {
        parts.praktijken = delivery.covered;
    }
    if (chance.happens(0.4)) {
        parts.extractiedatum = delivery.peildatum;
    }
    if (chance.happens(0.4)) {
        parts.bestanden = files.map(({ name, bytes, rows }) => ({
            naam: name,
            ...(chance.happens(0.7) ? { sha256: createHash("sha256").update(bytes).digest("hex") } : {}),
            ...(chance.happens(0.7) ? { rijen: rows } : {}),
        }));
    }
    return Object.keys(parts).length > 0 ? JSON.stringify(parts) : null;
}

async function writeJournal(delivery: Delivery, path: string, chance: Chance, plant: boolean): Promise<Planted[]> {
    if (delivery.kind !== "his") {
        throw new Error("only a HIS sends a journal");
    }
    const lines = hisJournalLines(delivery, chance);
    const repeated = lines.flatMap((line) => (chance.happens(0.03) ? [line, line] : [line]));
    const planted = plant ? plantInJournal(repeated, delivery, chance) : [];
    const texts = chance.shuffle(repeated).map((cells) => cells.join("|"));
    texts.splice(chance.whole(0, texts.length), 0, "# een regel die niets telt | 1");
    const newline = chance.pick(["\n", "\r\n"]);
    const bom = chance.happens(0.3) ? "\uFEFF" : "";
    await writeFile(path, gzipSync(encode(`${bom}${texts.join(newline)}${newline}`, "utf-8")));
    return planted;
}

/** Writes one delivery into the folder and tells what the receipt should hold. */
export async function writeDelivery(
    delivery: Delivery,
    folder: string,
    chance: Chance,
    plant: boolean,
): Promise<Written> {
    const name = deliveryName(delivery);
    await mkdir(folder, { recursive: true });
    if (delivery.layout === "his-journaal") {
        const path = join(folder, `${name}.gz`);
        return { path, name, planted: await writeJournal(delivery, path, chance, plant), extraColumns: [] };
    }
    const style = styleOf(delivery.layout, chance);
    const planted: Planted[] = [];
    const extraColumns = new Set<string>();
    const files = spelledFiles(delivery, chance).map((file) => {
        const repeated = withRepeats(file, chance);
        if (plant) {
            planted.push(...plantInTable(repeated, delivery, chance));
        }
        const spelled = respell(repeated, delivery, chance, extraColumns);
        const spelledName = chance.happens(0.2) ? file.name.toUpperCase() : file.name;
        return { name: spelledName, bytes: encode(csvText(spelled, style), style.encoding), rows: spelled.rows.length };
    });
    const json = manifest(delivery, files, chance);
    const entries: [string, Uint8Array][] = files.map(({ name: fileName, bytes }) => [fileName, bytes]);
    if (json !== null) {
        entries.push(["levering.json", encode(json, "utf-8")]);
    }
    if (chance.happens(0.3)) {
        entries.push(["leesmij.txt", encode("Deze levering is verzonnen.\n", "utf-8")]);
    }
    const path = await packed(name, folder, chance.shuffle(entries), chance);
    return { path, name, planted, extraColumns: [...extraColumns] };
}

async function packed(name: string, folder: string, entries: [string, Uint8Array][], chance: Chance): Promise<string> {
    if (chance.happens(0.3)) {
        const path = join(folder, name);
        await mkdir(path);
        for (const [file, bytes] of entries) {
            await writeFile(join(path, file), bytes);
        }
        return path;
    }
    const around = chance.happens(0.3) ? `${chance.pick([name, "export"])}/` : "";
    const path = join(folder, `${name}.zip`);
    await writeFile(
        path,
        zipSync(Object.fromEntries(entries.map(([file, bytes]) => [`${around}${file}`, bytes])), { level: 1 }),
    );
    return path;
}
