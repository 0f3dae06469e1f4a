import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Store } from "../store.ts";

/**
 * A login that is under way: begun here, finished when the login service sends the visitor back. Kept by its `state`, bound to
 * the browser that began it by a cookie, and used once. Several tabs may be under way at the same time.
 */

const LONGEST_ATTEMPT_MS = 10 * 60 * 1000;

const attemptSchema = z.strictObject({
    nonce: z.string(),
    verifier: z.string(),
    /** The page to return to. */
    page: z.string().nullable(),
    /** Hash of the browser's word. */
    browser: z.string(),
    expires: z.number(),
});
export type SignInAttempt = z.infer<typeof attemptSchema>;

const hash = (word: string): string => createHash("sha256").update(word).digest("hex");
const keyOf = (state: string): string => `pogingen/${hash(state)}.json`;
const isWord = (word: string | undefined): word is string => word !== undefined && /^[A-Za-z0-9_-]{20,128}$/.test(word);

/** The word that binds attempts to this browser: the one that it holds already, or a new one. */
export const browserWord = (held: string | undefined): string =>
    isWord(held) ? held : randomBytes(32).toString("base64url");

export async function saveAttempt(
    store: Store,
    state: string,
    attempt: Omit<SignInAttempt, "browser" | "expires">,
    browser: string,
    now: Date,
): Promise<void> {
    const kept: SignInAttempt = { ...attempt, browser: hash(browser), expires: now.getTime() + LONGEST_ATTEMPT_MS };
    await store.put(keyOf(state), Buffer.from(JSON.stringify(kept)));
}

/** Takes an attempt out, for the browser that began it; null when there is none, it is too old, or was used before. */
export async function takeAttempt(
    store: Store,
    state: string | null,
    browser: string | undefined,
    now: Date,
): Promise<SignInAttempt | null> {
    if (!state || !isWord(state) || !isWord(browser)) return null;
    const stored = await store.get(keyOf(state));
    if (!stored) return null;
    const attempt = attemptSchema.parse(JSON.parse(Buffer.from(stored.body).toString("utf8")));
    if (attempt.browser !== hash(browser) || attempt.expires <= now.getTime()) return null;
    // Of two that come back with the same state only one may go on.
    if (!(await store.putIfAbsent(`${keyOf(state)}.gebruikt`, Buffer.from("")))) return null;
    return attempt;
}
