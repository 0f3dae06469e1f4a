// The deliveries as plain UTF-8 text files, which is what the floor of ingest may start from.
import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { unzipSync } from "fflate";
import { type NamedFormat, readFormats } from "../../pipelines/format.ts";

export interface TextFile {
    path: string;
    format: NamedFormat;
    /** Name in the layout, small letters; null for a journal. */
    file: string | null;
    bytes: number;
}

/** Unpacks every delivery of a folder into `target`. */
export async function unpackAsText(deliveries: string, target: string): Promise<TextFile[]> {
    const formats = await readFormats();
    const texts: TextFile[] = [];
    for (const name of (await readdir(deliveries)).filter((entry) => !entry.startsWith(".")).sort()) {
        const format = formats.get(name.split("_")[0] ?? "");
        if (!format) continue;
        const place = join(target, name);
        await mkdir(place, { recursive: true });
        const source = join(deliveries, name);
        if (name.endsWith(".gz")) {
            const path = join(place, "journaal.txt");
            await pipeline(Readable.from(await readFile(source)), createGunzip(), createWriteStream(path));
            texts.push({ path, format, file: null, bytes: (await stat(path)).size });
            continue;
        }
        for (const [entry, bytes] of await entriesOf(source, name)) {
            const file = basename(entry).toLowerCase();
            if (!format.files?.[file]) continue;
            const path = join(place, file);
            const text = format.dialect.encoding === "utf-8" ? bytes : new TextDecoder("windows-1252").decode(bytes);
            await writeFile(path, text);
            texts.push({ path, format, file, bytes: (await stat(path)).size });
        }
    }
    return texts;
}

async function entriesOf(source: string, name: string): Promise<[string, Uint8Array][]> {
    if (name.endsWith(".zip")) return Object.entries(unzipSync(await readFile(source)));
    return Promise.all(
        (await readdir(source)).map(
            async (entry): Promise<[string, Uint8Array]> => [entry, await readFile(join(source, entry))],
        ),
    );
}
