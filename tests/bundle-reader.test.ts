import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleReader } from "../dashboards/bundle-reader.ts";
import { indexCells } from "../dashboards/cells.ts";
import { type BundleInput, checkBundle } from "../dashboards/data.ts";
import { drawAll } from "../dashboards/drawing-threads.ts";
import { type BundleFrame, bundleText, writtenItems } from "../pipelines/publish/bundle.ts";
import type { Cell } from "../pipelines/publish/cell.ts";
import { inventBundles } from "./support/bundles.ts";

const runs = process.env.PROVE === "1" ? 400 : 12;
const MIRRORS = 4;

let root = "";
let texts: { folder: string; text: string }[] = [];

/** As publish writes it: the frame, then cells group by group and percents practice by practice, one item a line. */
function published({ values, peers, ...frame }: BundleInput): string {
    const pieces = <Item>(items: Item[], keyOf: (item: Item) => string): Item[][] => {
        const found = new Map<string, Item[]>();
        for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
        return [...found.values()];
    };
    const cells = pieces((values ?? []) as Cell[], (cell) => `${cell.level}|${cell.id}`);
    const strips = pieces(peers ?? [], (peer) => peer.label);
    return bundleText(
        frame as unknown as BundleFrame,
        cells
            .sort((left, right) => Number(left[0]?.level === "practice") - Number(right[0]?.level === "practice"))
            .map(writtenItems),
        strips.map(writtenItems),
    );
}

beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "bundels-lezen-"));
    texts = inventBundles({ practices: 16, mirrors: MIRRORS }).bundles.map(({ folder, bundle }) => ({
        folder,
        text: published(bundle),
    }));
    for (const { folder, text } of texts) {
        await mkdir(join(root, "bundles", folder), { recursive: true });
        await writeFile(join(root, "bundles", folder, "bundle.json"), text);
    }
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("bundles that repeat each other", () => {
    test("are read as each is alone, whatever was read before", async () => {
        const read = bundleReader();
        for (const { folder, text } of [...texts, ...texts].reverse()) {
            const file = join(root, "bundles", folder, "bundle.json");
            expect(await read(file)).toEqual(checkBundle(JSON.parse(text), file));
        }
    });

    test("a single changed character is never taken for what was read before", async () => {
        const read = bundleReader();
        const mirror = texts.find(({ folder }) => folder.startsWith("praktijk/"))?.text ?? "";
        const file = join(root, "veranderd.json");
        const digits = [...mirror.matchAll(/"(?:numerator|percent|venster)":\d+/g)];
        await fc.assert(
            fc.asyncProperty(fc.nat(digits.length - 1), async (which) => {
                await writeFile(file, mirror);
                await read(file);
                const place = digits[which];
                const end = (place?.index ?? 0) + (place?.[0].length ?? 0);
                const other = `${mirror.slice(0, end)}1${mirror.slice(end)}`;
                await writeFile(file, other);
                expect(await read(file)).toEqual(checkBundle(JSON.parse(other), file));
            }),
            { numRuns: runs },
        );
    });

    test("what is not as agreed is told as of a bundle that is read whole", async () => {
        const read = bundleReader();
        const mirror = texts.find(({ folder }) => folder.startsWith("praktijk/"))?.text ?? "";
        const file = join(root, "fout.json");
        for (const [from, to, words] of [
            ['"state":"value"', '"state":"geheim"', /veld "values\.\d+\.state" klopt niet/],
            ['"percent":', '"percent":"x', /geen leesbare JSON/],
            ['"maat":"aandeel"', '"maat":"anders"', /veld "catalogue\.indicators\.0\.maat" klopt niet/],
        ] as const) {
            await writeFile(file, mirror.replace(from, to));
            await expect(read(file)).rejects.toThrow(words);
        }
        await writeFile(file, mirror);
        expect((await read(file)).values.length).toBeGreaterThan(1000);
    });

    test("an index of repeated groups finds what an index of one bundle finds", async () => {
        const read = bundleReader();
        for (const { folder, text } of texts) {
            const file = join(root, "bundles", folder, "bundle.json");
            const repeated = indexCells(await read(file));
            const alone = checkBundle(JSON.parse(text), file);
            const cells = indexCells(alone);
            for (const kind of ["month", "quarter", "year"] as const)
                expect(repeated.latest(kind)).toBe(cells.latest(kind));
            for (const cell of alone.values.filter((_cell, index) => index % 37 === 0)) {
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
