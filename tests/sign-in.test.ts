import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessPages } from "../dashboards/access/pages.ts";
import { type AuditRecord, auditSchema } from "../pipelines/access/audit-log.ts";
import { personOf } from "../pipelines/access/claims.ts";
import { edgeFactsIn } from "../pipelines/access/edge-facts.ts";
import type { AccessEffects, AccessRequest, AccessResponse } from "../pipelines/access/exchange.ts";
import { openIssuer } from "../pipelines/access/issuer.ts";
import { answerAccess } from "../pipelines/access.ts";
import { DiskStore } from "../pipelines/stores/disk.ts";
import { type ForgingIssuer, startForgingIssuer } from "./support/forging-issuer.ts";

let root: string;
let service: ForgingIssuer;
let effects: AccessEffects;
const log: AuditRecord[] = [];
const reported: unknown[] = [];
let logWorks = true;
const baseUrl = "https://spiegel.example.nl";

beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "sign-in-"));
    service = await startForgingIssuer();
    const store = new DiskStore(root);
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    effects = {
        baseUrl,
        minutes: 30,
        signing: {
            keyPairId: "K1",
            privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
            passKey: { id: "k1", secret: "s".repeat(40) },
        },
        issuer: openIssuer({
            issuer: service.url,
            clientId: "regiospiegel",
            clientSecret: service.clientSecret,
            claim: "cognito:groups",
            scope: "openid",
        }),
        store,
        facts: edgeFactsIn(store),
        audit: {
            async write(record) {
                if (!logWorks) throw new Error("vol");
                log.push(auditSchema.parse(record));
            },
        },
        pages: accessPages({ style: "/deur/stijl.css", script: "/deur/terug.js" }, 30),
        readerOf: async ({ name, grants }) => ({
            name,
            pages: grants.map(({ kind, word, path }) => ({ kind, title: word, path })),
        }),
        now: () => new Date(),
        report: (error) => reported.push(error),
    };
});
afterAll(async () => {
    await service.close();
    await rm(root, { recursive: true, force: true });
});
beforeEach(() => {
    log.length = 0;
    reported.length = 0;
    logWorks = true;
});

const cookieOf = (answer: AccessResponse): string => answer.cookies.map((line) => line.split(";", 1)[0]).join("; ");
const ask = (path: string, query: string, cookies = ""): Promise<AccessResponse> => {
    const request: AccessRequest = {
        path,
        query: new URLSearchParams(query),
        cookies,
        fetchSite: null,
        from: "203.0.113.7",
    };
    return answerAccess(request, effects);
};

interface Attempt {
    state: string;
    nonce: string;
    url: URL;
    cookies: string;
}

async function begin(page?: string): Promise<Attempt> {
    const answer = await ask("/toegang/openen", page ? `naar=${page}` : "naar=/coalitie/");
    const url = new URL(answer.headers.location ?? "");
    return {
        state: url.searchParams.get("state") ?? "",
        nonce: url.searchParams.get("nonce") ?? "",
        url,
        cookies: cookieOf(answer),
    };
}

const rightful = (nonce: string): JWTPayload => ({
    iss: service.url,
    aud: "regiospiegel",
    sub: "persoon-1",
    name: "Lid van de coalitie",
    nonce,
    iat: Math.floor(Date.now() / 1000),
    exp: Math.floor(Date.now() / 1000) + 300,
    "cognito:groups": ["coalitie", "andere-toepassing"],
});

/** Comes back from the login service with an ID token. */
async function comeBack(
    attempt: Attempt,
    idToken: string,
    more: Record<string, unknown> = {},
): Promise<AccessResponse> {
    service.tokens = async () => ({
        access_token: "a",
        token_type: "Bearer",
        expires_in: 60,
        id_token: idToken,
        ...more,
    });
    return ask("/toegang/terug", `code=abc&state=${attempt.state}`, attempt.cookies);
}

const opensNothing = (answer: AccessResponse): void => {
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.cookies.filter((line) => /sessie=[^;]|CloudFront|regiospiegel-pas/.test(line))).toEqual([]);
};

describe("the way to the login service", () => {
    it("asks for a code with PKCE, a state and a nonce, each new every time", async () => {
        const [one, two] = [await begin(), await begin()];
        for (const { url } of [one, two]) {
            expect(Object.fromEntries(url.searchParams)).toMatchObject({
                response_type: "code",
                client_id: "regiospiegel",
                redirect_uri: `${baseUrl}/toegang/terug`,
                scope: "openid",
                code_challenge_method: "S256",
            });
            for (const name of ["state", "nonce", "code_challenge"])
                expect(url.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
        }
        for (const name of ["state", "nonce", "code_challenge"])
            expect(one.url.searchParams.get(name)).not.toBe(two.url.searchParams.get(name));
    });

    it("keeps what it must remember out of the browser, but for one word bound to this host", async () => {
        const answer = await ask("/toegang/", "");
        expect(answer.cookies).toEqual([
            expect.stringMatching(/^__Host-regiospiegel-browser=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
        ]);
    });
});

describe("the way back", () => {
    it("begins a session for whom the login service vouches", async () => {
        const attempt = await begin("/coalitie/dm_hba1c/");
        const answer = await comeBack(attempt, await service.sign(rightful(attempt.nonce)));
        expect([answer.status, answer.headers.location]).toEqual([303, "/toegang/openen?naar=/coalitie/dm_hba1c/"]);
        const opened = await ask("/toegang/openen", "naar=/coalitie/dm_hba1c/", cookieOf(answer));
        expect(opened.headers.location).toBe("/coalitie/dm_hba1c/");
        expect(opened.cookies).toHaveLength(5);
        expect(log.map(({ event, outcome, subject, object }) => [event, outcome, subject, object])).toEqual([
            ["inloggen", 0, "persoon-1", null],
            ["toegang", 0, "persoon-1", "/coalitie/"],
        ]);
    });

    const forgeries: [string, (nonce: string) => Promise<string>][] = [
        [
            "signed by another key",
            async (nonce) =>
                new SignJWT(rightful(nonce))
                    .setProtectedHeader({ alg: "RS256", kid: "echt" })
                    .sign((await generateKeyPair("RS256")).privateKey),
        ],
        [
            "signed with the client's secret",
            async (nonce) =>
                new SignJWT(rightful(nonce))
                    .setProtectedHeader({ alg: "HS256" })
                    .sign(Buffer.from(service.clientSecret)),
        ],
        ["not signed", async (nonce) => new UnsecuredJWT(rightful(nonce)).encode()],
        [
            "changed after signing",
            async (nonce) => {
                const [head, , tail] = (await service.sign(rightful(nonce))).split(".");
                return [
                    head,
                    Buffer.from(JSON.stringify({ ...rightful(nonce), "cognito:groups": ["beheer"] })).toString(
                        "base64url",
                    ),
                    tail,
                ].join(".");
            },
        ],
        ["of another issuer", (nonce) => service.sign({ ...rightful(nonce), iss: "https://elders.example.nl" })],
        ["for another client", (nonce) => service.sign({ ...rightful(nonce), aud: "andere-toepassing" })],
        [
            "for two clients without saying which",
            (nonce) => service.sign({ ...rightful(nonce), aud: ["regiospiegel", "andere-toepassing"] }),
        ],
        ["expired", (nonce) => service.sign({ ...rightful(nonce), exp: Math.floor(Date.now() / 1000) - 60 })],
        ["not yet valid", (nonce) => service.sign({ ...rightful(nonce), nbf: Math.floor(Date.now() / 1000) + 600 })],
        ["of another login", () => service.sign(rightful("een-andere-nonce"))],
        ["without a nonce", () => service.sign({ ...rightful(""), nonce: undefined })],
        ["without a subject", (nonce) => service.sign({ ...rightful(nonce), sub: undefined })],
        ["that is no token", async () => "geen.token"],
        ["that is absent", async () => ""],
    ];
    it.each(forgeries)("refuses an ID token %s", async (_what, forge) => {
        const attempt = await begin();
        opensNothing(await comeBack(attempt, await forge(attempt.nonce)));
        expect(log.map(({ event, outcome }) => [event, outcome])).toEqual([["inloggen", 8]]);
    });

    it("refuses another state, another browser, an error of the login service, and a second use", async () => {
        const attempt = await begin();
        const token = await service.sign(rightful(attempt.nonce));
        opensNothing(await comeBack({ ...attempt, state: "x".repeat(43) }, token));
        opensNothing(await comeBack({ ...attempt, cookies: (await begin()).cookies }, token));
        opensNothing(await comeBack({ ...attempt, cookies: "" }, token));
        opensNothing(await ask("/toegang/terug", `error=access_denied&state=${attempt.state}`, attempt.cookies));
        opensNothing(await comeBack(attempt, token));
    });

    it("tells a person without audiences what is missing, and lets words of other applications count for nothing", async () => {
        const attempt = await begin();
        const claims = {
            ...rightful(attempt.nonce),
            "cognito:groups": ["andere-toepassing", "praktijk/*", "beheer/x"],
        };
        const answer = await comeBack(attempt, await service.sign(claims));
        opensNothing(answer);
        expect(answer.body).toContain("horen nog geen pagina");
    });

    it("says that logging in is out of order when the login service does not answer", async () => {
        const away = {
            ...effects,
            issuer: openIssuer({
                issuer: "http://127.0.0.1:1",
                clientId: "x",
                clientSecret: "x",
                claim: "x",
                scope: "openid",
            }),
        };
        const request: AccessRequest = {
            path: "/toegang/",
            query: new URLSearchParams(),
            cookies: "",
            fetchSite: null,
            from: "",
        };
        const answer = await answerAccess(request, away);
        expect([answer.status, answer.body]).toEqual([503, expect.stringContaining("Inloggen kan nu even niet")]);
        expect(reported).toHaveLength(1);
    });
});

describe("what cannot be written down is not opened", () => {
    it("at a login and at the opening of a page", async () => {
        const attempt = await begin();
        const answer = await comeBack(attempt, await service.sign(rightful(attempt.nonce)));
        const session = cookieOf(answer);
        logWorks = false;
        opensNothing(await ask("/toegang/openen", "naar=/coalitie/", session));
        const second = await begin();
        opensNothing(await comeBack(second, await service.sign(rightful(second.nonce))));
    });
});

describe("renewal", () => {
    it("takes the roles that the login service names then, and ends when it vouches no more", async () => {
        const attempt = await begin();
        const answer = await comeBack(attempt, await service.sign(rightful(attempt.nonce)), { refresh_token: "r1" });
        const session = cookieOf(answer);
        let now = Date.now();
        const later: AccessEffects = { ...effects, now: () => new Date(now) };
        const open = (page: string): Promise<AccessResponse> =>
            answerAccess(
                {
                    path: "/toegang/openen",
                    query: new URLSearchParams({ naar: page }),
                    cookies: session,
                    fetchSite: null,
                    from: "",
                },
                later,
            );

        now += 31 * 60_000;
        const roles = { ...rightful(""), nonce: undefined, "cognito:groups": "beheer" };
        service.tokens = async () => ({
            access_token: "a",
            token_type: "Bearer",
            id_token: await service.sign(roles),
            refresh_token: "r2",
        });
        expect((await open("/coalitie/")).status).toBe(401);
        expect((await open("/beheer/")).headers.location).toBe("/beheer/");

        // Somebody else's token, or none, is no renewal.
        now += 31 * 60_000;
        service.tokens = async () => ({
            access_token: "a",
            token_type: "Bearer",
            id_token: await service.sign({ ...roles, sub: "persoon-2" }),
        });
        expect((await open("/beheer/")).headers.location).toContain(service.url);
        service.tokens = async () => ({ error: "invalid_grant" });
        expect((await open("/beheer/")).headers.location).toContain(service.url);
    });
});

describe("claims", () => {
    it("may be a list, or words in one text", () => {
        for (const listed of [
            ["coalitie", "praktijk/01053293", "coalitie"],
            "coalitie praktijk/01053293",
            "coalitie,praktijk/01053293",
        ])
            expect(personOf({ sub: "1", groups: listed }, "groups").grants.map(({ path }) => path)).toEqual([
                "/coalitie/",
                "/p/01053293/",
            ]);
    });

    it.each([undefined, null, 7, {}, [["beheer"]], { beheer: true }])(
        "that list nothing grant nothing: %j",
        (listed) => {
            expect(personOf({ sub: "1", groups: listed }, "groups").grants).toEqual([]);
        },
    );
});
