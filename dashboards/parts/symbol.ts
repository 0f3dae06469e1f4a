import type { Cell } from "../data.ts";
import { type Html, html } from "../html.ts";
import { symbols } from "../sentences/nl.ts";

type Absent = "suppressed" | "not_delivered" | "not_applicable";

const written = (kind: Absent): Html =>
    html`<span class="teken t-${kind}"><span aria-hidden="true">${symbols[kind].sign}</span><span class="sr">${symbols[kind].text}</span></span>`;
const signs: Record<Absent, Html> = {
    suppressed: written("suppressed"),
    not_delivered: written("not_delivered"),
    not_applicable: written("not_applicable"),
};

/** The sign for a value that is not there, with its meaning for who cannot see the sign. */
export function symbol(state: Cell["state"] | null): Html {
    return signs[state === "suppressed" || state === "not_delivered" ? state : "not_applicable"];
}

/** What the signs mean; stands on every page that has values. */
export function legend(): Html {
    const kinds: Absent[] = ["suppressed", "not_delivered", "not_applicable"];
    return html`<p class="legenda"><b>${symbols.legend}</b> ${kinds.map((kind) => html`<span class="uitleg">${symbol(kind)}<span aria-hidden="true">${symbols[kind].long}</span></span> `)}<span class="uitleg">${symbols.zero}</span></p>`;
}
