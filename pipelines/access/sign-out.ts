import { createHmac } from "node:crypto";
import { withoutEdgeCookies } from "./edge-cookies.ts";
import { forgetExpired, turnedAway } from "./edge-facts.ts";
import {
    type AccessEffects,
    type AccessRequest,
    type AccessResponse,
    page,
    recordOf,
    redirect,
    sessionOf,
    writeCookie,
} from "./exchange.ts";
import { endSession, type Session } from "./session.ts";

const SIGNED_OUT = "/toegang/uitgelogd";

/**
 * Ends the session here, at the edge and at the login service. Another site must not be able to log somebody out: who does not
 * come from a page of ours is asked first, with a link that only this session has.
 */
export async function signOut(request: AccessRequest, effects: AccessEffects): Promise<AccessResponse> {
    const { baseUrl, store, pages } = effects;
    const session = await sessionOf(request, effects);
    if (!session) return redirect(SIGNED_OUT, [writeCookie("sessie", "", baseUrl)]);
    const token = tokenOf(session, effects);
    if (request.fetchSite !== "same-origin" && request.query.get("sleutel") !== token)
        return page(200, pages.confirmSignOut(token));

    await effects.audit.write(recordOf(request, effects, { event: "uitloggen", outcome: 0 }, session));
    await endSession(store, session);
    await turnAway(session, effects);
    const elsewhere = await signOutElsewhere(session.idToken, effects);
    const cookies = session.opened.flatMap((path) => withoutEdgeCookies(path, baseUrl));
    return redirect(elsewhere ?? SIGNED_OUT, [writeCookie("sessie", "", baseUrl), ...cookies]);
}

/** Where to log out of the login service; null when it has no such place or does not answer. */
export function signOutElsewhere(idToken: string, { baseUrl, issuer, report }: AccessEffects): Promise<string | null> {
    return issuer.signOutUrl(idToken, `${baseUrl}${SIGNED_OUT}`).catch((error: unknown) => {
        report(error);
        return null;
    });
}

/** Copies of the cookies stop working too. Should the edge not hear it, they expire by themselves; logging out goes on. */
async function turnAway(session: Session, effects: AccessEffects): Promise<void> {
    const now = effects.now();
    const until = Math.ceil(now.getTime() / 1000) + effects.minutes * 60;
    try {
        await effects.facts.set(turnedAway(session.id), String(until));
        await forgetExpired(effects.facts, now);
    } catch (error) {
        effects.report(error);
    }
}

const tokenOf = (session: Session, { signing }: AccessEffects): string =>
    createHmac("sha256", signing.passKey.secret).update(`uitloggen ${session.id}`).digest("base64url");
