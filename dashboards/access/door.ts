import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { DoorAssets } from "./frame.ts";
import { doorFiles } from "./pages.ts";

/**
 * The static files at the door, by their path: what stands outside every publication, because it must be there when none is.
 * They go with the code, and are put beside the publications once per deployment.
 */
export async function door(): Promise<{ assets: DoorAssets; files: ReadonlyMap<string, string> }> {
    const style = await readFile(new URL("../style.css", import.meta.url), "utf8");
    const script = `{\n${await readFile(new URL("./return.js", import.meta.url), "utf8")}}\n`;
    const mark = (content: string): string => createHash("sha256").update(content).digest("hex").slice(0, 10);
    const assets = { style: `/deur/stijl.${mark(style)}.css`, script: `/deur/terug.${mark(script)}.js` };
    const pages = Object.entries(doorFiles(assets)).map(([name, text]): [string, string] => [`/deur/${name}`, text]);
    return { assets, files: new Map([[assets.style, style], [assets.script, script], ...pages]) };
}
