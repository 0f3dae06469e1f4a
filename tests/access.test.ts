import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AuditRecord, auditSchema } from "../pipelines/access/audit-log.ts";
import { revokeAccess } from "../pipelines/commands/revoke.ts";
import { openSite } from "../pipelines/commands/serve.ts";
import { accessFolder, type LocalSite } from "../pipelines/edge/local-site.ts";
import { AUDIENCES, audiencesText, markOf, writeSite } from "./support/access-site.ts";
import { Visitor } from "./support/visitor.ts";

let root: string;
let site: string;
let served: LocalSite;
/** How far the clock of the site is ahead of the world's. */
let ahead = 0;
const MINUTES = 20;
const minutes = (count: number): number => count * 60_000;

beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "access-"));
    site = join(root, "site");
    await writeSite(site);
    served = await openSite({ site, port: 0, minutes: MINUTES, now: () => new Date(Date.now() + ahead) });
});
afterAll(async () => {
    await served.close();
    await rm(root, { recursive: true, force: true });
});
beforeEach(() => {
    ahead = 0;
});

/** The log in the order in which it was written. */
function log(): AuditRecord[] {
    const folder = join(accessFolder(site), "logboek");
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".json"))
        .sort()
        .map((name) => auditSchema.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))));
}

const signedIn = async (account: string, page?: string): Promise<Visitor> => {
    const visitor = new Visitor(served.baseUrl);
    await visitor.signIn(account, page);
    return visitor;
};

describe("logging in", () => {
    it.each(AUDIENCES.map(({ id, path }) => [id.replaceAll("/", "-"), path]))(
        "%s comes straight to its own pages, and to no others",
        async (account, own) => {
            const visitor = new Visitor(served.baseUrl);
            const arrived = await visitor.signIn(account);
            expect([arrived.status, arrived.url]).toEqual([200, `${served.baseUrl}${own}`]);
            expect(arrived.text).toContain(markOf(own));
            const others = AUDIENCES.filter(({ path }) => path !== own);
            for (const { path } of process.env.PROVE ? others : others.slice(3, 6)) {
                const refused = await visitor.ask(path);
                expect([refused.status, refused.text.includes("[inhoud")], path).toEqual([403, false]);
            }
        },
    );

    it("comes back to the page that was asked for", async () => {
        const visitor = new Visitor(served.baseUrl);
        const arrived = await visitor.signIn("coalitie", "/coalitie/dm_hba1c/");
        expect(arrived.url).toBe(`${served.baseUrl}/coalitie/dm_hba1c/`);
    });

    it("names the reader and their pages when the page asked for is somebody else's, and opens nothing", async () => {
        const visitor = new Visitor(served.baseUrl);
        const refused = await visitor.signIn("coalitie", "/p/01000001/");
        expect(refused.status).toBe(401);
        expect(refused.text).toContain("Regionale zorgcoalitie");
        expect(refused.text).toContain('href="/toegang/openen?naar=/coalitie/"');
        expect(visitor.jar.filter(({ path }) => path.startsWith("/p/"))).toEqual([]);
        expect(log().at(-1)).toMatchObject({
            event: "toegang",
            outcome: 8,
            subject: "coalitie",
            detail: "/p/01000001/",
        });
    });

    it("gives who works in two practices a choice, and a set of cookies for each that is opened", async () => {
        const visitor = new Visitor(served.baseUrl);
        const overview = await visitor.signIn("huisarts-twee-praktijken");
        expect(overview.url).toBe(`${served.baseUrl}/toegang/`);
        const ownCookies = (): string[] =>
            [...new Set(visitor.jar.map(({ path }) => path))].filter((path) => path.startsWith("/p/"));
        expect(ownCookies()).toEqual([]);
        expect((await visitor.visit("/toegang/openen?naar=/p/01000001/")).text).toContain(markOf("/p/01000001/"));
        expect(ownCookies()).toEqual(["/p/01000001/"]);
        expect((await visitor.ask("/p/01000002/")).status).toBe(403);
        expect((await visitor.visit("/toegang/openen?naar=/p/01000002/values.csv")).text).toContain(
            markOf("/p/01000002/"),
        );
        expect(ownCookies()).toEqual(["/p/01000001/", "/p/01000002/"]);
        // Either set is for its own path: swapped they open nothing.
        const first = visitor.cookiesFor(new URL("/p/01000001/", served.baseUrl));
        expect((await visitor.ask("/p/01000002/", { cookies: first })).status).toBe(403);
        expect((await visitor.ask("/p/01000003/", { cookies: first })).status).toBe(403);
    });

    it.each([
        "https://kwaad.example/",
        "//kwaad.example/",
        "/\\kwaad.example/",
        "/p/01000001/%2e%2e/",
        "javascript:alert(1)",
        "/p/01000001/\r\nset-cookie:%20x=y",
    ])("never leads to %j", async (naar) => {
        const visitor = await signedIn("praktijk-01000001");
        const answer = await visitor.ask(`/toegang/openen?naar=${encodeURIComponent(naar)}`);
        expect(answer.headers.location).toBe("/toegang/?blijf");
    });

    it("can be under way in several tabs, is used once, and only in the browser that began it", async () => {
        const visitor = new Visitor(served.baseUrl);
        const [one, two] = [await visitor.visit("/toegang/"), await visitor.visit("/toegang/openen?naar=/beheer/")];
        const linkOf = (text: string): string => /href="([^"]*\/beheer)"/.exec(text)?.[1] ?? "";
        expect((await visitor.visit(linkOf(one.text))).text).toContain(markOf("/beheer/"));
        expect((await visitor.visit(linkOf(two.text))).text).toContain(markOf("/beheer/"));

        // The last hop of a login, kept and used again.
        const third = await new Visitor(served.baseUrl).visit("/toegang/");
        expect(third.status).toBe(200);
        const other = new Visitor(served.baseUrl);
        const begun = await other.visit("/toegang/");
        let hop = await other.ask(linkOf(begun.text));
        while (!hop.headers.location?.includes("/toegang/terug")) hop = await other.ask(String(hop.headers.location));
        const back = hop.headers.location;
        const stranger = new Visitor(served.baseUrl);
        await stranger.visit("/toegang/");
        expect((await stranger.ask(back)).status).toBe(400);
        expect((await other.ask(back)).status).toBe(303);
        const again = await other.ask(back);
        expect([again.status, again.text]).toEqual([400, expect.stringContaining("Het inloggen duurde te lang")]);
    });
});

describe("renewing", () => {
    it("is needed when the time is over, and asks the login service again", async () => {
        const visitor = await signedIn("hagro-hagro-1");
        ahead = minutes(MINUTES) - 5_000;
        expect((await visitor.ask("/hagro/hagro-1/")).status).toBe(200);
        ahead = minutes(MINUTES) + 1_000;
        expect((await visitor.ask("/hagro/hagro-1/")).status).toBe(403);
        const renewed = await visitor.visit("/toegang/openen?naar=/hagro/hagro-1/");
        expect([renewed.status, renewed.url]).toEqual([200, `${served.baseUrl}/hagro/hagro-1/`]);
    });

    it("ends for who lost the role at the login service", async () => {
        const visitor = await signedIn("gemeente-nissewaard");
        const left = AUDIENCES.filter(({ kind }) => kind !== "gemeente");
        await writeFile(join(site, "een/doelgroepen.json"), JSON.stringify({ demo: true, audiences: left }));
        ahead = minutes(MINUTES) + 1_000;
        const renewed = await visitor.visit("/toegang/openen?naar=/gemeente/nissewaard/");
        expect([renewed.status, renewed.text]).toEqual([401, expect.stringContaining("Deze pagina is niet voor u")]);
        // Logging in again helps neither, and leaves a way to become somebody else.
        const again = new Visitor(served.baseUrl);
        again.jar.push(...visitor.jar.filter(({ name }) => name.startsWith("demo-")));
        const refused = await again.visit("/toegang/");
        expect([refused.status, refused.text]).toEqual([401, expect.stringContaining("horen nog geen pagina")]);
        const other = /href="([^"]*\/uitloggen\?[^"]*)"/.exec(refused.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
        expect((await again.visit(other)).url).toBe(`${served.baseUrl}/toegang/uitgelogd`);
        expect((await again.visit("/toegang/")).text).toContain("Kies wie u bent");
        await writeFile(join(site, "een/doelgroepen.json"), audiencesText(true));
    });

    it("ends after a working day, however often access was renewed", async () => {
        const visitor = await signedIn("beheer");
        ahead = minutes(8 * 60 - 5);
        expect((await visitor.visit("/toegang/openen?naar=/beheer/")).text).toContain(markOf("/beheer/"));
        ahead = minutes(8 * 60 + 1);
        expect((await visitor.ask("/beheer/")).status).toBe(403);
        expect((await visitor.ask("/toegang/openen?naar=/beheer/")).headers.location).toContain("/inlogdienst/");
    });
});

describe("turning somebody away", () => {
    it("closes the pages that are open at once, refuses renewals and logins, and can be undone", async () => {
        const visitor = await signedIn("praktijk-01000003");
        const colleague = await signedIn("praktijk-01000002");
        expect((await visitor.ask("/p/01000003/")).status).toBe(200);
        await revokeAccess("praktijk-01000003", { site });
        const closed = await visitor.ask("/p/01000003/");
        expect([closed.status, closed.headers.location]).toEqual([302, "/deur/geweigerd.html?naar=/p/01000003/"]);
        expect((await colleague.ask("/p/01000002/")).status).toBe(200);
        const refused = await visitor.visit("/toegang/openen?naar=/p/01000003/");
        expect([refused.status, refused.text]).toEqual([401, expect.stringContaining("Uw toegang is ingetrokken")]);
        expect((await new Visitor(served.baseUrl).signIn("praktijk-01000003")).status).toBe(401);
        expect(log().some(({ event, subject }) => event === "intrekken" && subject === "praktijk-01000003")).toBe(true);
        await revokeAccess("praktijk-01000003", { site, undo: true });
        expect((await new Visitor(served.baseUrl).signIn("praktijk-01000003")).text).toContain(markOf("/p/01000003/"));
    });
});

describe("logging out", () => {
    const own = { "sec-fetch-site": "same-origin" };

    it("takes the cookies back, ends the session everywhere, and makes copies worthless at once", async () => {
        const visitor = await signedIn("coalitie");
        const copy = visitor.jar.map(({ name, value }) => `${name}=${value}`).join("; ");
        const left = await visitor.visit("/toegang/uitloggen", own);
        expect([left.status, left.url]).toEqual([200, `${served.baseUrl}/toegang/uitgelogd`]);
        expect(visitor.jar.map(({ name }) => name).filter((name) => !/browser|keuze|vervolg/.test(name))).toEqual([]);
        const replayed = await visitor.ask("/coalitie/", { cookies: copy });
        expect([replayed.status, replayed.text.includes("[inhoud")]).toEqual([302, false]);
        expect((await visitor.ask("/toegang/openen?naar=/coalitie/", { cookies: copy })).headers.location).toContain(
            "/inlogdienst/",
        );
        expect((await visitor.visit("/toegang/")).text).toContain("Kies wie u bent");
        expect(log().some(({ event, subject }) => event === "uitloggen" && subject === "coalitie")).toBe(true);
    });

    it("asks first when another site sent the visitor", async () => {
        const visitor = await signedIn("coalitie");
        const asked = await visitor.ask("/toegang/uitloggen", { headers: { "sec-fetch-site": "cross-site" } });
        expect(asked.text).toContain("Wilt u uitloggen?");
        expect((await visitor.ask("/coalitie/")).status).toBe(200);
        expect((await visitor.ask("/toegang/uitloggen?sleutel=geraden")).status).toBe(200);
        const link = /href="(\/toegang\/uitloggen\?sleutel=[^"]*)"/.exec(asked.text)?.[1] ?? "";
        expect((await visitor.visit(link)).url).toBe(`${served.baseUrl}/toegang/uitgelogd`);
        expect((await visitor.ask("/coalitie/")).status).toBe(403);
    });
});

describe("the log", () => {
    it("says who opened whose pages, in which role, when, from where and with what result", async () => {
        const before = new Set(log().map((record) => JSON.stringify(record)));
        const visitor = await signedIn("praktijk-01000001", "/p/01000001/dm_hba1c/");
        await visitor.ask("/p/01000002/");
        const [login, access, page, refused] = log().filter((record) => !before.has(JSON.stringify(record)));
        const who = { who: expect.stringMatching(/^[0-9a-f]{32}$/), from: "127.0.0.1" };
        expect(login).toMatchObject({
            ...who,
            event: "inloggen",
            outcome: 0,
            subject: "praktijk-01000001",
            name: "Praktijk Een",
        });
        expect(access).toMatchObject({
            ...who,
            event: "toegang",
            outcome: 0,
            role: "praktijk",
            object: "/p/01000001/",
        });
        expect(page).toMatchObject({
            who: login?.who,
            session: login?.session,
            event: "pagina",
            action: "R",
            outcome: 0,
            role: "praktijk",
            object: "/p/01000001/",
            detail: "/p/01000001/dm_hba1c/",
        });
        expect(refused).toMatchObject({ who: null, event: "pagina", outcome: 8, detail: "/p/01000002/" });
    });

    it("holds no word that opens anything: no session, cookie, token or code", async () => {
        const visitor = await signedIn("beheer");
        await visitor.ask("/beheer/");
        const text = JSON.stringify(log());
        for (const { value } of visitor.jar) if (value.length > 20) expect(text).not.toContain(value);
        const kept = readdirSync(accessFolder(site), { recursive: true, encoding: "utf8" }).join("\n");
        for (const { value } of visitor.jar) if (value.length > 20) expect(kept).not.toContain(value);
    });
});
