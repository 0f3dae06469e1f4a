import { parseCookie, stringifySetCookie } from "cookie";
import type { Store } from "../store.ts";
import type { AuditLog, AuditRecord } from "./audit-log.ts";
import type { Person } from "./claims.ts";
import { type EdgeSigning, isSecure } from "./edge-cookies.ts";
import type { EdgeFacts } from "./edge-facts.ts";
import type { Issuer } from "./issuer.ts";
import { findSession, type Session } from "./session.ts";

/** What goes into the login function, what comes out, and all that it needs of the world. */

export interface AccessRequest {
    path: string;
    query: URLSearchParams;
    /** The `Cookie` header. */
    cookies: string;
    /** `Sec-Fetch-Site`: whether the visitor came from a page of ours. */
    fetchSite: string | null;
    /** Network address of the visitor. */
    from: string;
}

export interface AccessResponse {
    status: number;
    headers: Record<string, string>;
    /** `Set-Cookie`, one each. */
    cookies: string[];
    body: string;
}

/** A reader as pages greet them. */
export interface Reader {
    name: string;
    pages: { kind: string; title: string; path: string }[];
}

export type Problem = "verlopen" | "geweigerd" | "ingetrokken" | "geen-paginas" | "onbereikbaar" | "onbekend";

/** Makes the pages; handed in, because pages are not of pipelines. */
export interface AccessPages {
    overview(reader: Reader): string;
    /** A page that is not this reader's. */
    refused(reader: Reader): string;
    confirmSignOut(token: string): string;
    signedOut(): string;
    /** `otherAccount`: where to log out of the login service first, for who is known there but may not in here. */
    problem(which: Problem, otherAccount?: string | null): string;
}

export interface AccessEffects {
    /** `https://spiegel.example.nl`, without a slash at its end. */
    baseUrl: string;
    /** How long a set of cookies opens a page. */
    minutes: number;
    signing: EdgeSigning;
    issuer: Issuer;
    store: Store;
    facts: EdgeFacts;
    audit: AuditLog;
    pages: AccessPages;
    /** Names a person's pages as the live publication does, and leaves out those that it does not have. */
    readerOf(person: Person): Promise<Reader>;
    now(): Date;
    /** For the operator's log; says nothing of patients or tokens. */
    report(error: unknown): void;
}

/** Not 403: the distribution puts its own page in the place of every 403, and that one knows no names. */
export const REFUSED = 401;

const HEADERS = { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-store" };

export const page = (status: number, body: string, cookies: string[] = []): AccessResponse => ({
    status,
    headers: { ...HEADERS },
    cookies,
    body,
});

export const redirect = (location: string, cookies: string[] = []): AccessResponse => ({
    status: 303,
    headers: { ...HEADERS, location },
    cookies,
    body: "",
});

/** Bound to this host and to https where there is https (`__Host-`). */
const cookieName = (what: string, baseUrl: string): string =>
    isSecure(baseUrl) ? `__Host-regiospiegel-${what}` : `regiospiegel-${what}`;

export function readCookie(request: AccessRequest, what: "sessie" | "browser", baseUrl: string): string | undefined {
    return parseCookie(request.cookies)[cookieName(what, baseUrl)];
}

/** A cookie for the login function; an empty value takes it away. */
export function writeCookie(what: "sessie" | "browser", value: string, baseUrl: string): string {
    return stringifySetCookie({
        name: cookieName(what, baseUrl),
        value,
        path: "/",
        httpOnly: true,
        sameSite: "lax",
        secure: isSecure(baseUrl),
        ...(value === "" ? { maxAge: 0 } : {}),
    });
}

export function sessionOf(request: AccessRequest, effects: AccessEffects): Promise<Session | null> {
    return findSession(effects.store, readCookie(request, "sessie", effects.baseUrl), effects.now());
}

/** A record of what this request did. */
export function recordOf(
    request: AccessRequest,
    effects: AccessEffects,
    what: Pick<AuditRecord, "event" | "outcome"> & Partial<AuditRecord>,
    person?: Person & { id?: string },
): AuditRecord {
    return {
        at: effects.now().toISOString(),
        action: "E",
        who: person?.pseudonym ?? null,
        ...(person ? { subject: person.subject, name: person.name } : {}),
        role: null,
        session: person?.id ?? null,
        object: null,
        from: request.from,
        ...what,
    };
}
