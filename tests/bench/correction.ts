// Makes corrections of one of the demo region's deliveries: the same practice and peildatum, a higher volgnr, one row less.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

const FILE = /(^|\/)contacten\.csv$/;
const MANIFEST = /(^|\/)levering\.json$/;

/**
 * Writes corrections of the first his-lang delivery of this peildatum into `folder`, each with one contact less than the
 * one before; returns their paths.
 */
export async function corrections(
    deliveries: string,
    peildatum: string,
    folder: string,
    count: number,
): Promise<string[]> {
    const names = (await readdir(deliveries)).filter((name) => name.startsWith("his-lang_")).sort();
    const name = names.find((one) => one.endsWith(`_${peildatum}.zip`));
    if (name === undefined) throw new Error(`De demoregio heeft geen his-lang-levering van ${peildatum}.`);
    let entries: [string, Uint8Array][] = Object.entries(unzipSync(await readFile(join(deliveries, name))));
    const targets: string[] = [];
    for (let at = 1; at <= count; at++) {
        entries = entries.map(([path, bytes]): [string, Uint8Array] => {
            if (FILE.test(path)) return [path, withoutLastLine(bytes)];
            if (!MANIFEST.test(path)) return [path, bytes];
            const { bestanden: _, ...manifest } = JSON.parse(strFromU8(bytes)) as Record<string, unknown>;
            return [path, strToU8(JSON.stringify(manifest))];
        });
        const target = join(folder, name.replace(/\.zip$/, `_${at + 1}.zip`));
        await writeFile(target, zipSync(Object.fromEntries(entries), { mtime: "2024-07-01" }));
        targets.push(target);
    }
    return targets;
}

function withoutLastLine(bytes: Uint8Array): Uint8Array {
    const end = bytes.lastIndexOf(0x0a, bytes.length - 2);
    return bytes.subarray(0, end + 1);
}
