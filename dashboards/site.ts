import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { indexCells } from "./cells.ts";
import { type Bundle, readBundle } from "./data.ts";
import { type Audience, frame, type PageKind, pageKinds, type View, viewOf } from "./page.ts";

const SOURCES = fileURLToPath(new URL(".", import.meta.url));

/** Whose pages these are, for the login function; no path of a visitor leads to it. */
const AUDIENCES = "doelgroepen.json";

/** Downloads that publish may have written beside a bundle. */
const DOWNLOADS = ["values.csv", "values.arrow", "veranderingen.csv"];

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

/** Every page of an audience lives under the audience's own path; only the public bundle also writes / and /definities/. */
export function rootOf(bundle: Bundle): string {
    const { kind, id } = bundle.audience;
    if (kind === "openbaar") return "/";
    const path = `/${bundle.audience.path.replace(/^\/+|\/+$/g, "")}/`;
    if (!/^\/(?:[a-z0-9-]+\/)+$/.test(path))
        throw new Error(
            `Publiek ${id} heeft pad "${bundle.audience.path}"; verwacht woorden van kleine letters en cijfers tussen schuine strepen.`,
        );
    if (kind === "praktijk" && path !== `/p/${bundle.own?.agb ?? ""}/`)
        throw new Error(
            `Publiek ${id} hoort op /p/<eigen AGB>/ te staan, niet op ${path}; er is niets geschreven voor deze praktijk.`,
        );
    return path;
}

async function readAssets(out: string): Promise<View["assets"]> {
    const style = await readFile(join(SOURCES, "style.css"));
    const folder = join(SOURCES, "enhance");
    const scripts = (await readdir(folder)).filter((name) => name.endsWith(".js")).sort();
    const script = (await Promise.all(scripts.map((name) => readFile(join(folder, name), "utf8"))))
        // A block each, so that no file sees another's names.
        .map((text) => `{\n${text}}\n`)
        .join("");
    const mark = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex").slice(0, 10);
    const assets = { style: `/assets/stijl.${mark(style)}.css`, script: `/assets/extra.${mark(script)}.js` };
    await mkdir(join(out, "assets"), { recursive: true });
    await writeFile(join(out, assets.style), style);
    await writeFile(join(out, assets.script), script);
    return assets;
}

interface Written {
    pages: number;
    bytes: number;
}

async function renderAudience(view: View, kinds: PageKind[], out: string, done: Set<string>): Promise<Written> {
    const written: Written = { pages: 0, bytes: 0 };
    for (const kind of kinds) {
        if (!kind.kinds.includes(view.bundle.audience.kind)) continue;
        for (const at of kind.paths(view)) {
            if (!at.path.startsWith(view.root) || at.path.includes(".."))
                throw new Error(`Pagina ${at.path} van ${view.bundle.audience.id} ligt buiten ${view.root}.`);
            if (done.has(at.path)) throw new Error(`Pagina ${at.path} zou twee keer geschreven worden.`);
            done.add(at.path);
            const text = frame(view, kind.render(view, at), at);
            const file = join(out, at.path, "index.html");
            await mkdir(dirname(file), { recursive: true });
            await writeFile(file, text);
            written.pages += 1;
            written.bytes += Buffer.byteLength(text);
        }
    }
    return written;
}

/**
 * Bundles become static pages. Reads `<bundles>/<audience>/bundle.json`, writes HTML, one stylesheet and one script under
 * `out`, and copies the downloads of an audience beside its pages. The same bundles give the same bytes.
 */
export async function renderSite(options: SiteOptions): Promise<{ pages: number; bytes: number }> {
    const folders = await bundleFolders(options.bundles);
    if (folders.length === 0)
        throw new Error(`In ${options.bundles} staat geen bundle.json; publiceer eerst de bundels.`);
    const assets = await readAssets(options.out);
    const kinds = await pageKinds();
    const audiences: Audience[] = [];
    let demo = false;
    const done = new Set<string>();
    const total: Written = { pages: 0, bytes: 0 };
    const add = (written: Written): void => {
        total.pages += written.pages;
        total.bytes += written.bytes;
    };
    // One bundle in memory at a time; the public one comes last because its start page names the others.
    const order = [
        ...folders.filter((folder) => folder !== "openbaar"),
        ...folders.filter((folder) => folder === "openbaar"),
    ];
    for (const [index, folder] of order.entries()) {
        options.progress?.(index / order.length, folder);
        const bundle = await readBundle(join(options.bundles, folder, "bundle.json"));
        const root = rootOf(bundle);
        const downloads = await copyDownloads(join(options.bundles, folder), options.out, root);
        const { id, kind, title } = bundle.audience;
        demo ||= bundle.publication.demo;
        if (kind !== "openbaar") audiences.push({ id, kind, title, path: root });
        const view = viewOf(bundle, indexCells(bundle), { audiences, assets, downloads, root });
        add(await renderAudience(view, kinds, options.out, done));
    }
    await writeFile(join(options.out, AUDIENCES), `${JSON.stringify({ demo, audiences })}\n`);
    options.progress?.(1, "");
    return total;
}

async function copyDownloads(from: string, out: string, root: string): Promise<string[]> {
    const there = new Set(await readdir(from));
    const copied: string[] = [];
    for (const name of DOWNLOADS) {
        if (!there.has(name)) continue;
        await mkdir(join(out, root), { recursive: true });
        await copyFile(join(from, name), join(out, root, name));
        copied.push(`${root}${name}`);
    }
    return copied;
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
