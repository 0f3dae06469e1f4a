import { appendFile, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPreview, type Preview } from "../pipelines/commands/preview.ts";
import { draftBundles } from "../pipelines/publish/draft.ts";
import { writeBundles } from "./support/bundles.ts";
import { catalogueOf, valuesOf, writeMarts } from "./support/marts.ts";

const SHAPE = { practices: 4, hagros: 1, months: { from: "2022-01", to: "2022-03" }, seed: 11 };
const product = join(import.meta.dirname, "..");

let root = "";
let preview: Preview;
const said: string[] = [];
/** Events that the browser would hear, as they come. */
let events: AsyncIterator<string>;

beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "voorbeeld-"));
    await cp(join(product, "dashboards"), join(root, "dashboards"), { recursive: true });
    await cp(join(product, "package.json"), join(root, "package.json"));
    await symlink(join(product, "node_modules"), join(root, "node_modules"));
    await writeBundles(join(root, "bundels"), { practices: 12, mirrors: 0 });
    preview = await openPreview({
        bundles: join(root, "bundels"),
        sources: join(root, "dashboards"),
        port: 0,
        report: (sentence) => said.push(sentence),
    });
    events = eventsOf(await fetch(`${preview.baseUrl}/_voorbeeld/stroom`));
});
afterAll(async () => {
    await preview.close();
    await rm(root, { recursive: true, force: true });
});

async function* eventsOf(response: Response): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    let text = "";
    for await (const part of response.body ?? []) {
        text += decoder.decode(part as Uint8Array);
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
            const block = text.slice(0, end);
            text = text.slice(end + 2);
            if (block.startsWith("event: ")) yield block;
        }
    }
}

const pageAt = async (path: string): Promise<string> => (await fetch(`${preview.baseUrl}${path}`)).text();

describe("preview", () => {
    it("serves pages under the policy of the real site, each with a script that listens", async () => {
        const answer = await fetch(`${preview.baseUrl}/coalitie/`);
        expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'/);
        expect(await answer.text()).toMatch(/<script src="\/_voorbeeld\/herlaad\.js" defer><\/script><\/body>/);
        expect(await pageAt("/_voorbeeld/herlaad.js")).toContain("location.reload()");
        expect((await fetch(`${preview.baseUrl}/../package.json`)).status).toBe(404);
    });

    it("draws again when a source changes, tells the browser, and keeps the last good pages when a source is broken", async () => {
        const sentences = join(root, "dashboards/sentences/nl.ts");
        const text = await readFile(sentences, "utf8");
        await writeFile(sentences, text.replace('title: "Doelen van de Koers"', 'title: "Een andere kop"'));
        expect((await events.next()).value).toMatch(/^event: getekend/);
        expect(await pageAt("/coalitie/")).toContain("<h1>Een andere kop</h1>");
        await appendFile(sentences, "\nthrow new Error('een fout in de bron');\n");
        expect((await events.next()).value).toMatch(/^event: mislukt.*een fout in de bron/s);
        expect(await pageAt("/coalitie/")).toContain("<h1>Een andere kop</h1>");
        expect(said.some((sentence) => sentence.startsWith("Getekend in"))).toBe(true);
    });

    it("leaves nothing of itself in what it draws or in the sources of a publication", async () => {
        expect((await readdir(join(root, "bundels"))).sort()).toEqual([
            "adviseur",
            "beheer",
            "coalitie",
            "gemeente",
            "hagro",
            "openbaar",
            "vakgroep",
        ]);
        for (const name of await readdir(join(product, "dashboards"), { recursive: true }))
            if (/\.(ts|js)$/.test(name))
                expect(await readFile(join(product, "dashboards", name), "utf8"), name).not.toContain("_voorbeeld");
    });

    it("shows what a publication of a lake would hold, and the lake is the same bytes afterwards", async () => {
        const lake = join(root, "meer");
        await writeMarts(lake, catalogueOf(SHAPE), valuesOf(SHAPE));
        await writeFile(`${lake}.sleutel`, "0123456789abcdef".repeat(2));
        const before = await contentOf(lake);
        const bundles = await draftBundles(lake, join(root, "concept"));
        expect(await readdir(bundles)).toContain("coalitie");
        expect(await contentOf(lake)).toEqual(before);
    });
});

async function contentOf(folder: string): Promise<Record<string, string>> {
    const content: Record<string, string> = {};
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
        if (entry.isFile())
            content[join(entry.parentPath, entry.name)] = (await readFile(join(entry.parentPath, entry.name))).toString(
                "base64",
            );
    return content;
}
