import { type Html, html } from "../html.ts";
import { type DoorAssets, doorPage } from "./frame.ts";
import { closed, confirm, door, missing, overview, problems, refused, signedOut } from "./nl.ts";

/** A reader with the pages that are theirs. */
export interface Reader {
    name: string;
    pages: { kind: string; title: string; path: string }[];
}

const toStart = { text: door.toStart, href: "/" };
const signIn = { text: door.toSignIn, href: "/toegang/" };

function choices(pages: Reader["pages"], none: string): Html {
    if (pages.length === 0) return html`<p>${none}</p>`;
    return html`<ul class="deuren">${pages.map(({ kind, title, path }) => html`<li><a href="/toegang/openen?naar=${path}"><span class="bovenkop">${overview.kinds[kind] ?? kind}</span><b>${title}</b></a></li>`)}</ul>`;
}

/** The pages of the login function, ready to be given a reader. `minutes` is how long a page stays open. */
export function accessPages(assets: DoorAssets, minutes: number) {
    return {
        overview: ({ name, pages }: Reader): string =>
            doorPage(assets, {
                title: overview.title,
                lead: overview.lead(name),
                body: html`${choices(pages, overview.none)}<p class="noot">${overview.note(minutes)}</p>`,
                actions: [{ text: door.signOut, href: "/toegang/uitloggen", quiet: true }],
                signedIn: true,
            }),
        refused: ({ name, pages }: Reader): string =>
            doorPage(assets, {
                title: refused.title,
                lead: refused.lead(name),
                body: html`${choices(pages, refused.none)}<p class="noot">${refused.ask}</p>`,
                actions: [{ text: refused.other, href: "/toegang/uitloggen", quiet: true }, toStart],
                signedIn: true,
            }),
        confirmSignOut: (token: string): string =>
            doorPage(assets, {
                title: confirm.title,
                lead: confirm.lead,
                actions: [
                    { text: confirm.yes, href: `/toegang/uitloggen?sleutel=${token}` },
                    { text: confirm.no, href: "/toegang/?blijf" },
                ],
            }),
        signedOut: (): string =>
            doorPage(assets, { ...signedOut, actions: [{ text: signedOut.again, href: "/toegang/" }, toStart] }),
        problem: (which: keyof typeof problems, otherAccount?: string | null): string =>
            doorPage(assets, {
                ...problems[which],
                actions: [
                    ...(otherAccount ? [{ text: refused.other, href: otherAccount }] : []),
                    ...(which === "onbekend" || otherAccount ? [] : [signIn]),
                    toStart,
                ],
            }),
    };
}

/** What the edge answers itself: no access (403) and no such page (404). */
export function doorFiles(assets: DoorAssets): { "geweigerd.html": string; "niet-gevonden.html": string } {
    return {
        "geweigerd.html": doorPage(assets, {
            title: closed.title,
            lead: closed.lead,
            after: html`<details class="uitklap"><summary>${closed.why}</summary><ul>${closed.reasons.map((reason) => html`<li>${reason}</li>`)}</ul></details>`,
            actions: [{ text: closed.again, href: "/toegang/", returns: true }, toStart],
        }),
        "niet-gevonden.html": doorPage(assets, {
            ...missing,
            actions: [toStart, { text: door.toPages, href: "/toegang/" }],
        }),
    };
}
