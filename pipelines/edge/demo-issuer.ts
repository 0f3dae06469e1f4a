import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { stringifySetCookie } from "cookie";
import type { Configuration, Interaction, Provider } from "oidc-provider";
import type { IssuerSettings } from "../access/issuer.ts";
import type { DemoAccount } from "./demo-accounts.ts";
import { memoryAdapter } from "./demo-issuer-memory.ts";

/**
 * The login service of the demo: a real OpenID Connect provider, with accounts that one chooses instead of proving. It exists
 * as long as `serve` runs and knows nobody else.
 */

/** Below this path of the local edge. */
export const DEMO_ISSUER_PATH = "/inlogdienst";
const CLIENT = "regiospiegel";
const CLAIM = "regiospiegel";
const SESSION_COOKIE = "demo-sessie";

export interface DemoIssuerOptions {
    baseUrl: string;
    accounts: () => Promise<DemoAccount[]>;
    /** The page on which one chooses, and the one for a choice that comes too late. */
    pages: {
        accounts(accounts: (DemoAccount & { href: string })[]): string;
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
    const base = DEMO_ISSUER_PATH;
    const clientSecret = randomBytes(32).toString("base64url");
    const library = await loadLibrary();
    const provider = new library.Provider(issuer, configuration(options, clientSecret, base));
    // A koa application that stands below a path: the library finds it in `originalUrl`.
    const answer = provider.callback();

    async function handle(
        request: IncomingMessage & { originalUrl?: string },
        response: ServerResponse,
    ): Promise<void> {
        const target = request.url ?? "/";
        const [, uid, account] = new RegExp(`^${base}/kiezen/([\\w-]+)(?:/([\\w-]+))?$`).exec(target) ?? [];
        if (uid) return choose(provider, { uid, account }, options, base, request, response);
        if (target.startsWith(`${base}/uitloggen?`)) return leave(provider, base, request, response);
        request.originalUrl = target;
        request.url = target.slice(base.length) || "/";
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

function configuration(options: DemoIssuerOptions, clientSecret: string, base: string): Configuration {
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
            long: { path: `${base}/`, httpOnly: true, sameSite: "lax", signed: true },
        },
        claims: { openid: ["sub", "name", CLAIM] },
        conformIdTokenClaims: false,
        pkce: { required: () => true },
        routes: { end_session: "/uitloggen" },
        features: { devInteractions: { enabled: false }, userinfo: { enabled: false } },
        interactions: { url: (_context, interaction) => `${base}/kiezen/${interaction.uid}` },
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
    chosen: { uid: string; account?: string },
    { accounts, pages }: DemoIssuerOptions,
    base: string,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const show = (status: number, body: string): void => {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.writeHead(status).end(request.method === "HEAD" ? undefined : body);
    };
    const under: Interaction | null = await provider.interactionDetails(request, response).catch(() => null);
    if (under?.uid !== chosen.uid) return show(400, pages.late());
    const known = await accounts();
    const account = known.find(({ id }) => id === chosen.account);
    if (account) return provider.interactionFinished(request, response, { login: { accountId: account.id } });
    show(200, pages.accounts(known.map((one) => ({ ...one, href: `${base}/kiezen/${chosen.uid}/${one.id}` }))));
}

/** Ends the session without asking again, as Cognito does; goes back only to an address that is registered. */
async function leave(
    provider: Provider,
    base: string,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const target = request.url ?? "";
    const after = new URLSearchParams(target.split("?")[1]).get("post_logout_redirect_uri") ?? "";
    const client = await provider.Client.find(CLIENT);
    const context = provider.createContext(request, response);
    const session = await provider.Session.get(context);
    await session.destroy();
    const names = [SESSION_COOKIE, `${SESSION_COOKIE}.sig`];
    response.setHeader(
        "Set-Cookie",
        names.map((name) => stringifySetCookie(name, "", { path: `${base}/`, maxAge: 0, httpOnly: true })),
    );
    if (!client?.postLogoutRedirectUriAllowed(after)) {
        response.writeHead(400).end();
        return;
    }
    response.writeHead(303, { Location: after }).end();
}
