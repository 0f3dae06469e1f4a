import {
    type AccessEffects,
    type AccessRequest,
    type AccessResponse,
    type Problem,
    page,
    REFUSED,
    readCookie,
    recordOf,
    redirect,
    writeCookie,
} from "./exchange.ts";
import type { Identified } from "./issuer.ts";
import { isRevoked } from "./revocation.ts";
import { newSession, saveSession } from "./session.ts";
import { browserWord, saveAttempt, takeAttempt } from "./sign-in-attempt.ts";
import { signOutElsewhere } from "./sign-out.ts";

/** Sends a visitor to the login service; `wanted` is the page to come back to, a clean one. */
export async function beginSignIn(
    wanted: string | null,
    request: AccessRequest,
    effects: AccessEffects,
): Promise<AccessResponse> {
    const { baseUrl, store, issuer } = effects;
    const { url, state, attempt } = await issuer.begin(`${baseUrl}/toegang/terug`);
    const browser = browserWord(readCookie(request, "browser", baseUrl));
    await saveAttempt(store, state, { ...attempt, page: wanted }, browser, effects.now());
    return redirect(url, [writeCookie("browser", browser, baseUrl)]);
}

/** The visitor comes back: who is it, may they in, and a session begins. */
export async function finishSignIn(request: AccessRequest, effects: AccessEffects): Promise<AccessResponse> {
    const { baseUrl, store, issuer, audit, pages } = effects;
    const refuse = async (status: number, why: Problem, who?: Identified): Promise<AccessResponse> => {
        await audit.write(recordOf(request, effects, { event: "inloggen", outcome: 8, detail: why }, who?.person));
        // Without logging out there, the login service would bring the same person back every time.
        const other = who ? await signOutElsewhere(who.tokens.idToken, effects) : null;
        return page(status, pages.problem(why, other));
    };
    const state = request.query.get("state");
    const attempt = await takeAttempt(store, state, readCookie(request, "browser", baseUrl), effects.now());
    if (!state || !attempt) return refuse(400, "verlopen");

    const returned = new URL(`${baseUrl}/toegang/terug?${request.query}`);
    const identified = await issuer.finish(returned, state, attempt).catch((error: unknown) => {
        // That nobody answered is no refusal.
        if (error instanceof TypeError) throw error;
        effects.report(error);
        return null;
    });
    if (!identified) return refuse(REFUSED, "geweigerd");
    if (await isRevoked(store, identified.person.pseudonym)) return refuse(REFUSED, "ingetrokken", identified);
    if (identified.person.grants.length === 0) return refuse(REFUSED, "geen-paginas", identified);

    const { session, word } = newSession(identified.person, identified.tokens, effects.now());
    await audit.write(recordOf(request, effects, { event: "inloggen", outcome: 0 }, session));
    await saveSession(store, session);
    const next = attempt.page ? `/toegang/openen?naar=${attempt.page}` : "/toegang/";
    return redirect(next, [writeCookie("sessie", word, baseUrl)]);
}
