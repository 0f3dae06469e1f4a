import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderSite } from "../../dashboards/site.ts";
import { openSite } from "../../pipelines/commands/serve.ts";
import type { DemoAccount } from "../../pipelines/edge/demo-accounts.ts";
import type { LocalSite } from "../../pipelines/edge/local-site.ts";
import { writeSite } from "../support/access-site.ts";
import { writeBundles } from "../support/bundles.ts";
import { startForgingIssuer } from "../support/forging-issuer.ts";
import { launch } from "./chromium.ts";

const PROVING = process.env.PROVE === "1";

const SAMPLE = ["praktijk-01000002", "huisarts-twee-praktijken"];

let folder = "";
let browser: Browser | string = "";
let site: LocalSite;
let accounts: DemoAccount[];
let axe = "";

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "deur-"));
    if (PROVING) await renderedSite();
    else await writeSite(join(folder, "site"));
    site = await openSite({ site: join(folder, "site"), port: 0 });
    accounts = await site.accounts();
    browser = await launch();
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

/** Pages as they are published; a small site with the same doors is enough to see who gets in. */
async function renderedSite(): Promise<void> {
    await writeBundles(join(folder, "bundles"), { mirrors: 3 });
    await mkdir(join(folder, "site/proef"), { recursive: true });
    await renderSite({ bundles: join(folder, "bundles"), out: join(folder, "site/proef") });
    await writeFile(join(folder, "site/current.json"), JSON.stringify({ publication: "proef", path: "proef" }));
}

/** Pages with their scripts, without a mirror. */
async function scriptedSite(): Promise<LocalSite> {
    const root = join(folder, "koppeling");
    await writeBundles(join(root, "bundles"), { mirrors: 0, files: true });
    await renderSite({ bundles: join(root, "bundles"), out: join(root, "site/proef") });
    for (const name of ["values.arrow", "values.csv"])
        await copyFile(join(root, "bundles/coalitie", name), join(root, "site/proef/coalitie", name));
    await writeFile(join(root, "site/current.json"), JSON.stringify({ publication: "proef", path: "proef" }));
    return openSite({ site: join(root, "site"), port: 0 });
}

afterAll(async () => {
    if (typeof browser !== "string") await browser.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
});

/** A browser of somebody's own, and all that it complains about; that a page itself was refused is said by its status. */
async function visitor(
    options: { script?: boolean; width?: number; dark?: boolean; ownPolicy?: boolean; alsoAsks?: string[] } = {},
): Promise<{
    page: Page;
    context: BrowserContext;
    noise: string[];
}> {
    if (typeof browser === "string") throw new Error("geen browser");
    const context = await browser.newContext({
        viewport: { width: options.width ?? 1280, height: 900 },
        colorScheme: options.dark ? "dark" : "light",
        javaScriptEnabled: options.script ?? true,
        bypassCSP: options.ownPolicy ?? false,
    });
    const page = await context.newPage();
    const noise: string[] = [];
    page.on("console", (message) => {
        const isOwnStatus = /status of (401|403|404)/.test(message.text()) && message.location().url === page.url();
        if (!isOwnStatus) noise.push(message.text());
    });
    page.on("pageerror", (error) => noise.push(error.message));
    page.on("request", (request) => {
        const known = [site.baseUrl, "data:", ...(options.alsoAsks ?? [])];
        if (!known.some((one) => request.url().startsWith(one))) noise.push(`verzoek aan ${request.url()}`);
    });
    return { page, context, noise };
}

const heading = (page: Page): Promise<string> => page.locator("h1").innerText();

async function logIn(page: Page, account: string): Promise<void> {
    const choice = page.locator(`a[href$="/${account}"]`).first();
    if (!(await choice.isVisible())) await page.locator("summary").first().click();
    await choice.click();
}

/** What stands on the page; while a page is being left there is nothing to read yet. */
async function shown(page: Page): Promise<string> {
    for (;;) {
        const text = await page.content().catch(() => null);
        if (text !== null) return text;
        await page.waitForTimeout(50);
    }
}

/** The test is skipped with a sentence where no Chromium starts. */
function skippedWithout(context: { skip: () => void }): boolean {
    if (typeof browser !== "string") return false;
    process.stdout.write(`Browserproef overgeslagen: Chromium start hier niet (${browser}).\n`);
    context.skip();
    return true;
}

describe("the door in a real browser", () => {
    test("a shared link leads to the same choice after logging in", async (context) => {
        if (skippedWithout(context)) return;
        const scripted = await scriptedSite();
        const { page, context: own } = await visitor();
        const link = `${scripted.baseUrl}/coalitie/verkennen/#indicator=gli_verwijzingen&niveau=gebied`;
        await page.goto(link);
        await page.getByText("Inloggen of toegang vernieuwen").click();
        await logIn(page, "coalitie");
        await page.waitForSelector(".verkenner h2:not(:empty)");
        expect(page.url().startsWith(link), page.url()).toBe(true);
        // Once: who comes back without a choice of their own gets the page as it is.
        await page.goto(`${scripted.baseUrl}/coalitie/`);
        expect(page.url()).toBe(`${scripted.baseUrl}/coalitie/`);
        await own.close();
        await scripted.close();
    });

    test("every demo account sees its own pages in silence, and is refused the others in a friendly page", async (context) => {
        if (skippedWithout(context)) return;
        const paths = new Map(
            accounts
                .filter(({ kind }) => kind !== null)
                .map(({ words, kind }) => [words[0] ?? "", pathOf(words[0] ?? "", kind)]),
        );
        // What needs no browser is seen for every account in access.test.ts.
        for (const { id, words } of accounts.filter((one) => PROVING || SAMPLE.includes(one.id))) {
            const { page, context: own, noise } = await visitor();
            const first = paths.get(words[0] ?? "") ?? "/";
            await page.goto(`${site.baseUrl}${first}`);
            expect(await heading(page), id).toBe("Deze pagina is nu niet open voor u");
            await page.getByText("Inloggen of toegang vernieuwen").click();
            await logIn(page, id);
            expect(page.url(), id).toBe(`${site.baseUrl}${first}`);
            expect(await page.locator("h1").count(), id).toBe(1);
            expect(await page.getByRole("link", { name: "Uitloggen" }).count(), id).toBe(1);
            const others = [...paths].filter(([word]) => !words.includes(word));
            for (const [, other] of PROVING ? others : others.slice(0, 1)) {
                const answer = await page.goto(`${site.baseUrl}${other}`);
                expect([answer?.status(), await heading(page)], `${id} ${other}`).toEqual([
                    403,
                    "Deze pagina is nu niet open voor u",
                ]);
                await page.getByText("Inloggen of toegang vernieuwen").click();
                expect(await heading(page), `${id} ${other}`).toBe("Deze pagina is niet voor u");
            }
            for (const word of words.slice(1)) {
                await page.goto(`${site.baseUrl}/toegang/`);
                await page.locator(`a[href$="naar=${paths.get(word)}"]`).click();
                expect(page.url(), id).toBe(`${site.baseUrl}${paths.get(word)}`);
            }
            expect(noise, id).toEqual([]);
            await own.close();
        }
    });

    test("after logging out nothing is kept: not in the cache, not behind the back button, not for a copied address", async (context) => {
        if (skippedWithout(context)) return;
        const { page, context: own, noise } = await visitor();
        await page.goto(`${site.baseUrl}/toegang/`);
        const practice = accounts.find(({ kind }) => kind === "praktijk");
        await logIn(page, practice?.id ?? "");
        const mirror = page.url();
        const title = await heading(page);
        expect(title).toBe(practice?.title);
        await page.goto(`${site.baseUrl}/definities/`);
        await page.goBack();
        expect(await heading(page)).toBe(title);
        await page.getByRole("link", { name: "Uitloggen" }).click();
        expect(await heading(page)).toBe("U bent uitgelogd");
        // Nor may the network be needed to refuse: without it there is simply nothing.
        await page.goBack();
        expect(await shown(page)).not.toContain(title);
        await page.goto(mirror);
        expect(await heading(page)).toBe("Deze pagina is nu niet open voor u");
        await own.setOffline(true);
        await page.goBack().catch(() => null);
        expect(await shown(page)).not.toContain(title);
        await own.setOffline(false);
        expect((await own.cookies(mirror)).filter(({ name }) => /CloudFront|pas|sessie/.test(name))).toEqual([]);
        await page.goto(`${site.baseUrl}/toegang/`);
        expect(await heading(page)).toBe("Kies wie u bent");
        expect(noise.filter((line) => !line.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
        await own.close();
    });

    test.runIf(PROVING)("everything works without a script", async (context) => {
        if (skippedWithout(context)) return;
        const { page, context: own } = await visitor({ script: false });
        await page.goto(`${site.baseUrl}/coalitie/`);
        await page.getByText("Inloggen of toegang vernieuwen").click();
        await logIn(page, "coalitie");
        expect(page.url()).toBe(`${site.baseUrl}/coalitie/`);
        await page.getByRole("link", { name: "Uitloggen" }).click();
        expect(await heading(page)).toBe("U bent uitgelogd");
        await own.close();
    });

    test.runIf(PROVING)("a login service on another site works as well: its cookies come back", async (context) => {
        if (skippedWithout(context)) return;
        const elsewhere = await startForgingIssuer();
        const { url, clientSecret } = elsewhere;
        // The site is localhost, the login service 127.0.0.1: another site to a browser.
        const issuer = { issuer: url, clientId: "regiospiegel", clientSecret, claim: "rollen", scope: "openid" };
        const there = await openSite({ site: join(folder, "site"), port: 0, issuer });
        elsewhere.tokens = async () => {
            const now = Math.floor(Date.now() / 1000);
            const claims = { iss: url, aud: "regiospiegel", sub: "1", nonce: elsewhere.nonce, iat: now, exp: now + 60 };
            const id_token = await elsewhere.sign({ ...claims, rollen: ["beheer"] });
            return { access_token: "a", token_type: "Bearer", id_token };
        };
        const { page, context: own, noise } = await visitor({ alsoAsks: [there.baseUrl, url] });
        await page.goto(`${there.baseUrl}/beheer/`);
        await page.getByText("Inloggen of toegang vernieuwen").click();
        expect(page.url()).toBe(`${there.baseUrl}/beheer/`);
        await page.getByRole("link", { name: "Uitloggen" }).click();
        expect(await heading(page)).toBe("U bent uitgelogd");
        expect(noise).toEqual([]);
        await own.close();
        await there.close();
        await elsewhere.close();
    });

    test.runIf(PROVING)(
        "pages at the door are no wider than a telephone, and accessible in light and dark",
        async (context) => {
            if (skippedWithout(context)) return;
            let checked = 0;
            for (const dark of [false, true]) {
                const { page, context: own } = await visitor({ width: 390, dark, ownPolicy: true });
                const check = async (): Promise<void> => {
                    checked += 1;
                    const where = `${await heading(page)} ${dark ? "donker" : "licht"}`;
                    const wider = await page.evaluate(
                        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
                    );
                    expect(wider, where).toBe(0);
                    await page.addScriptTag({ content: axe });
                    const violations = await page.evaluate(async (onlyColours) => {
                        const run = (
                            globalThis as unknown as {
                                axe: { run(o: unknown): Promise<{ violations: { id: string }[] }> };
                            }
                        ).axe;
                        const only = onlyColours
                            ? ["color-contrast"]
                            : ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
                        return (await run.run({ runOnly: only })).violations.map(({ id }) => id);
                    }, dark);
                    expect(violations, where).toEqual([]);
                };
                await page.goto(`${site.baseUrl}/beheer/`);
                await check();
                await page.getByText("Inloggen of toegang vernieuwen").click();
                await check();
                await logIn(page, "huisarts-twee-praktijken");
                await check();
                await page.goto(`${site.baseUrl}/toegang/`);
                await check();
                await page.getByRole("link", { name: "Uitloggen" }).last().click();
                await check();
                await page.goto(`${site.baseUrl}/definities/bestaat-niet/`);
                await check();
                await own.close();
            }
            expect(checked).toBe(12);
        },
    );
});

const pathOf = (word: string, kind: string | null): string =>
    kind === "praktijk" ? `/p/${word.split("/")[1]}/` : `/${word}/`;
