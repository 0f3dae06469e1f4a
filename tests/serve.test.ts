import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSite } from "../pipelines/commands/serve.ts";
import { accessFolder, type LocalSite } from "../pipelines/edge/local-site.ts";
import { SECURITY_HEADERS } from "../pipelines/edge/security-headers.ts";
import { pointAt, writeSite } from "./support/access-site.ts";
import { Visitor } from "./support/visitor.ts";

let root: string;
let site: string;
let served: LocalSite;
let open: LocalSite;
let visitor: Visitor;

const kept = (name: string): string => path.join(accessFolder(site), name);

beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), "serve-"));
    site = path.join(root, "site");
    await writeSite(site);
    served = await openSite({ site, port: 0 });
    await mkdir(kept("sessies"), { recursive: true });
    await writeFile(kept("sessies/oud.json"), JSON.stringify({ expires: 1 }));
    await writeFile(kept("sessies/nu.json"), JSON.stringify({ expires: Date.now() + 60_000 }));
    open = await openSite({ site, port: 0, open: true });
    visitor = new Visitor(served.baseUrl);
});
afterAll(async () => {
    await served.close();
    await open.close();
    await rm(root, { recursive: true, force: true });
});

describe("serve", () => {
    it("serves the live publication, and the next one as soon as the pointer moves", async () => {
        expect((await visitor.ask("/")).text).toContain("een /");
        await pointAt(site, "twee");
        expect((await visitor.ask("/")).text).toContain("twee /");
        await pointAt(site, "een");
    });

    it("sends the security headers with every answer, also of the login service", async () => {
        for (const target of ["/", "/bestaat-niet/", "/coalitie", "/coalitie/", "/toegang/", "/inlogdienst/nergens"]) {
            const { headers } = await visitor.ask(target);
            for (const [name, value] of Object.entries(SECURITY_HEADERS))
                expect(headers[name.toLowerCase()], target).toBe(value);
            expect(headers["cache-control"], target).toContain("no-store");
        }
    });

    it("sends a folder without its slash on, and lists no folder", async () => {
        expect(await visitor.ask("/coalitie")).toMatchObject({ status: 308, headers: { location: "/coalitie/" } });
        expect((await visitor.ask("/assets/")).status).toBe(404);
    });

    it("answers what does not exist and what is not the visitor's with a page that says what to do", async () => {
        const missing = await visitor.ask("/definities/bestaat-niet/");
        expect([missing.status, missing.text]).toEqual([404, expect.stringContaining("bestaat niet")]);
        const closed = await visitor.ask("/coalitie/");
        expect([closed.status, closed.text]).toEqual([403, expect.stringContaining('href="/toegang/"')]);
    });

    it("packs text, and says unchanged to who has it already", async () => {
        const [style = ""] = /\/deur\/stijl\.[^"]*/.exec((await visitor.ask("/coalitie/")).text) ?? [];
        const packed = await visitor.ask(style, { headers: { "accept-encoding": "gzip, br" } });
        expect(packed.headers["content-encoding"]).toBe("gzip");
        const plain = await visitor.ask(style, { headers: { "accept-encoding": "gzip;q=0" } });
        expect(plain.text).toContain(".deuren");
        const again = await visitor.ask(style, { headers: { "if-none-match": String(packed.headers.etag) } });
        expect([again.status, again.text.length]).toEqual([304, 0]);
    });

    it("lets a browser keep stylesheets that are named after their content, and nothing else", async () => {
        expect((await visitor.ask("/assets/stijl.0123456789.css")).headers["cache-control"]).toContain("immutable");
        for (const target of ["/", "/definities/", "/coalitie/", "/deur/geweigerd.html"])
            expect((await visitor.ask(target)).headers["cache-control"], target).toBe("private, no-store");
    });

    it("answers HEAD without a body and refuses to write", async () => {
        const head = await visitor.ask("/definities/", { method: "HEAD" });
        expect([head.status, head.text.length, Number(head.headers["content-length"]) > 0]).toEqual([200, 0, true]);
        expect((await visitor.ask("/", { method: "POST" })).status).toBe(405);
    });

    it("answers under its own name only, and sends who came by number to that name", async () => {
        expect((await visitor.ask("/", { headers: { host: "voorbeeld.test" } })).status).toBe(421);
        const { port, host } = new URL(served.baseUrl);
        const byNumber = await visitor.ask("/definities/", { headers: { host: `127.0.0.1:${port}` } });
        expect(byNumber).toMatchObject({ status: 307, headers: { location: `http://${host}/definities/` } });
    });

    it.each([
        "/../geheim.html",
        "/%2e%2e/geheim.html",
        "/definities//",
        "/.publicatie.json",
        "/definities/%00",
        "//geheim.html",
        "/doelgroepen.json",
        "/een/index.html",
        "/current.json",
        "/definities\\",
        "/assets/stijl.0123456789.css/",
    ])("does not give %s", async (target) => {
        const { status, text } = await visitor.ask(target);
        expect([302, 403, 404]).toContain(status);
        expect(text).not.toMatch(/buiten de publicatie|doelgroep|\[inhoud/);
    });

    it("says what to do about a taken port, an empty site, and a site that may not be open", async () => {
        const port = Number(new URL(served.baseUrl).port);
        await expect(openSite({ site, port })).rejects.toThrow(/al in gebruik/);
        await expect(openSite({ site: path.join(root, "leeg"), port: 0 })).rejects.toThrow(/regiospiegel publish/);
        await writeSite(path.join(root, "echt"), { demo: false });
        await expect(openSite({ site: path.join(root, "echt"), port: 0, open: true })).rejects.toThrow(/--open/);
    });
});

describe("serve of real practices", () => {
    it("lets only those choose an account who have the link that the terminal printed", async () => {
        const real = await openSite({ site: path.join(root, "echt"), port: 0 });
        const stranger = new Visitor(real.baseUrl);
        const closed = await stranger.visit("/toegang/");
        expect([closed.status, closed.text]).toEqual([401, expect.stringContaining("link uit de terminal")]);
        await stranger.visit("/inlogdienst/code/geraden");
        expect((await stranger.visit(`${closed.url}/beheer`)).text).not.toContain("[inhoud");
        const owner = new Visitor(real.baseUrl);
        await owner.visit(real.entrance);
        expect((await owner.signIn("beheer")).text).toContain("[inhoud van /beheer/]");
        await real.close();
    });
});

describe("what serve keeps beside the site", () => {
    it("is for its user alone, and loses sessions that are over when it starts again", async () => {
        expect((await stat(accessFolder(site))).mode & 0o077).toBe(0);
        expect(await readdir(kept("sessies"))).toEqual(["nu.json"]);
    });
});

describe("serve --open", () => {
    it("shows every page of a demo without a login, through the same edge", async () => {
        const guest = new Visitor(open.baseUrl);
        for (const target of ["/coalitie/", "/p/01000002/", "/hagro/hagro-10/values.csv", "/beheer/"])
            expect((await guest.ask(target)).text, target).toContain("[inhoud van /");
        expect((await guest.ask("/p/01000002/../01000001/")).text).not.toContain("[inhoud");
    });

    it("listens on this machine only", async () => {
        const { networkInterfaces } = await import("node:os");
        const outside = Object.values(networkInterfaces())
            .flat()
            .find((one) => one && !one.internal && one.family === "IPv4");
        const address = outside?.address ?? "127.0.0.2";
        // Nobody listens there, so the same port is free.
        const probe = createServer();
        await new Promise<void>((resolve, reject) => {
            probe.once("error", reject).listen(Number(new URL(open.baseUrl).port), address, resolve);
        });
        await new Promise((resolve) => probe.close(resolve));
    });
});
