import { createHash } from "node:crypto";
import { z } from "zod";
import { type Grant, grantOf } from "./audience-path.ts";

/** Somebody who logged in, with all that they may read. */
export interface Person {
    /** `sub` of the login service: what a log and a revocation name. */
    subject: string;
    /** The same person where no name may stand: in a pass and at the edge. 128 bits, hexadecimal. */
    pseudonym: string;
    name: string;
    grants: Grant[];
}

const words = z.union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/))]);
const identity = z.looseObject({
    sub: z.string().min(1).max(255),
    name: z.string().nullish(),
    email: z.string().nullish(),
});

/**
 * Who the login service says this is. `claim` names the claim that lists audiences (`cognito:groups`): a list, or words with
 * spaces or commas between. Words that name no audience are of other applications and count for nothing.
 */
export function personOf(claims: unknown, claim: string): Person {
    const { sub, name, email } = identity.parse(claims);
    const listed = words.safeParse(z.record(z.string(), z.unknown()).parse(claims)[claim]);
    const named = listed.success ? [...new Set(listed.data)] : [];
    const grants = named.map(grantOf).filter((grant): grant is Grant => grant !== null);
    return { subject: sub, pseudonym: pseudonymOf(sub), name: name || email || sub, grants };
}

/** An installation has one login service, so its `sub` alone tells people apart. */
export function pseudonymOf(subject: string): string {
    return createHash("sha256").update(subject).digest("hex").slice(0, 32);
}
