import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseCookie, stringifySetCookie } from "cookie";
import type { Configuration, Interaction, Provider } from "oidc-provider";
import type { IssuerSettings } from "../access/issuer.ts";
import type { DemoAccount } from "./demo-accounts.ts";
import { memoryAdapter } from "./demo-issuer-memory.ts";

/**
 * The login service of `serve`: a real OpenID Connect provider, with accounts that one chooses instead of proving. It exists as
 * long as `serve` runs. Where the pages are of real practices, choosing is for whoever started it: they have a code.
 */

/** Below this path of the local edge. */
export const DEMO_ISSUER_PATH = "/inlogdienst";
const CLIENT = "regiospiegel";
const CLAIM = "regiospiegel";
const SESSION_COOKIE = "demo-sessie";
const CODE_COOKIE = "demo-code";

export interface DemoIssuerOptions {
    baseUrl: string;
    accounts: () => Promise<DemoAccount[]>;
    /** What one must know before one may choose; null for a demo, where everybody may. */
    code: string | null;
    pages: {
        /** Where one chooses. */
        accounts(accounts: (DemoAccount & { href: string })[]): string;
        /** For who does not have the code. */
        closed(): string;
        /** For a choice that comes too late. */
        late(): string;
    };
}

export interface DemoIssuer {
    settings: IssuerSettings;
    handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Starts the login service; it keeps everything in memory. */
export async function demoIssuer(options: DemoIssuerOptions): Promise<DemoIssuer> {
    const issuer = `${options.baseUrl}${DEMO_ISSUER_PATH}`;
    const clientSecret = randomBytes(32).toString("base64url");
    const library = await loadLibrary();
    const provider = new library.Provider(issuer, configuration(options, clientSecret));
    // A koa application that stands below a path: the library finds it in `originalUrl`.
    const answer = provider.callback();

    async function handle(
        request: IncomingMessage & { originalUrl?: string },
        response: ServerResponse,
    ): Promise<void> {
        const target = request.url ?? "/";
        const [step = "", first = "", second = ""] = target.slice(DEMO_ISSUER_PATH.length + 1).split(/[/?]/);
        if (step === "code") return takeCode(first, options, response);
        if (step === "kiezen") return choose(provider, { uid: first, account: second }, options, request, response);
        if (step === "uitloggen") return leave(provider, request, response);
        request.originalUrl = target;
        request.url = target.slice(DEMO_ISSUER_PATH.length) || "/";
        await answer(request, response);
    }
    return {
        settings: { issuer, clientId: CLIENT, clientSecret, claim: CLAIM, scope: "openid" },
        handle,
    };
}

/** Loads the library without its advice to use a newer Node: this use of it is tested on 20.19 as well. */
async function loadLibrary(): Promise<typeof import("oidc-provider")> {
    const channel = globalThis.console;
    const { warn } = channel;
    channel.warn = () => {};
    try {
        return await import("oidc-provider");
    } finally {
        channel.warn = warn;
    }
}

function configuration(options: DemoIssuerOptions, clientSecret: string): Configuration {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return {
        adapter: memoryAdapter(),
        clients: [
            {
                client_id: CLIENT,
                client_secret: clientSecret,
                redirect_uris: [`${options.baseUrl}/toegang/terug`],
                post_logout_redirect_uris: [`${options.baseUrl}/toegang/uitgelogd`],
                grant_types: ["authorization_code", "refresh_token"],
                token_endpoint_auth_method: "client_secret_post",
                id_token_signed_response_alg: "ES256",
            },
        ],
        jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "demo", alg: "ES256", use: "sig" }] },
        cookies: {
            keys: [randomBytes(32).toString("hex")],
            names: { session: SESSION_COOKIE, interaction: "demo-keuze", resume: "demo-vervolg" },
            long: { path: `${DEMO_ISSUER_PATH}/`, httpOnly: true, sameSite: "lax", signed: true },
        },
        claims: { openid: ["sub", "name", CLAIM] },
        conformIdTokenClaims: false,
        pkce: { required: () => true },
        routes: { end_session: "/uitloggen" },
        features: { devInteractions: { enabled: false }, userinfo: { enabled: false } },
        interactions: { url: (_context, interaction) => `${DEMO_ISSUER_PATH}/kiezen/${interaction.uid}` },
        issueRefreshToken: async () => true,
        rotateRefreshToken: false,
        ttl: {
            Session: 8 * 3600,
            Grant: 8 * 3600,
            RefreshToken: 8 * 3600,
            Interaction: 600,
            IdToken: 600,
            AccessToken: 60,
        },
        // Nobody is asked whether Regiospiegel may know who they are: the account is there for nothing else.
        async loadExistingGrant(context) {
            const { client, session, provider } = context.oidc;
            const grant = new provider.Grant({ clientId: client?.clientId ?? "", accountId: session?.accountId ?? "" });
            grant.addOIDCScope("openid");
            await grant.save();
            return grant;
        },
        // Somebody whose pages left the publication is still who they were; they just may read nothing.
        async findAccount(_context, id) {
            const account = (await options.accounts()).find((one) => one.id === id);
            const claims = { sub: id, name: account?.title ?? id, [CLAIM]: account?.words ?? [] };
            return { accountId: id, claims: async () => claims };
        },
        renderError: async (context) => {
            context.type = "html";
            context.body = options.pages.late();
        },
    };
}

/** Shows the accounts; with one chosen, goes on as that account. */
async function choose(
    provider: Provider,
    chosen: { uid: string; account: string },
    { accounts, code, pages }: DemoIssuerOptions,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const show = (status: number, body: string): void => {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.writeHead(status).end(request.method === "HEAD" ? undefined : body);
    };
    if (code !== null && parseCookie(request.headers.cookie ?? "")[CODE_COOKIE] !== code)
        return show(401, pages.closed());
    const under: Interaction | null = await provider.interactionDetails(request, response).catch(() => null);
    if (under?.uid !== chosen.uid) return show(400, pages.late());
    const known = await accounts();
    const account = known.find(({ id }) => id === chosen.account);
    if (account) return provider.interactionFinished(request, response, { login: { accountId: account.id } });
    show(
        200,
        pages.accounts(known.map((one) => ({ ...one, href: `${DEMO_ISSUER_PATH}/kiezen/${chosen.uid}/${one.id}` }))),
    );
}

/** Remembers in this browser that the code is known, and goes on to the login. */
async function takeCode(given: string, { code, baseUrl }: DemoIssuerOptions, response: ServerResponse): Promise<void> {
    if (given === code) response.setHeader("Set-Cookie", demoCookie(CODE_COOKIE, given));
    response.writeHead(303, { Location: `${baseUrl}/toegang/` }).end();
}

const demoCookie = (name: string, value: string): string =>
    stringifySetCookie(name, value, {
        path: `${DEMO_ISSUER_PATH}/`,
        httpOnly: true,
        sameSite: "lax",
        ...(value === "" ? { maxAge: 0 } : {}),
    });

/** Ends the session without asking again, as Cognito does; goes back only to an address that is registered. */
async function leave(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? "";
    const after = new URLSearchParams(target.split("?")[1]).get("post_logout_redirect_uri") ?? "";
    const client = await provider.Client.find(CLIENT);
    const context = provider.createContext(request, response);
    const session = await provider.Session.get(context);
    await session.destroy();
    response.setHeader("Set-Cookie", [demoCookie(SESSION_COOKIE, ""), demoCookie(`${SESSION_COOKIE}.sig`, "")]);
    if (!client?.postLogoutRedirectUriAllowed(after)) {
        response.writeHead(400).end();
        return;
    }
    response.writeHead(303, { Location: after }).end();
}
