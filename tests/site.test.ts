import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rootOf } from "../dashboards/audience-pages.ts";
import { checkBundle } from "../dashboards/data.ts";
import { renderSite, siteFingerprint } from "../dashboards/site.ts";
import { type BundleFrame, bundleText } from "../pipelines/publish/bundle.ts";
import { inventBundles, type Region, writeBundles, writtenBundle } from "./support/bundles.ts";

let folder = "";
let region: Region;
let made: { pages: number; bytes: number };
const pages = new Map<string, string>();

async function read(root: string, below = "/"): Promise<void> {
    for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
        const path = `${below}${entry.name}`;
        if (entry.isDirectory()) await read(root, `${path}/`);
        else if (entry.name === "index.html") pages.set(below, await readFile(join(root, path), "utf8"));
    }
}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "site-"));
    region = await writeBundles(join(folder, "bundles"), { mirrors: 5 });
    made = await renderSite({ bundles: join(folder, "bundles"), out: join(folder, "site") });
    await read(join(folder, "site"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const page = (path: string): string => pages.get(path) ?? "";
const plain = (path: string): string =>
    page(path)
        .replace(/<svg.*?<\/svg>/gs, " ")
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ");

describe("the site", () => {
    test("holds every page kind, and says how much it wrote", () => {
        expect(made.pages).toBe(pages.size);
        for (const path of [
            "/",
            "/coalitie/",
            "/coalitie/doelen/40_proactieve_zorgplanning/",
            "/coalitie/indicatoren/gli_verwijzingen/",
            "/coalitie/reconciliatie/",
            "/coalitie/wat-veranderde/",
            "/vakgroep/diabetes-cvrm/",
            "/vakgroep/diabetes-cvrm/wat-veranderde/",
            "/vakgroep/diabetes-cvrm/dm_fundus/",
            "/p/01000003/",
            "/p/01000003/wat-veranderde/",
            "/definities/",
            "/definities/dm_fundus/",
            "/beheer/",
        ])
            expect(pages.has(path), path).toBe(true);
    });

    test("says whose pages it holds, for the login function", async () => {
        const listed = JSON.parse(await readFile(join(folder, "site/doelgroepen.json"), "utf8"));
        expect(listed.demo).toBe(true);
        expect(listed.audiences).toContainEqual({
            id: "vakgroep/diabetes-cvrm",
            kind: "vakgroep",
            title: expect.any(String),
            path: "/vakgroep/diabetes-cvrm/",
        });
        for (const { path } of listed.audiences) expect(pages.has(path), path).toBe(true);
    });

    test("every reader finds the way out, and everybody the way in", () => {
        for (const [path, text] of pages) {
            const isPublic = path === "/" || path.startsWith("/definities/");
            expect(text, path).toContain(`href="${isPublic ? "/toegang/" : "/toegang/uitloggen"}"`);
        }
    });

    test("the same bundles give the same bytes", async () => {
        const again = join(folder, "again");
        await renderSite({ bundles: join(folder, "bundles"), out: again });
        for (const [path, text] of pages) expect(await readFile(join(again, path, "index.html"), "utf8")).toBe(text);
    });

    test("no page carries inline style or script, or names another host", () => {
        for (const [path, text] of pages) {
            expect(text, path).not.toMatch(/\sstyle=|<style|\son[a-z]+="|<script(?![^>]* src="\/assets\/)/i);
            expect(text.match(/(?:href|src)="(?!\/|#|data:,)[^"]*"/g), path).toBeNull();
            expect(text, path).not.toMatch(/undefined|NaN|\[object|Infinity/);
        }
    });

    test("ids are unique on a page, and links within the site lead somewhere", () => {
        for (const [path, text] of pages) {
            const ids = [...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
            expect(new Set(ids).size, path).toBe(ids.length);
            for (const [, target = "", anchor] of text.matchAll(/href="(\/[^"#]*)(?:#([^"]*))?"/g)) {
                // The login function answers below /toegang/, not a page.
                if (/^\/(assets\/|toegang\/|.*\.(csv|arrow)$)/.test(target)) continue;
                if (/^\/p\//.test(target) && !pages.has(target)) continue;
                expect(pages.has(target), `${path} -> ${target}`).toBe(true);
                if (anchor) expect(page(target), `${path} -> ${target}#${anchor}`).toContain(` id="${anchor}"`);
            }
            for (const [, anchor] of text.matchAll(/href="#([^"]*)"/g))
                expect(text, `${path} #${anchor}`).toContain(` id="${anchor}"`);
        }
    });

    test("every page marks demo data, and names publication, release and peildatum", () => {
        for (const [path] of pages)
            for (const words of ["Verzonnen demogegevens", "p-3d9a7c21", "9f2c61aa00d1b7e3", "30-06-2024"])
                expect(plain(path), path).toContain(words);
    });

    test("a publication that is no demo has no demo mark and lists no practice on its start page", async () => {
        const real = join(folder, "real");
        await writeBundles(join(real, "bundles"), { mirrors: 2, demo: false });
        await renderSite({ bundles: join(real, "bundles"), out: join(real, "site") });
        const start = await readFile(join(real, "site/index.html"), "utf8");
        expect(start).not.toContain("Verzonnen");
        expect(start).not.toMatch(/\/p\/\d/);
        expect(await readFile(join(real, "site/p/01000001/index.html"), "utf8")).not.toContain("Verzonnen");
    });

    test("nothing of one practice stands under another's path, but the operator's, its adviser's, its agreeing hagro's names and the demo's start", () => {
        const assigned = new Set(
            region.bundles
                .filter(({ bundle }) => bundle.audience.kind === "adviseur")
                .flatMap(({ bundle }) => (bundle.catalogue.practices ?? []).map(({ id }) => id)),
        );
        expect(assigned.size).toBe(3);
        for (const [path, text] of pages) {
            if (path === "/" || path === "/beheer/") continue;
            for (const practice of region.practices) {
                if (path.startsWith(`/p/${practice.id}/`)) continue;
                if (path === "/adviseur/noord/" && assigned.has(practice.id)) continue;
                if (path.startsWith(`/adviseur/noord/${practice.id}/`)) continue;
                const isNamed = path === "/hagro/hagro-2/" && practice.hagro === "hagro-2" && practice.left === null;
                expect(text.includes(practice.name), `${path}: ${practice.id}`).toBe(isNamed);
                if (!path.startsWith("/definities/"))
                    expect(text.includes(practice.id), `${path}: ${practice.id}`).toBe(false);
            }
        }
    });

    test("a practice's bundle is refused under another practice's path", () => {
        const input = inventBundles({ mirrors: 1 }).bundles.find((one) => one.folder.startsWith("praktijk/"))?.bundle;
        const bundle = checkBundle(input, "proef");
        bundle.audience.path = "/p/01000002/";
        expect(() => rootOf(bundle)).toThrow(/hoort op \/p\/<eigen AGB>\//);
        bundle.audience.path = "/../coalitie/";
        expect(() => rootOf(bundle)).toThrow(/verwacht woorden/);
    });

    test("charts have a table twin and a summary in words", () => {
        for (const [path, text] of pages) {
            const figures = text.match(/<figure class="grafiek".*?<\/figure>/gs) ?? [];
            for (const figure of figures) {
                expect(figure, path).toMatch(/<figcaption><h[234] /);
                expect(figure, path).toMatch(/class="samenvatting">[^<]{10,}/);
                expect(figure, path).toMatch(/<details class="tweeling">.*<table /s);
                expect(figure, path).toMatch(/<svg [^>]*role="img" aria-label="[^"]{10,}"/);
            }
        }
    });

    test("tables have a caption and scopes", () => {
        for (const [path, text] of pages)
            for (const table of text.match(/<table.*?<\/table>/gs) ?? []) {
                expect(table, path).toMatch(/<caption/);
                expect(table, path).toMatch(/<th scope="col"/);
            }
    });

    test("each page weighs at most 60 KB gzip", () => {
        for (const [path, text] of pages) expect(gzipSync(text).length, path).toBeLessThan(60 * 1024);
    });

    test("the fingerprint is stable and 64 hex digits", async () => {
        const first = await siteFingerprint();
        expect(first).toMatch(/^[0-9a-f]{64}$/);
        expect(await siteFingerprint()).toBe(first);
    });

    test("no bundles, or a bundle that is not as agreed, is one plain sentence", async () => {
        const empty = join(folder, "empty");
        await mkdir(empty, { recursive: true });
        await expect(renderSite({ bundles: empty, out: join(folder, "x") })).rejects.toThrow(/geen bundle\.json/);
        await mkdir(join(empty, "coalitie"), { recursive: true });
        await writeFile(
            join(empty, "coalitie/bundle.json"),
            bundleText(
                { publication: { id: "p" }, audience: {}, catalogue: { indicators: [] } } as unknown as BundleFrame,
                [],
                [],
            ),
        );
        await expect(renderSite({ bundles: empty, out: join(folder, "x") })).rejects.toThrow(
            /veld "audience\.id" klopt niet/,
        );
        await writeFile(join(empty, "coalitie/bundle.json"), "{");
        await expect(renderSite({ bundles: empty, out: join(folder, "x") })).rejects.toThrow(/geen leesbare JSON/);
    });
});

describe("what the pages say", () => {
    test("the board leads with a count of statuses and puts what is off course first", () => {
        const text = plain("/coalitie/");
        expect(text).toMatch(
            /6 doelen in 7 thema’s van de Koers, en 1 interventie om te volgen\. Zo staan de doelen ervoor: 2 niet op koers 2 te vroeg om te zeggen 1 op koers 1 niet meetbaar Vraagt nu aandacht/,
        );
        expect(text.indexOf("Vraagt nu aandacht")).toBeLessThan(text.indexOf("Tafel 1"));
    });

    test("a theme without a goal is a row with its milestones, one without a table is folded, the Toolbox stands apart", () => {
        const text = plain("/coalitie/");
        expect(text).toMatch(
            /Thema 33 Zorgpad COPD-longaanval 0 van 2 mijlpalen gedaan, 1 bezig, 1 geen opgave COPD: inhalatietechniek/,
        );
        expect(text).toMatch(/Thema’s zonder tafel 1 thema en 0 doelen/);
        expect(page("/coalitie/")).toMatch(/<details class="groep">(?:(?!<\/details>).)*01_draagvlak_en_mandatering/s);
        const toolbox = text.slice(text.lastIndexOf("Toolbox Meer Tijd voor de Patiënt"));
        expect(toolbox).toMatch(
            /Anders triëren in dag praktijken .*29 van 36 2e kw 2024 thema 30 chronische zorgstraten · thema 18/,
        );
    });

    test("an intervention's page names the Toolbox and links the themes of the Koers that it belongs to, and they it", () => {
        const path = "/coalitie/doelen/m1_anders_trieren/";
        expect(plain(path)).toMatch(
            /Toolbox Meer Tijd voor de Patiënt · hoort bij thema 30 chronische zorgstraten · thema 18 van de Koers/,
        );
        expect(plain(path)).toContain("zoals gedrukt in de Toolbox");
        expect(plain(path)).not.toMatch(/Thema null|Thema van de Koers/);
        expect(page(path)).toContain('href="/coalitie/doelen/30_chronische_zorgstraten/"');
        expect(page("/coalitie/doelen/30_chronische_zorgstraten/")).toContain(`href="${path}"`);
    });

    test("a theme page prints where its figures come from, and says no source only where that is so", () => {
        expect(plain("/coalitie/doelen/01_draagvlak_en_mandatering/")).toContain("geen bron: geen levering meet dit");
        const text = plain("/coalitie/doelen/33_zorgpad_copd_longaanval/");
        expect(text).toContain("HIS-episoden, zonder getal in de Koers.");
        expect(text).toContain("Zorgpad beschreven bezig 01-03-2024");
        expect(text).not.toMatch(/geen bron/i);
    });

    test("followed indicators are links with the region's last value, and those without a page here are counted", () => {
        const bundle = region.bundles.find((one) => one.folder === "coalitie")?.bundle;
        const cells = bundle?.values?.filter(
            (one) => one.indicator === "oud_izp" && one.level === "region" && /Q/.test(one.period) && !one.stratum,
        );
        const last = cells?.at(-1);
        const path = "/coalitie/doelen/40_proactieve_zorgplanning/";
        expect(page(path)).toContain('href="/coalitie/indicatoren/oud_izp/"');
        expect(page(path)).toContain(`<data class="waarde" value="${last?.value}">`);
        expect(plain(path)).toContain("1 gevolgde indicator staat niet op uw pagina’s");
    });

    test("a baseline that is computed anew stands beside the one that was published", () => {
        const text = plain("/coalitie/doelen/40_proactieve_zorgplanning/");
        expect(text).toMatch(/door ons berekend herzien eerst gepubliceerd [\d.]+, nu berekend [\d.]+/);
        expect(plain("/coalitie/doelen/35_gestructureerde_ouderenzorg/")).not.toContain("herzien eerst");
    });

    test("a vakgroep sees its themes without a goal as rows too", () => {
        expect(plain("/vakgroep/diabetes-cvrm/")).toMatch(/Thema 33 Zorgpad COPD-longaanval 0 van 2 mijlpalen gedaan/);
        expect(pages.has("/vakgroep/diabetes-cvrm/doelen/33_zorgpad_copd_longaanval/")).toBe(true);
    });

    test("a vakgroep reads no change beside a quarter that is hidden, though an earlier one had one", async () => {
        const path = "vakgroep/diabetes-cvrm";
        const rowIn = (text: string) => {
            const from = text.indexOf(`href="/${path}/dm_fundus/"`, text.indexOf('id="overzicht"'));
            return text.slice(from, text.indexOf("</tr>", from));
        };
        expect(rowIn(page(`/${path}/`))).toMatch(/class="verandering/);
        const hidden = join(folder, "hidden");
        const other = await writeBundles(join(hidden, "bundles"), { mirrors: 1 });
        const bundle = other.bundles.find((one) => one.folder === path)?.bundle;
        if (!bundle?.values) throw new Error("geen vakgroep in de proef");
        const isNewest = ({ indicator, level, period }: { indicator: string; level: string; period: string }) =>
            indicator === "dm_fundus" && level === "region" && period === "2024-Q2";
        const nothing = { state: "suppressed", numerator: null, denominator: null, value: null, low: null, high: null };
        const values = bundle.values.map((cell) => (isNewest(cell) ? { ...cell, ...nothing } : cell));
        await writeFile(
            join(hidden, "bundles", path, "bundle.json"),
            writtenBundle({ ...bundle, values: values as typeof bundle.values }),
        );
        await renderSite({ bundles: join(hidden, "bundles"), out: join(hidden, "site") });
        const row = rowIn(await readFile(join(hidden, "site", path, "index.html"), "utf8"));
        expect(row).toContain("afgeschermd");
        expect(row).not.toMatch(/class="verandering| pp/);
    });

    test("Rozenburg is an area, and its outlier has no made-up cause", () => {
        const text = plain("/coalitie/");
        expect(text).toMatch(
            /Rozenburg wijkt sterk af met [\d,]+ per 1\.000 per maand; regio [\d,]+ per 1\.000 per maand/,
        );
        expect(text).toContain("uitschieter, oorzaak onbekend");
        expect(text).toContain("Rozenburg is een gebied, geen gemeente");
        expect(text).toContain("Aangesloten praktijken: van 40 naar 36");
    });

    test("a goal page quotes the Koers and splits growth in all members, panel and ageing", () => {
        const text = plain("/coalitie/doelen/35_gestructureerde_ouderenzorg/");
        expect(text).toContain("Het aantal ouderen waarbij kwetsbaarheid is gemeten stijgt met 5%.");
        for (const words of [
            "Alle leden",
            "Vast panel van 30 praktijken",
            "Groei door vergrijzing alleen",
            "geen opgave",
        ])
            expect(text).toContain(words);
    });

    test("a mirror names the finding, the patients and the way to find them", () => {
        const text = plain("/p/01000003/");
        expect(text).toMatch(/Voetonderzoek gedaan: [\d,]+% bij u, [\d,]+% in de regio/);
        expect(text).toMatch(/\d+ patiënten erbij, en u zit op de regionale waarde\./);
        expect(text).toContain("Zo vindt u deze patiënten in uw HIS");
    });

    test("a mirror without highlights says that this is a valid outcome", () => {
        const calm = [...pages.keys()].filter(
            (path) => path.startsWith("/p/") && plain(path).includes("Niets uitgelicht"),
        );
        expect(calm.length).toBeGreaterThan(0);
        expect(plain(calm[0] ?? "")).toContain("Dat is een geldige uitkomst");
    });

    test("zero, suppressed and not delivered are three different things", () => {
        const region5 = plain("/p/01000003/");
        expect(region5).toContain("0 is een echte nul");
        const areas = plain("/coalitie/indicatoren/oud_acp_gesprekken/");
        expect(areas).toMatch(/afgeschermd|\d/);
    });

    test("numbers on a mirror are those of its bundle", () => {
        const bundle = region.bundles.find((one) => one.folder === "praktijk/01000003")?.bundle;
        const cell = bundle?.values?.find(
            (one) => one.indicator === "dm_hba1c_gemeten" && one.level === "practice" && one.period === "2024-Q2",
        );
        expect(page("/p/01000003/")).toContain(`<data class="waarde" value="${cell?.value}">`);
        expect(plain("/p/01000003/")).toContain(`${cell?.numerator} van ${cell?.denominator}`);
    });

    test("definitions show worked examples, the recipe and an open code, and no number of the region", () => {
        const text = plain("/definities/copd_inhalatietechniek/");
        expect(text).toContain("nog te bevestigen");
        expect(text).toContain("Uitgewerkte voorbeelden");
        expect(text).toContain("Zoekrecept voor het HIS");
        expect(plain("/definities/dm_fundus/")).not.toContain("nog te bevestigen");
    });

    test("the reconciliation page shows printed beside computed, and the report's contradictions", () => {
        const text = plain("/coalitie/reconciliatie/");
        expect(text).toMatch(/Ingeschreven patiënten 130\.782 130\.782 gelijk/);
        expect(text).toContain("De genoemde aantallen tellen op tot 204");
    });

    test("the operator sees what was refused and why, and what was set aside", () => {
        const text = plain("/beheer/");
        expect(text).toMatch(/his-lang_01000006_20240630_1 30-06-2024 1 populatie-sprong/);
        expect(text).toMatch(
            /Andere indeling: eerst his-lang, nu his-breed\. ?ingeschreven: 2900 patiënten, eerder 3412/,
        );
        expect(text).toContain("kolom_ontbreekt");
        expect(text).toMatch(/buiten_bereik \d+/);
        expect(text).toContain("Dekking per praktijk");
    });
});

describe("what changed and why", () => {
    test("is one page per audience with figures, also when there is nothing to compare with", () => {
        expect(plain("/vakgroep/diabetes-cvrm/wat-veranderde/")).toMatch(/eerste publicatie/);
        const text = plain("/coalitie/wat-veranderde/");
        expect(text).toMatch(
            /2 praktijken kwamen erbij, 1 praktijk vertrok, 1 praktijk leverde uit een ander HIS en definities veranderden/,
        );
        expect(text).toMatch(/erbij: voet · 1710/);
    });

    test("tells every part in patients, what is told together by all its names, and what is too small as such", () => {
        const text = plain("/coalitie/wat-veranderde/");
        expect(text).toMatch(/zorg \+24 \(noemer \+30\)/);
        expect(text).toMatch(/overig \(lidmaatschap, vergrijzing, registratie of indeling\) \+31/);
        expect(text).toMatch(/te klein om uit te splitsen/);
        expect(plain("/p/01000003/wat-veranderde/")).toMatch(/in- en uitschrijving −1/);
    });

    test("marks what is beyond chance with its cause, and lists restated figures old and new", () => {
        const text = plain("/coalitie/wat-veranderde/");
        expect(text).toMatch(/meer dan toeval, waarschijnlijk door een nieuwe definitie/);
        expect(text).toMatch(/41 eerder gepubliceerde cijfers zijn herzien/);
    });
});
