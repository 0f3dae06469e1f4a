import { createPublicKey, generateKeyPair, randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { audienceAt } from "../access/audience-path.ts";
import { type AuditLog, auditLogIn } from "../access/audit-log.ts";
import { edgeCookies } from "../access/edge-cookies.ts";
import { edgeFactsIn } from "../access/edge-facts.ts";
import type { AccessEffects, AccessPages } from "../access/exchange.ts";
import { type IssuerSettings, openIssuer } from "../access/issuer.ts";
import { livePublication, published, readerOf } from "../access/published.ts";
import { answerAccess } from "../access.ts";
import type { Store } from "../store.ts";
import { DiskStore } from "../stores/disk.ts";
import { type DemoAccount, demoAccounts } from "./demo-accounts.ts";
import { DEMO_ISSUER_PATH, type DemoIssuerOptions, demoIssuer } from "./demo-issuer.ts";
import { openEdge } from "./edge.ts";
import type { FunctionFacts } from "./function-runtime.ts";
import { type Handler, type Listening, listen } from "./serve.ts";

/** Everything together on this machine: the edge, the login function, the demo's login service. */

export interface LocalSite {
    baseUrl: string;
    /** Where one begins. */
    entrance: string;
    accounts(): Promise<DemoAccount[]>;
    close(): Promise<void>;
}

export interface LocalSiteOptions {
    /** Folder of publications. */
    site: string;
    port: number;
    /** Every page without a login. Refused for a site that is no demo. */
    open?: boolean;
    /** Minutes that a page stays open. */
    minutes?: number;
    pages: AccessPages;
    accountPages: DemoIssuerOptions["pages"];
    /** A login service that stands elsewhere, in place of the demo's. */
    issuer?: IssuerSettings;
    /** Files of `/deur/` by their path. */
    door: ReadonlyMap<string, string>;
    now?: () => Date;
    report?: (error: unknown) => void;
}

/** Beside the site, never in it: sessions, the log, who was turned away. */
export const accessFolder = (site: string): string => `${resolve(site)}.toegang`;

/** How long a page stays open here. */
export const MINUTES = 30;

/** Serves the live publication of a folder. Throws one sentence when there is none, or when it may not be open to all. */
export async function serveLocally(options: LocalSiteOptions): Promise<LocalSite> {
    const site = new DiskStore(options.site);
    await checkSite(site, options);
    await mkdir(accessFolder(options.site), { recursive: true, mode: 0o700 });
    const store = new DiskStore(accessFolder(options.site));
    await forgetEnded(store, options.now?.() ?? new Date());
    const code = (await published(site)).demo ? null : randomBytes(16).toString("hex");
    const listening = await listen(options.port);
    try {
        await answer(listening, site, store, { ...options, code });
    } catch (error) {
        await listening.close();
        throw error;
    }
    const accounts = async (): Promise<DemoAccount[]> => demoAccounts(await published(site));
    const entrance = code === null ? "/toegang/" : `${DEMO_ISSUER_PATH}/code/${code}`;
    return { baseUrl: listening.baseUrl, entrance: listening.baseUrl + entrance, accounts, close: listening.close };
}

async function answer(
    listening: Listening,
    site: Store,
    store: Store,
    options: LocalSiteOptions & { code: string | null },
): Promise<void> {
    const { baseUrl } = listening;
    const now = options.now ?? (() => new Date());
    const audit = auditLogIn(store);
    const { signing, keys } = await newKeys();
    const login: { settings: IssuerSettings; handle?: Handler } = options.issuer
        ? { settings: options.issuer }
        : await demoIssuer({
              baseUrl,
              accounts: async () => demoAccounts(await published(site)),
              code: options.code,
              pages: options.accountPages,
          });
    const effects: AccessEffects = {
        baseUrl,
        minutes: options.minutes ?? MINUTES,
        signing,
        issuer: openIssuer(login.settings),
        store,
        facts: edgeFactsIn(store),
        audit,
        pages: options.pages,
        readerOf: (person) => readerOf(person, site),
        now,
        report: options.report ?? (() => {}),
    };
    const edge = await openEdge({
        baseUrl,
        keys,
        facts: localFacts(site, store, signing.passKey),
        file: fileOf(options.site, options.door),
        login: (request) => answerAccess(request, effects),
        audit: options.open ? forgetful : audit,
        now,
        ...(options.open ? { open: (target: string) => cookiesOfAll(target, effects) } : {}),
    });
    listening.answerWith(edge, login.handle && { below: `${DEMO_ISSUER_PATH}/`, handle: login.handle });
}

/** Sessions and attempts that are over; in the cloud the bucket's own rules remove them. */
async function forgetEnded(store: Store, now: Date): Promise<void> {
    for (const prefix of ["sessies/", "pogingen/"]) {
        for (const key of await store.list(prefix)) {
            const [, expires = "0"] =
                /"expires":(\d+)/.exec(Buffer.from((await store.get(key))?.body ?? "").toString()) ?? [];
            if (Number(expires) <= now.getTime()) await store.delete(key);
        }
    }
}

/** The cookies that somebody would hold who may read everything. */
function cookiesOfAll(target: string, effects: AccessEffects): string | null {
    const audience = audienceAt(target);
    if (!audience) return null;
    const until = new Date(effects.now().getTime() + 60_000);
    const cookies = edgeCookies(audience, { w: "iedereen", s: "open" }, until, effects);
    return cookies.map((cookie) => cookie.split(";", 1)[0]).join("; ");
}

/** Without a login there is nobody to write down. */
const forgetful: AuditLog = { write: async () => {} };

async function checkSite(site: Store, options: LocalSiteOptions): Promise<void> {
    if ((await livePublication(site)) === null)
        throw new Error(
            `Site ${options.site}: er is nog geen publicatie (current.json ontbreekt of is onleesbaar); draai eerst 'regiospiegel publish'.`,
        );
    if (options.open && !(await published(site)).demo)
        throw new Error(
            `Site ${options.site} bevat gegevens van echte praktijken en kan niet zonder inloggen open; laat --open weg.`,
        );
}

/** Keys that last as long as this process. */
async function newKeys() {
    const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", {
        modulusLength: 2048,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const keyPairId = `K${randomBytes(6).toString("hex").toUpperCase()}`;
    const passKey = { id: "hier", secret: randomBytes(32).toString("base64url") };
    return { signing: { keyPairId, privateKey, passKey }, keys: new Map([[keyPairId, createPublicKey(publicKey)]]) };
}

/** What the function asks: the pointer of the site, this process's key, and the folder of who was turned away. */
function localFacts(site: Store, store: Store, passKey: { id: string; secret: string }): FunctionFacts {
    const kept = edgeFactsIn(store);
    const find = async (name: string): Promise<string | null> => {
        if (name === "publicatie") return livePublication(site);
        return name === `sleutel.${passKey.id}` ? passKey.secret : kept.get(name);
    };
    return {
        async get(name) {
            const value = await find(name);
            if (value === null) throw new Error(`KeyNotFound ${name}`);
            return value;
        },
        exists: async (name) => (await find(name)) !== null,
    };
}

/** The bucket: publications, and beside them what stands at the door. */
function fileOf(site: string, door: ReadonlyMap<string, string>): (key: string) => Promise<Buffer | null> {
    return async (key) => {
        const text = door.get(`/${key}`);
        if (text !== undefined) return Buffer.from(text);
        return readFile(join(site, key)).catch(() => null);
    };
}
