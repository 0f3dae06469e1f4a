import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleParser, bundleReader } from "../dashboards/bundle-reader.ts";
import { indexCells } from "../dashboards/cells.ts";
import { type Bundle, type BundleInput, checkBundle } from "../dashboards/data.ts";
import { drawAll } from "../dashboards/drawing-threads.ts";
import { inventBundles, writtenBundle } from "./support/bundles.ts";

const runs = process.env.PROVE === "1" ? 400 : 12;
const MIRRORS = 4;

let root = "";
let texts: { folder: string; text: string; bundle: BundleInput }[] = [];

beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "bundels-lezen-"));
    texts = inventBundles({ practices: 16, mirrors: MIRRORS }).bundles.map(({ folder, bundle }) => ({
        folder,
        text: writtenBundle(bundle),
        bundle,
    }));
    for (const { folder, text } of texts) {
        await mkdir(join(root, "bundles", folder), { recursive: true });
        await writeFile(join(root, "bundles", folder, "bundle.json"), text);
    }
});
/** Read alone, by a reader that knows nothing. */
const alone = (text: string): Bundle => bundleParser()(Buffer.from(text), "alleen");

afterAll(() => rm(root, { recursive: true, force: true }));

describe("bundles that repeat each other", () => {
    test("are read as each is alone, whatever was read before", async () => {
        const read = bundleReader();
        for (const { folder, text } of [...texts, ...texts].reverse())
            expect(read(join(root, "bundles", folder, "bundle.json"))).toEqual(alone(text));
    });

    test("are what was written, item by item", () => {
        const sorted = <Item>(items: Item[]) => items.map((item) => JSON.stringify(item, allKeys)).sort();
        const allKeys = (_name: string, item: unknown) =>
            item !== null && typeof item === "object" && !Array.isArray(item)
                ? Object.fromEntries(Object.entries(item).sort())
                : item;
        // One of every kind of audience.
        const kinds = new Map(texts.map((one) => [one.bundle.audience.kind, one]));
        for (const { folder, text, bundle } of kinds.values()) {
            const { values, peers, ...frame } = alone(text);
            const given = checkBundle(JSON.parse(JSON.stringify(bundle)), folder);
            expect(sorted(values)).toEqual(sorted(given.values));
            expect(sorted(peers)).toEqual(sorted(given.peers));
            expect(frame).toEqual({ ...given, values: undefined, peers: undefined });
        }
    });

    test("a single changed character is never taken for what was read before", async () => {
        const read = bundleReader();
        const mirror = texts.find(({ folder }) => folder.startsWith("praktijk/"))?.text ?? "";
        const file = join(root, "veranderd.json");
        // Counts and percents in rows, and numbers of definitions.
        const digits = [...mirror.matchAll(/(?<=[,[])[1-9]\d*(?=[,\]])|"venster":\d+/g)];
        await fc.assert(
            fc.asyncProperty(fc.nat(digits.length - 1), async (which) => {
                await writeFile(file, mirror);
                read(file);
                const place = digits[which];
                const end = (place?.index ?? 0) + (place?.[0].length ?? 0);
                const other = `${mirror.slice(0, end)}1${mirror.slice(end)}`;
                await writeFile(file, other);
                expect(read(file)).toEqual(alone(other));
                expect(alone(other)).not.toEqual(alone(mirror));
            }),
            { numRuns: runs },
        );
    });

    test("what is not as agreed is told by the field's name, and the next bundle is read as ever", async () => {
        const read = bundleReader();
        const mirror = texts.find(({ folder }) => folder.startsWith("praktijk/"))?.text ?? "";
        const file = join(root, "fout.json");
        for (const [from, to, words] of [
            ['"value","exact"', '"geheim","exact"', /veld "values\.\d+\.\d+\.state" klopt niet/],
            ['"percents":[[', '"percents":["x', /geen leesbare JSON/],
            ['"percents":[["', '"percents":[[1,"', /veld "peers\.0\.indicator" klopt niet/],
            ['"maat":"aandeel"', '"maat":"anders"', /veld "indicators\.0\.maat" klopt niet/],
            ['"publication":{"id"', '"publication":{"naam"', /veld "publication\.id" klopt niet/],
            ['\n"peers":[', '\n"anderen":[', /geen leesbare JSON/],
        ] as const) {
            await writeFile(file, mirror.replace(from, to));
            expect(() => read(file)).toThrow(words);
        }
        await writeFile(file, mirror);
        expect(read(file).values.length).toBeGreaterThan(1000);
    });

    test("an index of repeated groups finds what an index of one bundle finds", async () => {
        const read = bundleReader();
        for (const { folder, text } of texts) {
            const file = join(root, "bundles", folder, "bundle.json");
            const repeated = indexCells(read(file));
            const single = alone(text);
            const cells = indexCells({ ...single, values: [...single.values], peers: [...single.peers] });
            for (const kind of ["month", "quarter", "year"] as const)
                expect(repeated.latest(kind)).toBe(cells.latest(kind));
            for (const cell of single.values.filter((_cell, index) => index % 37 === 0)) {
                const line = { ...cell };
                expect(repeated.at(line, cell.period)).toEqual(cell);
                expect(repeated.series(line, "quarter")).toEqual(cells.series(line, "quarter"));
                expect(repeated.strata(cell.indicator, cell.level, cell.id)).toEqual(
                    cells.strata(cell.indicator, cell.level, cell.id),
                );
                expect(repeated.peers(cell.indicator, cell.period)).toEqual(cells.peers(cell.indicator, cell.period));
            }
        }
    });
});

test("pages that threads draw are those of one thread, to the byte", async () => {
    const folders = texts.map(({ folder }) => folder).filter((folder) => folder.startsWith("praktijk/"));
    const drawn = async (name: string, worthThreads: number) => {
        const out = join(root, name);
        const assets = { style: "/assets/stijl.css", script: "/assets/extra.js", explorer: "/assets/verkenner.js" };
        const finished: string[] = [];
        const pages = await drawAll(
            { bundles: join(root, "bundles"), out, assets },
            folders,
            (folder) => finished.push(folder),
            worthThreads,
        );
        expect(finished.sort()).toEqual([...folders].sort());
        const files = (await readdir(out, { recursive: true })).filter((file) => /\.(html|txt)$/.test(file)).sort();
        return {
            pages,
            files: await Promise.all(files.map(async (file) => [file, await readFile(join(out, file), "utf8")])),
        };
    };
    const one = await drawn("een", 100);
    expect(one.files.length).toBe(3 * MIRRORS);
    expect(await drawn("meer", 2)).toEqual(one);
});
