import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { audienceDrawer } from "./audience-pages.ts";
import { drawAll } from "./drawing-threads.ts";
import { explorerScript } from "./explorer.ts";
import type { View } from "./page.ts";

const SOURCES = fileURLToPath(new URL(".", import.meta.url));

/** Whose pages these are, for the login function; no path of a visitor leads to it. */
const AUDIENCES = "doelgroepen.json";

/** The folder of the bundle that everybody may read. */
const PUBLIC = "openbaar";

export interface SiteOptions {
    /** Folder of bundles: one folder per audience, each with a bundle.json. */
    bundles: string;
    /** Folder to write; created when missing. */
    out: string;
    progress?: (share: number, what: string) => void;
}

/** Folders under `root` that hold a bundle.json, at any depth, in a fixed order. */
async function bundleFolders(root: string, below = ""): Promise<string[]> {
    const entries = await readdir(join(root, below), { withFileTypes: true });
    const found: string[] = entries.some((entry) => entry.isFile() && entry.name === "bundle.json") ? [below] : [];
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1)))
        if (entry.isDirectory()) found.push(...(await bundleFolders(root, join(below, entry.name))));
    return found;
}

async function writeAssets(out: string): Promise<View["assets"]> {
    const style = await readFile(join(SOURCES, "style.css"));
    const folder = join(SOURCES, "enhance");
    const scripts = (await readdir(folder)).filter((name) => name.endsWith(".js")).sort();
    const script = (await Promise.all(scripts.map((name) => readFile(join(folder, name), "utf8"))))
        // A block each, so that no file sees another's names.
        .map((text) => `{\n${text}}\n`)
        .join("");
    const mark = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex").slice(0, 10);
    const explorer = await explorerScript();
    const assets = {
        style: `/assets/stijl.${mark(style)}.css`,
        script: `/assets/extra.${mark(script)}.js`,
        explorer: `/assets/verkenner.${mark(explorer)}.js`,
    };
    await mkdir(join(out, "assets"), { recursive: true });
    await writeFile(join(out, assets.style), style);
    await writeFile(join(out, assets.script), script);
    await writeFile(join(out, assets.explorer), explorer);
    return assets;
}

/**
 * Bundles become static pages. Reads `<bundles>/<audience>/bundle.json`, writes HTML, one stylesheet and the scripts under
 * `out`, a message to mail per audience, and copies the downloads of an audience beside its pages. The same bundles give the same bytes.
 */
export async function renderSite(options: SiteOptions): Promise<{ pages: number; bytes: number }> {
    const folders = await bundleFolders(options.bundles);
    if (folders.length === 0)
        throw new Error(`In ${options.bundles} staat geen bundle.json; publiceer eerst de bundels.`);
    const drawing = { bundles: options.bundles, out: options.out, assets: await writeAssets(options.out) };
    // The public one comes last because its start page names the others.
    const others = folders.filter((folder) => folder !== PUBLIC);
    let count = 0;
    const drawn = await drawAll(drawing, others, (folder) => options.progress?.(++count / folders.length, folder));
    const audiences = drawn.map(({ audience }) => audience);
    if (others.length < folders.length) drawn.push((await audienceDrawer(drawing))(PUBLIC, audiences));
    const paths = drawn.flatMap(({ pages }) => pages);
    const seen = new Set<string>();
    for (const path of paths) {
        if (seen.has(path)) throw new Error(`Pagina ${path} zou twee keer geschreven worden.`);
        seen.add(path);
    }
    const demo = drawn.some((one) => one.demo);
    await writeFile(join(options.out, AUDIENCES), `${JSON.stringify({ demo, audiences })}\n`);
    options.progress?.(1, "");
    return { pages: paths.length, bytes: drawn.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Files of dashboards/ that decide what a page looks like, in a fixed order. */
async function sourceFiles(below = ""): Promise<string[]> {
    const entries = await readdir(join(SOURCES, below), { withFileTypes: true });
    const found: string[] = [];
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
        const name = join(below, entry.name);
        // The pages at the door are no part of a publication.
        if (name === "access") continue;
        if (entry.isDirectory()) found.push(...(await sourceFiles(name)));
        else if (/\.(ts|css|js)$/.test(entry.name)) found.push(name);
    }
    return found;
}

/** A hash over everything that pages are made with: when it changes, the same bundles give other pages. */
export async function siteFingerprint(): Promise<string> {
    const hash = createHash("sha256");
    for (const file of await sourceFiles()) {
        hash.update(`${file}\n`);
        hash.update(await readFile(join(SOURCES, file)));
    }
    return hash.digest("hex");
}
