// Makes a correction of one of the demo region's deliveries: the same practice and peildatum, a higher volgnr, one row less.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

const FILE = /(^|\/)contacten\.csv$/;
const MANIFEST = /(^|\/)levering\.json$/;

/** Writes the correction of the first his-lang delivery of this peildatum into `folder`; returns its path. */
export async function correct(deliveries: string, peildatum: string, folder: string): Promise<string> {
    const names = (await readdir(deliveries)).filter((name) => name.startsWith("his-lang_")).sort();
    const name = names.find((one) => one.endsWith(`_${peildatum}.zip`));
    if (name === undefined) throw new Error(`De demoregio heeft geen his-lang-levering van ${peildatum}.`);
    const entries = unzipSync(await readFile(join(deliveries, name)));
    const corrected = Object.entries(entries).map(([path, bytes]): [string, Uint8Array] => {
        if (FILE.test(path)) return [path, withoutLastLine(bytes)];
        if (!MANIFEST.test(path)) return [path, bytes];
        const { bestanden: _, ...manifest } = JSON.parse(strFromU8(bytes)) as Record<string, unknown>;
        return [path, strToU8(JSON.stringify(manifest))];
    });
    const target = join(folder, name.replace(/\.zip$/, "_9.zip"));
    await writeFile(target, zipSync(Object.fromEntries(corrected), { mtime: "2024-07-01" }));
    return target;
}

function withoutLastLine(bytes: Uint8Array): Uint8Array {
    const end = bytes.lastIndexOf(0x0a, bytes.length - 2);
    return bytes.subarray(0, end + 1);
}
