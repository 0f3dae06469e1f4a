import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Store } from "../store.ts";
import { type Grant, grantOf } from "./audience-path.ts";
import type { Person } from "./claims.ts";

/**
 * Who is logged in. The browser holds a random word, the store what it stands for, under the word's hash: whoever can list the
 * store cannot log in with what it reads, and logging out ends a session for every copy of the cookie.
 */

/** A working day; after it one logs in again, however often access was renewed. */
const LONGEST_SESSION_MS = 8 * 3600 * 1000;

const sessionSchema = z.strictObject({
    subject: z.string(),
    pseudonym: z.string(),
    name: z.string(),
    words: z.array(z.string()),
    /** When the login service last said so. */
    askedAt: z.number(),
    expires: z.number(),
    idToken: z.string(),
    refreshToken: z.string().nullable(),
    /** Paths that were opened, so that logging out can close them. */
    opened: z.array(z.string()),
});

export interface Session extends Person {
    /** Public name of the session, for the log and for passes. */
    id: string;
    askedAt: number;
    expires: number;
    idToken: string;
    refreshToken: string | null;
    opened: string[];
}

const idOf = (word: string): string => createHash("sha256").update(word).digest("hex").slice(0, 32);
const keyOf = (id: string): string => `sessies/${id}.json`;

/** What a person got from the login service, besides who they are. */
export interface Tokens {
    idToken: string;
    refreshToken: string | null;
}

/** A new session; `word` is for the browser alone. */
export function newSession(person: Person, tokens: Tokens, now: Date): { session: Session; word: string } {
    const word = randomBytes(32).toString("base64url");
    const askedAt = now.getTime();
    const session = {
        ...person,
        ...tokens,
        id: idOf(word),
        askedAt,
        expires: askedAt + LONGEST_SESSION_MS,
        opened: [],
    };
    return { session, word };
}

export async function saveSession(store: Store, session: Session): Promise<void> {
    const { id, grants, ...kept } = session;
    const text = JSON.stringify({ ...kept, words: grants.map(({ word }) => word) });
    await store.put(keyOf(id), Buffer.from(text));
}

/** The session that a word stands for; null when it does not exist, is over or cannot be read. */
export async function findSession(store: Store, word: string | undefined, now: Date): Promise<Session | null> {
    if (!word || !/^[A-Za-z0-9_-]{43}$/.test(word)) return null;
    const id = idOf(word);
    const stored = await store.get(keyOf(id));
    if (!stored) return null;
    const read = sessionSchema.safeParse(JSON.parse(Buffer.from(stored.body).toString("utf8")));
    if (!read.success || read.data.expires <= now.getTime()) return null;
    const { words, ...rest } = read.data;
    return { ...rest, id, grants: words.map(grantOf).filter((grant): grant is Grant => grant !== null) };
}

export async function endSession(store: Store, session: Session): Promise<void> {
    await store.delete(keyOf(session.id));
}
