import { createHmac } from "node:crypto";

/** A key that passes are signed with; the edge knows it under the same id. At least 32 signs. */
export interface PassKey {
    id: string;
    secret: string;
}

/** What a pass says; one letter each, because it travels with every request. */
export interface Pass {
    /** The path that it opens. */
    p: string;
    /** Whom: pseudonym of the person. */
    w: string;
    /** Session, as the log names it. */
    s: string;
    /** Role: kind of audience. */
    r: string;
    /** Until when: seconds since 1970. */
    e: number;
}

export const PASS_COOKIE = "regiospiegel-pas";

/** `<key id>.<base64url of the pass>.<HMAC-SHA256>`; `edge/viewer-request.js` reads it. */
export function signPass(pass: Pass, key: PassKey): string {
    const signed = `${key.id}.${Buffer.from(JSON.stringify(pass)).toString("base64url")}`;
    return `${signed}.${createHmac("sha256", key.secret).update(signed).digest("base64url")}`;
}
