import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sizeOf, type WrittenDelivery } from "./delivery.ts";
import type { Settings } from "./settings.ts";

/** What stands in `.demo.json`: a dotfile, because the folder itself holds deliveries only. */
export interface DemoManifest {
    demo: true;
    settings: Settings;
    /** Hash of the generator's own source: another generator makes another region. */
    generator: string;
    /** False while being written; such a folder is made again. */
    complete: boolean;
    rows: number;
    deliveries: WrittenDelivery[];
}

const NAME = ".demo.json";

export async function readManifest(out: string): Promise<DemoManifest | undefined> {
    let text: string;
    try {
        text = await readFile(join(out, NAME), "utf8");
    } catch {
        return undefined;
    }
    try {
        return JSON.parse(text) as DemoManifest;
    } catch {
        throw new Error(
            `Demoregio: ${join(out, NAME)} is niet te lezen als JSON; verwijder de map en maak de demoregio opnieuw.`,
        );
    }
}

export async function saveManifest(out: string, manifest: DemoManifest): Promise<void> {
    const path = join(out, NAME);
    await writeFile(`${path}.nieuw`, `${JSON.stringify(manifest, null, 1)}\n`);
    await rename(`${path}.nieuw`, path);
}

/** Whether the folder holds exactly what the manifest says, judged by names and sizes. */
export async function intact(out: string, manifest: DemoManifest): Promise<boolean> {
    if (!manifest.complete) return false;
    try {
        for (const { name, bytes } of manifest.deliveries) {
            const path = join(out, name);
            const inside = name.includes(".") ? undefined : await readdir(path);
            if ((await sizeOf(path, inside)) !== bytes) return false;
        }
        return true;
    } catch {
        return false;
    }
}

/** Removes the deliveries that an earlier run made, and nothing else. */
export async function removeDeliveries(out: string, manifest: DemoManifest): Promise<void> {
    for (const { name } of manifest.deliveries) {
        if (!name.includes("/") && !name.includes("..")) await rm(join(out, name), { recursive: true, force: true });
    }
}

/** Hash over every source file of the generator, in order of name. */
export async function generatorFingerprint(): Promise<string> {
    const folder = fileURLToPath(new URL(".", import.meta.url));
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts")).sort();
    const hash = createHash("sha256");
    for (const name of names) hash.update(name).update(await readFile(join(folder, name)));
    return hash.digest("hex");
}
