import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleReader } from "../../dashboards/bundle-reader.ts";
import type { BundleInput } from "../../dashboards/data.ts";
import { renderSite } from "../../dashboards/site.ts";
import type { Cell } from "../../pipelines/publish/cell.ts";
import { ownPlace } from "../../pipelines/publish/shown-comparisons.ts";
import { writeBundles, writtenBundle } from "../support/bundles.ts";
import { launch, serveFolder } from "./chromium.ts";
import { KINDS } from "./page-kinds.ts";
import { looksDifferent, type Width } from "./picture.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const PROVING = process.env.PROVE === "1";
const RENEWING = process.env.RENEW === "1";
/** Pages on which most forms of charts and tables stand; the others are compared under prove. */
const BY_PICTURE = ["coalitie", "vakgroep", "indicator met effect van het HIS", "spiegel"];
/** Pages with every thing that can be reached; the others under prove. */
const BY_KEYBOARD = ["spiegel", "gemeente"];

/** Pixels that a page is wider than its window. */
const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

interface Violation {
    id: string;
    nodes: { html: string }[];
}

let folder = "";
let browser: Browser | string = "";
let site: { url: string; close: () => void } | null = null;
let axe = "";

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "bladen-"));
    await writeBundles(join(folder, "bundles"), { mirrors: 6 });
    await makeExtreme(join(folder, "bundles/praktijk/01000004/bundle.json"));
    await renderSite({ bundles: join(folder, "bundles"), out: join(folder, "site") });
    site = await serveFolder(join(folder, "site"));
    browser = await launch();
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

afterAll(async () => {
    if (typeof browser !== "string") await browser.close();
    site?.close();
    await rm(folder, { recursive: true, force: true });
});

/** A practice far from the region in everything: its page carries the most highlights that a page may have. */
async function makeExtreme(file: string): Promise<void> {
    const bundle: BundleInput = bundleReader()(file);
    for (const cell of bundle.values)
        if (cell.level === "practice" && cell.denominator !== null && cell.value !== null)
            Object.assign(cell, { numerator: 0, value: 0, low: 0, high: 0.05, state: "zero" });
    const { comparisons } = bundle;
    if (!comparisons) throw new Error("geen vergelijkingen in de verzonnen bundel");
    Object.assign(comparisons, ownPlace(comparisons.funnels, bundle.values as Cell[]));
    await writeFile(file, writtenBundle(bundle));
}

/** Opens a page and collects what it says on the console and asks of others. */
async function open(
    path: string,
    options: { width: number; script?: boolean; ownPolicy?: boolean },
): Promise<{ page: Page; noise: string[]; close: () => Promise<void> }> {
    if (typeof browser === "string" || !site) throw new Error("geen browser");
    const context = await browser.newContext({
        viewport: { width: options.width, height: 900 },
        javaScriptEnabled: options.script ?? true,
        bypassCSP: options.ownPolicy ?? false,
    });
    const page = await context.newPage();
    const noise: string[] = [];
    const { url } = site;
    page.on("console", (message) => noise.push(message.text()));
    page.on("pageerror", (error) => noise.push(error.message));
    page.on("request", (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
            noise.push(`verzoek aan ${request.url()}`);
    });
    await page.goto(`${url}${path}`);
    return { page, noise, close: () => context.close() };
}

describe("pages in a real browser", () => {
    for (const [kind, path] of Object.entries(KINDS)) {
        test(`${kind}: silent, alone, no wider than a telephone, and accessible in light and dark`, async (context) => {
            if (typeof browser === "string") {
                process.stdout.write(`Browserproef overgeslagen: Chromium start hier niet (${browser}).\n`);
                context.skip();
                return;
            }
            const narrow = await open(path, { width: 390 });
            expect(narrow.noise).toEqual([]);
            expect(await overflow(narrow.page), "breder dan 390 px").toBe(0);
            await narrow.page.setViewportSize({ width: 768, height: 900 });
            expect(await overflow(narrow.page), "breder dan 768 px").toBe(0);
            await narrow.close();

            const wide = await open(path, { width: 1440, ownPolicy: true });
            await wide.page.emulateMedia({ media: "print" });
            for (const width of [794, 1440]) {
                await wide.page.setViewportSize({ width, height: 900 });
                expect(await overflow(wide.page), `breder dan ${width} px ${width === 794 ? "papier" : ""}`).toBe(0);
                await wide.page.emulateMedia({ media: "screen" });
            }
            await wide.page.evaluate(() => {
                for (const fold of document.querySelectorAll("details")) fold.open = true;
            });
            await wide.page.addScriptTag({ content: axe });
            for (const colorScheme of ["light", "dark"] as const) {
                await wide.page.emulateMedia({ colorScheme });
                const violations = await wide.page.evaluate(
                    async (rules) => {
                        const run = (
                            globalThis as unknown as { axe: { run(o: unknown): Promise<{ violations: unknown }> } }
                        ).axe;
                        return (await run.run({ runOnly: rules })).violations;
                    },
                    // In the dark only colours differ.
                    colorScheme === "dark" ? ["color-contrast"] : RULES,
                );
                expect(
                    (violations as Violation[]).map((one) => `${one.id}: ${one.nodes[0]?.html.slice(0, 160)}`),
                    colorScheme,
                ).toEqual([]);
            }
            await wide.close();
        });

        const isCompared = PROVING || RENEWING || BY_PICTURE.includes(kind);
        test.runIf(isCompared)(
            `${kind}: looks as it did when somebody looked at it, wide and on a telephone`,
            async (context) => {
                if (typeof browser === "string") return context.skip();
                const { page, close } = await open(path, { width: 1440, ownPolicy: true });
                const widths: Width[] = [1440, 390];
                for (const width of widths) expect(await looksDifferent(page, kind, width)).toBeNull();
                await close();
            },
        );
    }

    for (const [kind, path] of Object.entries(KINDS).filter(([kind]) => PROVING || BY_KEYBOARD.includes(kind)))
        test(`${kind}: everything is reached with the keyboard, in view and with a visible focus`, async (context) => {
            if (typeof browser === "string") return context.skip();
            const { page, close } = await open(path, { width: 1440 });
            await page.keyboard.press("Tab");
            expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Naar de inhoud");
            await page.keyboard.press("Enter");
            expect(await page.evaluate(() => document.activeElement?.id ?? "")).toMatch(/^(inhoud)?$/);
            // From the top again: the browser remembers where the link led.
            await page.goto("about:blank");
            await page.goto(`${site?.url}${path}`);
            const wanted = await page.evaluate(
                () =>
                    [
                        ...document.querySelectorAll<HTMLElement>(
                            "a[href], button, summary, input, select, [tabindex='0']",
                        ),
                    ].filter((one) => one.checkVisibility()).length,
            );
            const unseen: string[] = [];
            let reached = 0;
            for (; reached <= wanted; reached += 1) {
                await page.keyboard.press("Tab");
                const at = await page.evaluate(() => {
                    const one = document.activeElement;
                    if (!one || one === document.body) return null;
                    const { outlineStyle, boxShadow } = getComputedStyle(one);
                    const { top, bottom } = one.getBoundingClientRect();
                    const inView = bottom > 0 && top < innerHeight;
                    const marked = outlineStyle !== "none" || boxShadow !== "none";
                    return inView && marked ? "" : one.outerHTML.slice(0, 120);
                });
                if (at === null) break;
                if (at !== "") unseen.push(at);
            }
            expect(unseen).toEqual([]);
            expect(reached).toBe(wanted);
            await close();
        });

    test("without a script the mirror still shows its numbers and its charts", async (context) => {
        if (typeof browser === "string") return context.skip();
        const { page, close } = await open("/p/01000003/", { width: 1440, script: false });
        expect(await page.locator(".uitlichting svg").count()).toBeGreaterThan(0);
        expect(await page.locator(".uitlichting").first().innerText()).toMatch(/\d+ van uw \d+ patiënten/);
        await page.locator("details.groep > summary").first().click();
        expect(await page.locator("details.groep table").first().innerText()).toMatch(/\d+%/);
        await close();
    });

    for (const [which, path] of [
        ["a mirror", "/p/01000003/"],
        ["a mirror with five highlights", "/p/01000004/"],
    ] as const) {
        test(`${which} prints on two sheets of A4`, async (context) => {
            if (typeof browser === "string") return context.skip();
            const { page, close } = await open(path, { width: 1440 });
            if (path.includes("01000004")) expect(await page.locator(".uitlichting").count()).toBe(5);
            const pdf = await page.pdf({ preferCSSPageSize: true });
            expect(pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)).toHaveLength(2);
            await close();
        });
    }
});
