import { type Grant, grantFor, isCleanPage } from "./audience-path.ts";
import { edgeCookies } from "./edge-cookies.ts";
import {
    type AccessEffects,
    type AccessRequest,
    type AccessResponse,
    page,
    REFUSED,
    recordOf,
    redirect,
    sessionOf,
    writeCookie,
} from "./exchange.ts";
import { isRevoked } from "./revocation.ts";
import { endSession, type Session, saveSession } from "./session.ts";
import { beginSignIn } from "./sign-in.ts";
import { signOutElsewhere } from "./sign-out.ts";

const JUST_ASKED_MS = 60_000;

/**
 * Opens one audience's pages for a short while and goes to the page asked for: after logging in, and again whenever the time is
 * over. One audience at a time: what is not read is not opened, and the log says whose pages were.
 */
export async function openPage(request: AccessRequest, effects: AccessEffects): Promise<AccessResponse> {
    const { store, audit, pages } = effects;
    const asked = request.query.get("naar");
    const wanted = asked !== null && isCleanPage(asked) ? asked : null;
    const known = await sessionOf(request, effects);
    if (!known) return beginSignIn(wanted, request, effects);
    if (wanted === null) return redirect("/toegang/?blijf");

    const session = await withFreshGrants(known, effects);
    if (session === "unknown") {
        await endSession(store, known);
        return beginSignIn(wanted, request, effects);
    }
    if (await isRevoked(store, session.pseudonym)) {
        await audit.write(recordOf(request, effects, { event: "toegang", outcome: 8, detail: "ingetrokken" }, session));
        await endSession(store, session);
        const other = await signOutElsewhere(session.idToken, effects);
        return page(REFUSED, pages.problem("ingetrokken", other), [writeCookie("sessie", "", effects.baseUrl)]);
    }
    const grant = grantFor(session.grants, wanted);
    if (!grant) {
        await audit.write(recordOf(request, effects, { event: "toegang", outcome: 8, detail: wanted }, session));
        return page(REFUSED, pages.refused(await effects.readerOf(session)));
    }
    return withCookies(grant, wanted, session, request, effects);
}

async function withCookies(
    grant: Grant,
    wanted: string,
    session: Session,
    request: AccessRequest,
    effects: AccessEffects,
): Promise<AccessResponse> {
    // Written before anything is given out: what cannot be logged is not opened.
    const what = { event: "toegang", outcome: 0, role: grant.kind, object: grant.path, detail: wanted } as const;
    await effects.audit.write(recordOf(request, effects, what, session));
    await saveSession(effects.store, { ...session, opened: [...new Set([...session.opened, grant.path])] });
    const until = new Date(Math.min(effects.now().getTime() + effects.minutes * 60_000, session.expires));
    const holder = { w: session.pseudonym, s: session.id };
    return redirect(wanted, edgeCookies(grant, holder, until, effects));
}

/** The login service is asked again at every opening, unless it has just spoken: whoever loses a role there keeps it here for no longer than cookies last. */
async function withFreshGrants(session: Session, effects: AccessEffects): Promise<Session | "unknown"> {
    const now = effects.now().getTime();
    if (now - session.askedAt < JUST_ASKED_MS) return session;
    const again = await effects.issuer.askAgain(session, session);
    if (!again) return "unknown";
    const fresh = { ...session, ...again.person, ...again.tokens, askedAt: now };
    await saveSession(effects.store, fresh);
    return fresh;
}
