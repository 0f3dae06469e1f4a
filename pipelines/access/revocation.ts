import type { Store } from "../store.ts";
import type { AuditLog } from "./audit-log.ts";
import { pseudonymOf } from "./claims.ts";
import { type EdgeFacts, turnedAway } from "./edge-facts.ts";

/** Turning somebody away: the login function asks the list at every login and renewal, the edge at every page. */

const keyOf = (pseudonym: string): string => `ingetrokken/${pseudonym}.json`;

export interface RevocationEffects {
    store: Store;
    facts: EdgeFacts;
    audit: AuditLog;
    now: () => Date;
}

/** Takes away (or gives back) all access of one person. `subject` is the `sub` that the log names. */
export async function revoke(
    subject: string,
    effects: RevocationEffects,
    options: { undo?: boolean; by: string },
): Promise<void> {
    const pseudonym = pseudonymOf(subject);
    const at = effects.now().toISOString();
    await effects.audit.write({
        at,
        event: options.undo ? "herstellen" : "intrekken",
        action: "E",
        outcome: 0,
        who: pseudonym,
        subject,
        role: null,
        session: null,
        object: null,
        detail: `door ${options.by}`,
        from: "beheer",
    });
    if (options.undo) {
        await effects.store.delete(keyOf(pseudonym));
        await effects.facts.remove(turnedAway(pseudonym));
        return;
    }
    // The list first: should the edge not answer, then no renewal is given out any more.
    await effects.store.put(keyOf(pseudonym), Buffer.from(`${JSON.stringify({ at })}\n`));
    await effects.facts.set(turnedAway(pseudonym), "0");
}

export async function isRevoked(store: Store, pseudonym: string): Promise<boolean> {
    return (await store.get(keyOf(pseudonym))) !== null;
}
