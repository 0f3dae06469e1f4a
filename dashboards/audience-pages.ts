import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundleReader } from "./bundle-reader.ts";
import { indexCells } from "./cells.ts";
import type { Bundle } from "./data.ts";
import { messageOf } from "./message.ts";
import { type Audience, frame, pageKinds, type View, viewOf } from "./page.ts";

/** The pages of one audience after another: from its bundle alone, and under its own path alone. */

/** What the publication says to an audience, ready to mail. */
const MESSAGE = "bericht.txt";

/** Downloads that publish may have written beside a bundle. */
const DOWNLOADS = ["values.csv", "values.arrow", "veranderingen.csv"];

export interface Drawing {
    bundles: string;
    out: string;
    assets: View["assets"];
}

/** What was drawn of one audience. */
export interface Drawn {
    audience: Audience;
    demo: boolean;
    /** Paths of its pages. */
    pages: string[];
    bytes: number;
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

/**
 * Draws audiences one at a time, so that one bundle is in memory; what bundles repeat is read once. Nothing else waits for
 * the thread that draws, and asking for files and waiting takes longer than reading and writing them.
 */
export async function audienceDrawer({
    bundles,
    out,
    assets,
}: Drawing): Promise<(folder: string, audiences: Audience[]) => Drawn> {
    const kinds = await pageKinds();
    const readBundle = bundleReader();
    return (folder, audiences) => {
        const bundle = readBundle(join(bundles, folder, "bundle.json"));
        const root = rootOf(bundle);
        const downloads = copyDownloads(join(bundles, folder), out, root);
        const view = viewOf(bundle, indexCells(bundle), { audiences, assets, downloads, root });
        const drawn: string[] = [];
        let bytes = 0;
        for (const kind of kinds) {
            if (!kind.kinds.includes(bundle.audience.kind)) continue;
            for (const at of kind.paths(view)) {
                if (!at.path.startsWith(root) || at.path.includes(".."))
                    throw new Error(`Pagina ${at.path} van ${bundle.audience.id} ligt buiten ${root}.`);
                const text = frame(view, kind.render(view, at), at);
                const file = join(out, at.path, "index.html");
                mkdirSync(dirname(file), { recursive: true });
                writeFileSync(file, text);
                drawn.push(at.path);
                bytes += Buffer.byteLength(text);
            }
        }
        const message = messageOf(view);
        if (message !== null && drawn.length > 0) {
            writeFileSync(join(out, root, MESSAGE), message);
            bytes += Buffer.byteLength(message);
        }
        const { id, kind, title } = bundle.audience;
        return { audience: { id, kind, title, path: root }, demo: bundle.publication.demo, pages: drawn, bytes };
    };
}

function copyDownloads(from: string, out: string, root: string): string[] {
    const there = new Set(readdirSync(from));
    const copied: string[] = [];
    for (const name of DOWNLOADS) {
        if (!there.has(name)) continue;
        mkdirSync(join(out, root), { recursive: true });
        copyFileSync(join(from, name), join(out, root, name));
        copied.push(`${root}${name}`);
    }
    return copied;
}
