import type { KeyObject } from "node:crypto";
import { randomUUID } from "node:crypto";
import { parseCookie } from "cookie";
import { RESTRICTED_PATTERNS } from "../access/audience-path.ts";
import type { AuditLog } from "../access/audit-log.ts";
import { auditSchema } from "../access/audit-log.ts";
import type { AccessRequest, AccessResponse } from "../access/exchange.ts";
import { ACCESS_PATH } from "../access.ts";
import { type FunctionFacts, loadFunction, type ViewerRequest, type ViewerValue } from "./function-runtime.ts";
import { isHashedAsset, KEPT, NOT_KEPT } from "./security-headers.ts";
import { hasValidSignedCookies, isMatch } from "./signed-cookies.ts";

/**
 * A CloudFront distribution on this machine, as `infra/` sets the real one up: choose a behaviour, check the signed cookies,
 * run the viewer-request function, ask an origin, put the pages for 403 and 404 in place. It decides; `serve.ts` speaks HTTP.
 */

export interface EdgeRequest {
    method: string;
    /** Path and query exactly as the visitor sent them. */
    target: string;
    cookies: string;
    fetchSite: string | null;
    from: string;
}

export interface EdgeResponse {
    status: number;
    headers: Record<string, string>;
    setCookies: string[];
    body: Buffer;
    /** Name of the file that the body is, for its type; empty when the headers say it. */
    file: string;
}

export interface EdgeSettings {
    baseUrl: string;
    /** The key group. */
    keys: ReadonlyMap<string, KeyObject>;
    facts: FunctionFacts;
    /** The bucket: a file of it, or null. */
    file(key: string): Promise<Buffer | null>;
    login(request: AccessRequest): Promise<AccessResponse>;
    audit: AuditLog;
    now(): Date;
    /** Opens every page without a login: cookies as if the visitor held them. Only for the demo. */
    open?: (target: string) => string | null;
}

export type Edge = (request: EdgeRequest) => Promise<EdgeResponse>;

/** What the distribution puts in the place of an answer of an origin, and of its own refusals. */
const ERROR_PAGES: ReadonlyMap<number, string> = new Map([
    [403, "deur/geweigerd.html"],
    [404, "deur/niet-gevonden.html"],
]);

/** Prepares the edge; it keeps no state of its own. */
export async function openEdge(settings: EdgeSettings): Promise<Edge> {
    const written: string[] = [];
    const viewerRequest = await loadFunction(
        settings.facts,
        (line) => written.push(line),
        () => settings.now().getTime(),
    );
    /** What the function wrote; a real edge ships it to a log by itself. */
    const keepRecords = async (): Promise<void> => {
        for (const line of written.splice(0)) await settings.audit.write(auditSchema.parse(JSON.parse(line)));
    };

    return async (request) => {
        const [path = "", ...query] = request.target.split("?");
        const cookies = settings.open?.(request.target) ?? request.cookies;
        if (isRestricted(path) && !isSigned({ ...request, cookies }, settings)) {
            await settings.audit.write(refusalOf(request, settings));
            return errorPage(403, settings);
        }
        const result = await viewerRequest({
            version: "1.0",
            context: { eventType: "viewer-request", requestId: randomUUID() },
            viewer: { ip: request.from },
            request: viewerRequestOf(request.method, path, query.join("?"), cookies),
        });
        await keepRecords();
        if ("statusCode" in result) return functionAnswer(result.statusCode, result.headers);
        return result.uri.startsWith(ACCESS_PATH)
            ? fromLogin(request, result.uri, query.join("?"), settings)
            : fromFiles(result.uri, path, settings);
    };
}

/** CloudFront matches behaviours against the path with its dots resolved; the raw path must not fall outside either. */
function isRestricted(path: string): boolean {
    const resolved = URL.canParse(path, "http://x") ? new URL(path, "http://x").pathname : path;
    return RESTRICTED_PATTERNS.some((pattern) => isMatch(pattern, path) || isMatch(pattern, resolved));
}

function isSigned({ target, cookies }: EdgeRequest, { baseUrl, keys, now }: EdgeSettings): boolean {
    return hasValidSignedCookies({ url: `${baseUrl}${target}`, cookies, at: now(), keys });
}

const refusalOf = (request: EdgeRequest, settings: EdgeSettings) =>
    ({
        at: settings.now().toISOString(),
        event: "pagina",
        action: "R",
        outcome: 8,
        who: null,
        role: null,
        session: null,
        object: null,
        detail: request.target.slice(0, 200),
        from: request.from,
    }) as const;

function viewerRequestOf(method: string, uri: string, query: string, cookies: string): ViewerRequest {
    const querystring: Record<string, ViewerValue> = {};
    for (const [name, value] of new URLSearchParams(query)) querystring[name] = { value };
    return { method, uri, querystring, headers: {}, cookies: cookiesOf(cookies) };
}

/** Cookies as the function gets them; one that was sent more than once is marked as such. */
function cookiesOf(header: string): Record<string, ViewerValue> {
    const times = new Map<string, number>();
    for (const part of header.split(";")) {
        const name = part.slice(0, Math.max(0, part.indexOf("="))).trim();
        times.set(name, (times.get(name) ?? 0) + 1);
    }
    const cookies: Record<string, ViewerValue> = Object.create(null);
    for (const [name, value = ""] of Object.entries(parseCookie(header, { decode: String })))
        cookies[name] = (times.get(name) ?? 0) > 1 ? { value, multiValue: [{ value }] } : { value };
    return cookies;
}

function functionAnswer(status: number, given: Record<string, { value: string }>): EdgeResponse {
    const headers = Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value]));
    return { status, headers, setCookies: [], body: Buffer.alloc(0), file: "" };
}

async function fromLogin(
    request: EdgeRequest,
    path: string,
    query: string,
    settings: EdgeSettings,
): Promise<EdgeResponse> {
    const { cookies, fetchSite, from } = request;
    const answer = await settings.login({ path, query: new URLSearchParams(query), cookies, fetchSite, from });
    if (ERROR_PAGES.has(answer.status)) return errorPage(answer.status, settings);
    const { status, headers, cookies: setCookies, body } = answer;
    return { status, headers, setCookies, body: Buffer.from(body), file: "" };
}

async function fromFiles(key: string, asked: string, settings: EdgeSettings): Promise<EdgeResponse> {
    const body = await settings.file(key.slice(1));
    if (body === null) return errorPage(404, settings);
    const headers = { "cache-control": isHashedAsset(asked) ? KEPT : NOT_KEPT };
    return { status: 200, headers, setCookies: [], body, file: key };
}

async function errorPage(status: number, settings: EdgeSettings): Promise<EdgeResponse> {
    const file = ERROR_PAGES.get(status) ?? "";
    const body = (await settings.file(file)) ?? Buffer.alloc(0);
    return { status, headers: { "cache-control": NOT_KEPT }, setCookies: [], body, file };
}
