// How soon the heaviest page of each kind stands on a slow computer behind a slow line, in a real browser: largest contentful
// paint at a quarter of this processor's speed and 10 Mbit/s with 40 ms there and back. Served compressed, as the edge does.
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { renderSite } from "../../../dashboards/site.ts";
import { SECURITY_HEADERS } from "../../../pipelines/edge/security-headers.ts";
import { launch } from "../../browser/chromium.ts";
import type { Bench, Figure } from "../bench.ts";
import { demoBundles } from "../demo-bundles.ts";

/** Of each kind the heaviest page is measured. */
const KINDS: Record<string, RegExp> = {
    coalitie: /^coalitie\/index\.html$/,
    doel: /^coalitie\/doelen\/[^/]+\/index\.html$/,
    indicator: /^(?:coalitie\/indicatoren|vakgroep\/[^/]+)\/[^/]+\/index\.html$/,
    vakgroep: /^vakgroep\/[^/]+\/index\.html$/,
    spiegel: /^p\/[^/]+\/index\.html$/,
    beheer: /^beheer\/index\.html$/,
};
const TIMES = 5;
const SLOWER = 4;
const LINE = { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
const TYPES: Record<string, string> = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
};

const bench: Bench = {
    figures: ["page_lcp_ms", ...Object.keys(KINDS).map((kind) => `page_lcp_${kind}_ms`)],
    async run(place) {
        const site = join(place.scratch, "paginas-verf");
        await renderSite({ bundles: await demoBundles(place), out: site });
        const sizes = new Map<string, number>();
        for (const file of await readdir(site, { recursive: true }))
            if (file.endsWith(".html")) sizes.set(file, gzipSync(await readFile(join(site, file))).length);
        const browser = await launch();
        if (typeof browser === "string") throw new Error(`Chromium start hier niet: ${browser}`);
        const served = await serveCompressed(site);
        try {
            const figures: Figure[] = [];
            for (const [kind, is] of Object.entries(KINDS)) {
                const [heaviest] = [...sizes].filter(([file]) => is.test(file)).sort((a, b) => b[1] - a[1]);
                if (!heaviest) throw new Error(`Er is geen pagina van de soort ${kind}.`);
                const path = `/${heaviest[0].replace(/index\.html$/, "")}`;
                const paints: number[] = [];
                for (let time = 0; time < TIMES; time += 1)
                    paints.push(await largestPaint(browser, `${served.url}${path}`));
                paints.sort((a, b) => a - b);
                figures.push({
                    name: `page_lcp_${kind}_ms`,
                    value: paints[(TIMES - 1) / 2] ?? Number.NaN,
                    unit: `ms (${path})`,
                });
            }
            const worst = Math.max(...figures.map(({ value }) => value));
            return [{ name: "page_lcp_ms", value: worst, unit: "ms" }, ...figures];
        } finally {
            await browser.close();
            served.close();
        }
    },
};
export default bench;

/** Milliseconds from asking for a page to the largest thing on it being painted, nothing kept from before. */
export async function largestPaint(browser: Browser, address: string): Promise<number> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    try {
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        await session.send("Network.enable");
        await session.send("Network.emulateNetworkConditions", LINE);
        await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
        await page.goto(address, { waitUntil: "load" });
        return await page.evaluate(
            () =>
                new Promise<number>((resolve) => {
                    let last = Number.NaN;
                    new PerformanceObserver((list) => {
                        for (const entry of list.getEntries()) last = entry.startTime;
                    }).observe({ type: "largest-contentful-paint", buffered: true });
                    setTimeout(() => resolve(last), 1500);
                }),
        );
    } finally {
        await context.close();
    }
}

/** Serves a folder on loopback with the policy of the site, packed beforehand so that packing is not measured. */
export async function serveCompressed(folder: string): Promise<{ url: string; close: () => void }> {
    const packed = new Map<string, Buffer>();
    for (const file of await readdir(folder, { recursive: true }))
        if (TYPES[extname(file)]) packed.set(`/${file}`, gzipSync(await readFile(join(folder, file))));
    const server = createServer((request, response) => {
        const path = (request.url ?? "/").replace(/\/$/, "/index.html");
        const body = packed.get(path);
        if (!body) return void response.writeHead(404).end();
        response.writeHead(200, {
            ...SECURITY_HEADERS,
            "Content-Type": TYPES[extname(path)] ?? "text/plain",
            "Content-Encoding": "gzip",
        });
        response.end(body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
