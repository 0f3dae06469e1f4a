import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type ArchiveEntry, writeFolder, writeGzip, writeZip } from "./archive.ts";
import { type Day, dateText } from "./calendar.ts";
import type { Planted } from "./planted.ts";
import type { TextFile } from "./text-file.ts";

/** One delivery to write: what its name says and how it is packed. */
export interface DeliveryPlan {
    format: "his-lang" | "his-breed" | "his-journaal" | "viplive" | "bureau";
    /** AGB code, or `regio`. */
    sender: string;
    peildatum: Day;
    number: number;
    packing: "zip" | "folder" | "gz";
    /** AGB codes of all whom it covers. */
    covers: string[];
    /** An extra folder around the files in a zip, as some systems make. */
    wrapped: boolean;
    provisional: boolean;
}

/** What was written. */
export interface WrittenDelivery {
    name: string;
    rows: number;
    /** Bytes on disk, of all its files together. */
    bytes: number;
    files: { name: string; rows: number; bytes: number }[];
    planted: Planted[];
}

/** `<format>_<sender>_<peildatum>[_<number>].<ext>` (exports.md); a folder has no extension. */
export function deliveryName(plan: DeliveryPlan): string {
    const number = plan.number > 1 ? `_${plan.number}` : "";
    const extension = plan.packing === "folder" ? "" : `.${plan.packing}`;
    return `${plan.format}_${plan.sender}_${dateText(plan.peildatum, "jjjjmmdd")}${number}${extension}`;
}

/** Packs the files, with a `levering.json` that counts and hashes them unless the delivery is one compressed file. */
export async function writeDelivery(
    out: string,
    plan: DeliveryPlan,
    files: readonly TextFile[],
    start: Day,
    planted: Planted[],
): Promise<WrittenDelivery> {
    const name = deliveryName(plan);
    const path = join(out, name);
    const sums = files.map((file) => ({ naam: file.name, sha256: file.finish(), rijen: file.rows }));
    const entries: ArchiveEntry[] = files.map((file) => ({ name: file.name, blocks: file.blocks }));
    if (plan.packing === "gz")
        await writeGzip(
            path,
            entries.flatMap((entry) => entry.blocks),
        );
    else {
        const manifest = {
            demo: true,
            extractiedatum: dateText(plan.peildatum + 2, "jjjj-mm-dd"),
            gegevens_vanaf: dateText(start, "jjjj-mm-dd"),
            praktijken: plan.covers,
            bestanden: sums,
        };
        entries.unshift({ name: "levering.json", blocks: [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)] });
        if (plan.wrapped) entries.push({ name: "leesmij.txt", blocks: [Buffer.from("verzonnen demogegevens\n")] });
        const placed = plan.wrapped ? entries.map((entry) => ({ ...entry, name: `export/${entry.name}` })) : entries;
        if (plan.packing === "zip") await writeZip(path, placed);
        else await writeFolder(path, entries);
    }
    const written = files.map((file) => ({ name: file.name, rows: file.rows, bytes: file.bytes }));
    return {
        name,
        rows: written.reduce((sum, file) => sum + file.rows, 0),
        bytes: await sizeOf(path, plan.packing === "folder" ? entries.map((entry) => entry.name) : undefined),
        files: written,
        planted,
    };
}

/** Bytes of a file, or of the named files of a folder together. */
export async function sizeOf(path: string, names?: readonly string[]): Promise<number> {
    if (!names) return (await stat(path)).size;
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size));
    return sizes.reduce((sum, size) => sum + size, 0);
}
