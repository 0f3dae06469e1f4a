import { type Html, html } from "../html.ts";
import { type DoorAssets, doorPage } from "./frame.ts";
import { demo, door, overview } from "./nl.ts";

/** An account of the demo's login service, as a visitor chooses it. */
export interface Account {
    id: string;
    title: string;
    /** Kind of audience; null for who has several roles. */
    kind: string | null;
    text?: string;
    href: string;
}

/** More accounts of one kind than this are folded. */
const MANY = 6;

const choice = ({ id, title, kind, text, href }: Account): Html =>
    html`<li><a href="${href}"><span class="bovenkop">${kind ? (overview.kinds[kind] ?? kind) : demo.several}</span><b>${title}</b><small>${text ?? demo.texts[kind ?? ""] ?? ""}</small><code>${id}</code></a></li>`;

/** Where a visitor of the demo says who they are. */
export function accountsPage(assets: DoorAssets, accounts: Account[]): string {
    const kinds = [...new Set(accounts.map(({ kind }) => kind))];
    const of = (kind: string | null): Account[] => accounts.filter((account) => account.kind === kind);
    const shown = kinds.flatMap((kind) => (of(kind).length > MANY ? of(kind).slice(0, 1) : of(kind)));
    const folded = kinds.filter((kind) => of(kind).length > MANY);
    return doorPage(assets, {
        title: demo.title,
        lead: demo.lead,
        banner: demo.banner,
        body: html`<ul class="deuren">${shown.map(choice)}</ul>${folded.map((kind) => html`<details class="uitklap"><summary>${kind === "praktijk" ? demo.practices(of(kind).length) : `${overview.kinds[kind ?? ""] ?? kind} (${of(kind).length})`}</summary><ul class="kolommen">${of(kind).map(({ title, href }) => html`<li><a href="${href}">${title}</a></li>`)}</ul></details>`)}`,
    });
}

/** For who does not have the code that the terminal printed. */
export function closedChoicePage(assets: DoorAssets): string {
    return doorPage(assets, { title: demo.closed, lead: demo.closedLead, banner: demo.banner });
}

/** When a choice comes too late. */
export function lateChoicePage(assets: DoorAssets): string {
    return doorPage(assets, {
        title: demo.failed,
        lead: demo.failedLead,
        banner: demo.banner,
        actions: [{ text: door.toSignIn, href: "/toegang/" }],
    });
}
