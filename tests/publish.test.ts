import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleReader } from "../dashboards/bundle-reader.ts";
import type { Cell } from "../pipelines/publish/cell.ts";
import type { Peer } from "../pipelines/publish/peers.ts";
import { type PublicationReport, publish } from "../pipelines/publish.ts";
import { agbOf, catalogueOf, SMALL_REGION, valuesOf, writeMarts } from "./support/marts.ts";

const key = Buffer.from("proefsleutel");
const catalogue = catalogueOf(SMALL_REGION);
const goalAbout = (indicator: string) => ({
    id: indicator,
    titel: "Proef",
    kind: "direction",
    indicator,
    unit: "aantal",
    now: { period: SMALL_REGION.months.to, value: 5000 },
    status: "op koers",
    reason: "Het gaat omhoog.",
});
catalogue.goals = [
    { thema: 23, id: "23_samen", titel: "Samen", vakgroep: "ggz", vakgroepen: ["ggz", "diabetes-cvrm"], goals: [] },
    { thema: 24, id: "24_ander", titel: "Ander", vakgroep: "ggz", vakgroepen: ["ggz"], goals: [] },
].map((theme) => ({ ...theme, goals: [goalAbout("gli_verwijzingen")] }));
const names = catalogue.practices.map(({ name }) => String(name));
let root: string;
let report: PublicationReport;
const at = (...parts: string[]) => path.join(root, ...parts);

interface Bundle {
    publication: { id: string; made: string };
    audience: { id: string };
    catalogue: { practices: { id: string }[]; indicators: { id: string }[]; coverage: unknown[]; goals: unknown[] };
    goals: { id: string; goals: { status: string; reason: string }[] }[];
    values: Cell[];
    peers: Peer[];
    own?: { agb: string };
    kept: { page: string; cells: number; shown: number }[];
    operator?: { suppression: { reason: string }[] };
    reconciliation?: unknown[];
}
/** Everything that stands in a bundle, and its figures as pages read them. */
async function bundleOf(audience: string): Promise<Bundle> {
    const file = at("bundles", audience, "bundle.json");
    const frame = JSON.parse(await readFile(file, "utf8")) as Bundle;
    const { values, peers, catalogue } = bundleReader()(file);
    return {
        ...frame,
        catalogue: { ...frame.catalogue, indicators: catalogue.indicators },
        values: values as Cell[],
        peers,
    };
}

/** All files below a folder with their whole text. */
async function texts(folder: string): Promise<{ file: string; text: string }[]> {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, "latin1") })));
}

beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), "publish-"));
    await writeMarts(at("lake"), catalogue, valuesOf(SMALL_REGION));
    report = await publish({ lake: at("lake"), site: at("site"), bundles: at("bundles"), key });
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("publish", () => {
    it("refuses outcomes without a whole quarter, in a sentence that says what to do", async () => {
        await writeMarts(at("kort"), { ...catalogue, from: "2024-05", to: "2024-06" }, []);
        await expect(publish({ lake: at("kort"), site: at("kort-site"), key })).rejects.toThrow(
            /geen heel kwartaal.*refresh --from/,
        );
    });

    it("writes a bundle for every audience and makes the publication live", async () => {
        // the coalition, the operator and everybody; three vakgroepen; a municipality per area; hagros
        const areas = catalogue.areas.filter(({ id }) => id !== "elders");
        expect(report.audiences).toBe(3 + 3 + areas.length + catalogue.hagros.length + catalogue.practices.length);
        expect(JSON.parse(await readFile(at("site", "current.json"), "utf8"))).toEqual({
            publication: report.publication,
            path: report.publication,
        });
        for (const audience of [
            ...["coalitie", "gemeente/rozenburg", "vakgroep/diabetes-cvrm", "vakgroep/ouderenzorg", "hagro/hagro-0"],
            ...[`praktijk/${agbOf(0)}`, "beheer", "openbaar"],
        ]) {
            expect((await bundleOf(audience)).audience.id).toBe(audience);
        }
    });

    it("writes nothing of a practice under another audience's folder", async () => {
        for (const { file, text } of await texts(at("bundles"))) {
            if (file.includes(`${path.sep}beheer${path.sep}`)) continue;
            catalogue.practices.forEach(({ id }, index) => {
                const own = file.includes(`${path.sep}praktijk${path.sep}${id}${path.sep}`);
                expect(!own && (text.includes(id) || text.includes(`${names[index]}"`)), `${id} in ${file}`).toBe(
                    false,
                );
            });
        }
    });

    it("shows no practice's exact figures but the reader's own", async () => {
        const mine = await bundleOf(`praktijk/${agbOf(3)}`);
        const practiceCells = mine.values.filter(({ level }) => level === "practice");
        expect(practiceCells.length).toBeGreaterThan(0);
        expect(new Set(practiceCells.map(({ id }) => id))).toEqual(new Set([agbOf(3)]));
        expect(practiceCells.some(({ state }) => state === "suppressed")).toBe(false);
        for (const audience of ["coalitie", "vakgroep/diabetes-cvrm"]) {
            expect((await bundleOf(audience)).values.some(({ level }) => level === "practice")).toBe(false);
        }
    });

    it("shows hagros in whole percents without counts and intervals, and only the own one to a practice", async () => {
        const expert = await bundleOf("vakgroep/diabetes-cvrm");
        const hagros = expert.values.filter(({ level, state }) => level === "hagro" && state === "value");
        expect(hagros.length).toBeGreaterThan(0);
        for (const { numerator, denominator, low, high, value, shown } of hagros) {
            expect([numerator, denominator, low, high, shown]).toEqual([null, null, null, null, "percent"]);
            expect(Math.abs((value ?? 0) * 100 - Math.round((value ?? 0) * 100))).toBeLessThan(1e-9);
        }
        const mine = await bundleOf(`praktijk/${agbOf(0)}`);
        expect(new Set(mine.values.filter(({ level }) => level === "hagro").map(({ id }) => id))).toEqual(
            new Set(["hagro-0"]),
        );
    });

    it("shows peers as whole percents with labels that are no AGB code, in the order of the labels", async () => {
        const { peers } = await bundleOf(`praktijk/${agbOf(0)}`);
        const labels = [...new Set(peers.map(({ label }) => label))];
        expect(labels).toHaveLength(catalogue.practices.length - 1);
        expect(labels).toEqual([...labels].sort());
        for (const peer of peers) {
            expect(Object.keys(peer).sort()).toEqual(["indicator", "label", "percent", "period"]);
            expect(Number.isInteger(peer.percent)).toBe(true);
        }
    });

    it("shows a vakgroep all themes that are its subject, also led by another or about an indicator without a page", async () => {
        const [theme, ...others] = (await bundleOf("vakgroep/diabetes-cvrm")).goals;
        expect(others).toEqual([]);
        expect(theme?.id).toBe("23_samen");
        const { catalogue: known } = await bundleOf("vakgroep/diabetes-cvrm");
        expect(known.indicators.some(({ id }) => id === "gli_verwijzingen")).toBe(false);
        expect(theme?.goals[0]).toMatchObject({ status: "op koers", reason: "Het gaat omhoog." });
        expect((await bundleOf("coalitie")).goals.map(({ id }) => id)).toEqual(["23_samen", "24_ander"]);
    });

    it("keeps months for the region, and from practices", async () => {
        const isMonth = (period: string) => /^\d{4}-\d{2}$/.test(period);
        const board = await bundleOf("coalitie");
        expect(new Set(board.values.filter(({ period }) => isMonth(period)).map(({ level }) => level))).toEqual(
            new Set(["region"]),
        );
        const mine = await bundleOf(`praktijk/${agbOf(0)}`);
        expect(mine.values.some(({ period }) => isMonth(period))).toBe(false);
    });

    it("gives each audience the definitions of its figures only, and the public no figure", async () => {
        const expert = await bundleOf("vakgroep/diabetes-cvrm");
        expect(expert.catalogue.indicators.map(({ id }) => id).sort()).toEqual([
            "dm_hba1c_gemeten",
            "dm_hba1c_tm53",
            "pop_copd",
            "pop_ingeschreven",
        ]);
        const known = new Set(expert.catalogue.indicators.map(({ id }) => id));
        expect(expert.values.every(({ indicator }) => known.has(indicator))).toBe(true);
        expect(expert.peers.every(({ indicator }) => known.has(indicator))).toBe(true);
        const open = await bundleOf("openbaar");
        expect([open.values, open.peers, open.kept, open.catalogue.practices, open.catalogue.coverage]).toEqual([
            [],
            [],
            [],
            [],
            [],
        ]);
        expect(open.catalogue.indicators).toHaveLength(catalogue.indicators.length);
    });

    it("lays the reconciliation with the coalition, and the reasons with the operator alone", async () => {
        expect((await bundleOf("coalitie")).reconciliation?.length).toBeGreaterThan(40);
        const operator = (await bundleOf("beheer")).operator;
        expect(operator?.suppression.length).toBeGreaterThan(0);
        for (const { file, text } of await texts(at("bundles"))) {
            if (!file.includes(`${path.sep}beheer${path.sep}`)) expect(text).not.toMatch(/teller_te_klein|herleidbaar/);
        }
    });

    it("counts what is kept of all figures, per audience", () => {
        const row = report.kept.find(({ audience, page }) => audience === "vakgroep" && page === "proces · praktijk");
        expect(row?.cells).toBe(catalogue.practices.length * 5);
        for (const { cells, shown } of report.kept) expect(shown).toBeLessThanOrEqual(cells);
    });

    it("puts the downloads under the audience's own path, and no bundle in the site", async () => {
        const site = at("site", report.publication);
        for (const place of ["coalitie", "vakgroep/diabetes-cvrm", `p/${agbOf(0)}`]) {
            expect(await readFile(path.join(site, place, "values.csv"))).toEqual(
                await readFile(at("bundles", place.replace(/^p\//, "praktijk/"), "values.csv")),
            );
        }
        expect((await texts(site)).some(({ file }) => file.endsWith("bundle.json"))).toBe(false);
    });

    it("makes nothing when the same input was published before", async () => {
        const again = await publish({
            lake: at("lake"),
            site: at("site"),
            key,
            render: () => Promise.reject(new Error("niets te maken")),
        });
        expect(again).toMatchObject({ publication: report.publication, reused: true, kept: report.kept });
    });

    it("publishes anew when the pages, the key or the marts change", async () => {
        const site = at("site-anew");
        const one = await publish({ lake: at("lake"), site, key });
        const two = await publish({ lake: at("lake"), site, key, pagesFingerprint: "nieuwe opmaak" });
        const three = await publish({ lake: at("lake"), site, key: Buffer.from("andere sleutel") });
        await cp(at("lake"), at("lake-changed"), { recursive: true });
        await writeMarts(at("lake-changed"), { ...catalogue, peildatum: "2022-12-31" }, valuesOf(SMALL_REGION));
        const four = await publish({ lake: at("lake-changed"), site, key });
        expect(new Set([one, two, three, four].map(({ publication }) => publication)).size).toBe(4);
        const kept = (await readdir(site)).filter((name) => !name.includes("."));
        expect(kept.sort()).toEqual([two, three, four].map(({ publication }) => publication).sort());
    });

    it("leaves the one before live when rendering fails half-way", async () => {
        const site = at("site-failing");
        const before = await publish({ lake: at("lake"), site, key });
        const failing = publish({
            lake: at("lake"),
            site,
            key,
            pagesFingerprint: "kapot",
            render: async ({ out }) => {
                await mkdir(out, { recursive: true });
                await writeFile(path.join(out, "index.html"), "half");
                throw new Error("opmaak mislukt");
            },
        });
        await expect(failing).rejects.toThrow("opmaak mislukt");
        expect(await readFile(path.join(site, "current.json"), "utf8")).toContain(before.publication);
        expect((await readdir(site)).sort()).toEqual([before.publication, "current.json"].sort());
    });

    it("leaves the one before live when the intruder finds something in the pages, and says what and where", async () => {
        const site = at("site-refused");
        const before = await publish({ lake: at("lake"), site, key });
        const figures = valuesOf(SMALL_REGION);
        const small = figures.find(
            ({ indicator, level, period, stratum, numerator }) =>
                indicator === "gli_verwijzingen" &&
                level === "area" &&
                period === "2022-Q1" &&
                stratum === "kind" &&
                numerator !== null &&
                numerator > 0 &&
                numerator < 10,
        );
        const telling = publish({
            lake: at("lake"),
            site,
            key,
            pagesFingerprint: "verraad",
            render: async ({ out }) => {
                await mkdir(path.join(out, "coalitie"), { recursive: true });
                const text = `GLI, ${small?.id}, kind, 1e kwartaal 2022: ${small?.numerator}`;
                await writeFile(path.join(out, "coalitie", "index.html"), `<main><img alt="${text}"></main>`);
                return { pages: 1, bytes: 1 };
            },
        });
        await expect(telling).rejects.toThrow(/verraden.*de vorige blijft staan.*coalitie\/index\.html/);
        expect(await readFile(path.join(site, "current.json"), "utf8")).toContain(before.publication);
        expect((await readdir(site)).sort()).toEqual([before.publication, "current.json"].sort());
        // What was refused was never seen, and counts for nothing.
        expect((await publish({ lake: at("lake"), site, key })).reused).toBe(true);
    });

    it("makes a publication again that was not finished", async () => {
        const site = at("site-unfinished");
        const { publication } = await publish({ lake: at("lake"), site, key });
        await rm(path.join(site, publication, ".publicatie.json"));
        expect((await publish({ lake: at("lake"), site, key })).reused).toBe(false);
        expect((await publish({ lake: at("lake"), site, key })).reused).toBe(true);
    });

    it("says what to do when there is nothing to publish", async () => {
        await mkdir(at("empty"), { recursive: true });
        await expect(publish({ lake: at("empty"), site: at("site-empty"), key })).rejects.toThrow(
            /regiospiegel refresh/,
        );
        await expect(publish({ lake: at("lake"), site: at("site-empty") })).rejects.toThrow(/sleutel/i);
    });
});
