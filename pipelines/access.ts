import {
    type AccessEffects,
    type AccessRequest,
    type AccessResponse,
    page,
    redirect,
    sessionOf,
} from "./access/exchange.ts";
import { openPage } from "./access/open-page.ts";
import { beginSignIn, finishSignIn } from "./access/sign-in.ts";
import { signOut } from "./access/sign-out.ts";

/** Everything of the login function lies below this path; all else is static. */
export const ACCESS_PATH = "/toegang/";

/**
 * The login function: who somebody is, which pages are theirs, and the keys to those pages for a short while. Only reads
 * (`GET`): nothing is changed by a form, so no other site can send one. Never throws: what fails is a page that says so.
 */
export async function answerAccess(request: AccessRequest, effects: AccessEffects): Promise<AccessResponse> {
    try {
        switch (request.path) {
            case "/toegang/":
                return await overview(request, effects);
            case "/toegang/openen":
                return await openPage(request, effects);
            case "/toegang/terug":
                return await finishSignIn(request, effects);
            case "/toegang/uitloggen":
                return await signOut(request, effects);
            case "/toegang/uitgelogd":
                return page(200, effects.pages.signedOut());
            default:
                return page(404, effects.pages.problem("onbekend"));
        }
    } catch (error) {
        effects.report(error);
        return page(503, effects.pages.problem("onbereikbaar"));
    }
}

/** What somebody may read. Who has one thing to read goes there at once. */
async function overview(request: AccessRequest, effects: AccessEffects): Promise<AccessResponse> {
    const session = await sessionOf(request, effects);
    if (!session) return beginSignIn(null, request, effects);
    const reader = await effects.readerOf(session);
    const [only, ...others] = reader.pages;
    if (only && others.length === 0 && request.query.get("blijf") === null)
        return redirect(`/toegang/openen?naar=${only.path}`);
    return page(200, effects.pages.overview(reader));
}
