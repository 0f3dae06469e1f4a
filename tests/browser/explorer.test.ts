import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { parseHTML } from "linkedom";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderSite } from "../../dashboards/site.ts";
import { type Region, writeBundles } from "../support/bundles.ts";
import { launch, serveFolder } from "./chromium.ts";

const PATH = "/coalitie/verkennen/";
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What is looked at by hand too: a course, groups side by side with one that is suppressed, parts, a count, one period. */
const CHOICES = [
    "#indicator=dm_voetonderzoek&niveau=regio&per=maand",
    "#indicator=oud_acp_gesprekken&niveau=gebied&per=kwartaal&periode=2022-Q1",
    "#indicator=consultaties&niveau=regio&per=kwartaal&reeks=regio/COPD&reeks=regio/ggz&reeks=regio/CVRM&reeks=regio",
    "#indicator=scholingen&niveau=regio&per=jaar",
    "#indicator=gli_verwijzingen&niveau=gebied&per=jaar&periode=2023",
];

let folder = "";
let region: Region;
let browser: Browser | string = "";
let site: { url: string; close: () => void };
let axe = "";

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "verkenner-"));
    region = await writeBundles(join(folder, "bundles"), { mirrors: 1, files: true });
    await renderSite({ bundles: join(folder, "bundles"), out: join(folder, "site") });
    site = await serveFolder(join(folder, "site"));
    browser = await launch();
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

afterAll(async () => {
    if (typeof browser !== "string") await browser.close();
    site.close();
    await rm(folder, { recursive: true, force: true });
});

interface Opened {
    page: Page;
    noise: string[];
    close: () => Promise<void>;
}

async function open(
    address: string,
    options: { width?: number; script?: boolean; ownPolicy?: boolean } = {},
): Promise<Opened> {
    if (typeof browser === "string") throw new Error("geen browser");
    const context = await browser.newContext({
        viewport: { width: options.width ?? 1440, height: 900 },
        javaScriptEnabled: options.script ?? true,
        bypassCSP: options.ownPolicy ?? false,
    });
    const page = await context.newPage();
    const noise: string[] = [];
    page.on("console", (message) => noise.push(message.text()));
    page.on("pageerror", (error) => noise.push(error.message));
    page.on("request", (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site.url)) noise.push(request.url());
    });
    await page.goto(`${site.url}${address}`);
    if (options.script ?? true) await page.waitForSelector(".verkenner h2:not(:empty)");
    return { page, noise, close: () => context.close() };
}

const choose = async (page: Page, hash: string): Promise<void> => {
    await page.evaluate((to) => {
        location.hash = to;
    }, hash);
    const id = new URLSearchParams(hash.slice(1)).get("indicator") ?? "";
    await page.waitForFunction(
        (wanted) =>
            document.querySelector<HTMLAnchorElement>(".naar-definitie")?.getAttribute("href") ===
            `/definities/${wanted}/`,
        id,
    );
};

const seen = (page: Page): Promise<{ title: string; table: string; chart: string; address: string }> =>
    page.evaluate(() => ({
        title: document.querySelector(".verkenner h2")?.textContent ?? "",
        table: document.querySelector(".verkenner table")?.textContent ?? "",
        chart: document.querySelector(".tekening")?.innerHTML ?? "",
        address: location.href,
    }));

const contentOf = async (download: Download): Promise<Buffer> => readFile(await download.path());

async function saved(page: Page, form: string): Promise<Buffer> {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-bewaar="${form}"]`)]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${form}$`));
    return contentOf(download);
}

const cellsOf = (of: string) => region.bundles.find((one) => one.folder === of)?.bundle.values ?? [];

describe("the explorer in a real browser", () => {
    test("is silent, alone and no wider than the screen, and accessible in light and dark, whatever is chosen", async (context) => {
        if (typeof browser === "string") {
            process.stdout.write(`Browserproef overgeslagen: Chromium start hier niet (${browser}).\n`);
            return context.skip();
        }
        for (const width of [390, 768, 1440]) {
            const { page, noise, close } = await open(PATH, { width });
            for (const choice of CHOICES) {
                await choose(page, choice);
                const wider = await page.evaluate(
                    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
                );
                expect(wider, `${choice} op ${width} px`).toBe(0);
            }
            expect(noise).toEqual([]);
            await close();
        }
        const { page, close } = await open(PATH, { ownPolicy: true });
        await page.addScriptTag({ content: axe });
        for (const choice of CHOICES.slice(1, 3))
            for (const colorScheme of ["light", "dark"] as const) {
                await page.emulateMedia({ colorScheme });
                await choose(page, choice);
                const violations = await page.evaluate(
                    async (rules) => {
                        const run = (
                            globalThis as unknown as {
                                axe: {
                                    run(
                                        o: unknown,
                                    ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
                                };
                            }
                        ).axe;
                        return (await run.run({ runOnly: rules })).violations.map(
                            ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`,
                        );
                    },
                    colorScheme === "dark" ? ["color-contrast"] : RULES,
                );
                expect(violations, `${choice} ${colorScheme}`).toEqual([]);
            }
        await close();
    });

    test("shows the bundle's numbers, each beside its period and group, and signs where there are none", async (context) => {
        if (typeof browser === "string") return context.skip();
        const { page, close } = await open(PATH);
        const cells = cellsOf("coalitie");
        for (const choice of CHOICES) {
            await choose(page, choice);
            const words = new URLSearchParams(new URL(page.url()).hash.slice(1));
            const keys = [...words.getAll("reeks"), ...(words.get("regio") === "ja" ? ["regio"] : [])];
            const length = { maand: 7, kwartaal: 7, jaar: 4 }[words.get("per") ?? ""];
            const expected = cells.filter(
                (cell) =>
                    cell.indicator === words.get("indicator") &&
                    keys.includes(cell.stratum ? `${cell.id}/${cell.stratum}` : cell.id) &&
                    cell.period.length === length &&
                    cell.period.includes("Q") === (words.get("per") === "kwartaal") &&
                    (words.get("periode") === null || cell.period === words.get("periode")),
            );
            const shown = await page.$$eval(".verkenner table [value]", (nodes) =>
                nodes.map((node) => Number(node.getAttribute("value"))),
            );
            const values = expected.flatMap((cell) => (cell.value === null ? [] : cell.value));
            expect(shown.sort(), choice).toEqual(values.sort());
            expect(values.length).toBeGreaterThan(0);
            expect(await page.locator(".verkenner table .t-suppressed").count(), choice).toBe(
                expected.filter((cell) => cell.state === "suppressed").length,
            );
        }
        await close();
    });

    test("is used by keyboard alone, and a link opens the same view for who gets it", async (context) => {
        if (typeof browser === "string") return context.skip();
        const { page, close } = await open(PATH);
        const reach = async (what: string): Promise<void> => {
            for (let steps = 0; steps < 60; steps += 1) {
                await page.keyboard.press("Tab");
                if (await page.evaluate((query) => document.activeElement?.matches(query), what)) return;
            }
            throw new Error(`${what} is met Tab niet te bereiken`);
        };
        const before = (await seen(page)).title;
        await reach('select[name="indicator"]');
        await page.keyboard.type("Verwijzingen");
        await reach('select[name="niveau"]');
        await page.keyboard.type("Gebied");
        expect((await seen(page)).title).not.toBe(before);
        await reach('input[value="rozenburg"]');
        await page.keyboard.press("Space");
        await reach('select[name="per"]');
        await page.keyboard.type("jaar");
        await reach('select[name="periode"]');
        await page.keyboard.type("2022");
        const made = await seen(page);
        expect(made.title).toMatch(/^Verwijzingen .* in 2022, per 1\.000 per maand: Nissewaard [\d,]+/);
        expect(made.title).not.toContain("Rozenburg");
        expect(await page.locator(".samenvatting[role=status]").innerText()).toMatch(/95%-interval/);
        await reach("[data-kopieer]");
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => document.querySelector(".melding")?.textContent !== "");
        const other = await open(made.address.slice(site.url.length));
        expect(await seen(other.page)).toEqual(made);
        await other.close();
        await close();
    });

    test("hands out the choice as CSV, Arrow and a drawing that stands by itself", async (context) => {
        if (typeof browser === "string") return context.skip();
        const { page, noise, close } = await open(`${PATH}#indicator=gli_verwijzingen&niveau=gebied&per=kwartaal`);
        const rows = cellsOf("coalitie").filter(
            (cell) =>
                cell.indicator === "gli_verwijzingen" &&
                cell.stratum === null &&
                (cell.level === "area" || cell.level === "region") &&
                cell.period.includes("Q"),
        );
        const arrow = tableFromIPC(await saved(page, "arrow"));
        expect(arrow.toArray().map((row) => ({ ...row.toJSON() }))).toEqual(rows);
        const published = (await readFile(join(folder, "site/coalitie/values.csv"), "utf8")).split("\r\n");
        const csv = (await saved(page, "csv")).toString("utf8").split("\r\n");
        expect(csv[0]).toBe(published[0]);
        expect(csv).toHaveLength(rows.length + 2);
        for (const line of csv) expect(published).toContain(line);
        const svg = (await saved(page, "svg")).toString("utf8");
        expect(svg).not.toMatch(/ class=| style=|<style|var\(--|<script/);
        const { document } = parseHTML(svg.replace(/^<\?xml.*\n/, ""));
        const { title } = await seen(page);
        expect(document.querySelector("title")?.textContent).toBe(title);
        expect(document.querySelector("svg")?.textContent).toMatch(
            /Verzonnen demogegevens\. Bron: Regiospiegel, publicatie/,
        );
        expect(svg).toMatch(/stroke="rgb\(/);
        expect(noise).toEqual([]);
        await close();
    });

    test("a practice finds itself beside the region, under its own path only", async (context) => {
        if (typeof browser === "string") return context.skip();
        const { page, close } = await open("/p/01000001/verkennen/#indicator=dm_fundus");
        expect((await seen(page)).title).toMatch(/uw praktijk [\d,]+% en regio [\d,]+%$/);
        const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
        expect(asked.filter((name) => name.endsWith(".arrow"))).toEqual([`${site.url}/p/01000001/values.arrow`]);
        await close();
    });

    test("without a script it says where the same numbers are, and when the file is gone it says so", async (context) => {
        if (typeof browser === "string") return context.skip();
        const bare = await open(PATH, { script: false });
        expect(await bare.page.locator("#verkenner").innerText()).toMatch(/alleen met JavaScript.*CSV, Arrow/s);
        const links = await bare.page.$$eval("#verkenner a", (nodes) => nodes.map((node) => node.getAttribute("href")));
        expect(links).toEqual(["/coalitie/", "/coalitie/values.csv", "/coalitie/values.arrow"]);
        await bare.close();
        const context2 = await browser.newContext();
        const page = await context2.newPage();
        await page.route("**/values.arrow", (route) => route.fulfill({ status: 403 }));
        await page.goto(`${site.url}${PATH}`);
        expect(await page.locator("[role=alert]").innerText()).toMatch(/log zo nodig weer in/);
        expect(await page.locator("#verkenner").innerText()).toContain("alleen met JavaScript");
        await page.unroute("**/values.arrow");
        await page.route("**/values.csv", (route) => route.fulfill({ status: 403 }));
        await page.reload();
        await page.click('[data-bewaar="csv"]');
        await page.waitForFunction(() => document.querySelector(".melding")?.textContent?.includes("log zo nodig"));
        await context2.close();
    });

    test("on paper stand the chart and its table, not the form", async (context) => {
        if (typeof browser === "string") return context.skip();
        const { page, close } = await open(PATH);
        await page.emulateMedia({ media: "print" });
        expect(await page.locator(".kiezer").isVisible()).toBe(false);
        expect(await page.locator(".tekening svg").isVisible()).toBe(true);
        expect(await page.locator(".verkenner table").isVisible()).toBe(true);
        await close();
    });
});
