import { type Html, html } from "../html.ts";
import { BRAND } from "../page.ts";
import { door, language } from "./nl.ts";

/** The files that pages at the door are made with, named after their content. */
export interface DoorAssets {
    style: string;
    script: string;
}

export interface DoorPage {
    title: string;
    lead: string;
    body?: Html | null;
    /** What one can do here. The first stands out, unless the page itself offers something better. */
    actions?: { text: string; href: string; returns?: boolean; quiet?: boolean }[];
    after?: Html;
    signedIn?: boolean;
    banner?: string;
}

/** A page at the door: for who is not in yet, may not enter, or has left. Reads and works without a script. */
export function doorPage(assets: DoorAssets, page: DoorPage): string {
    const { title, lead, body, actions = [], after, signedIn, banner } = page;
    return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · ${door.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets.style}">
<script src="${assets.script}" defer></script>
</head>
<body class="deur">
<a class="spring" href="#inhoud">${door.skip}</a>
<header class="kop">${banner ? html`<p class="demo">${banner}</p>` : null}<div class="binnen"><a class="merknaam" href="/">${BRAND}${door.name}</a><nav aria-label="${door.nav}"><ul class="menu"><li><a href="/definities/">${door.definitions}</a></li>${signedIn ? html`<li><a href="/toegang/uitloggen">${door.signOut}</a></li>` : null}</ul></nav></div></header>
<main id="inhoud" tabindex="-1">
<h1>${title}</h1>
<p class="kernzin">${lead}</p>
${body ?? null}
${actions.length > 0 ? html`<p class="handelingen">${actions.map(({ text, href, returns, quiet }, index) => html`<a class="${index === 0 && !quiet ? "knop" : "knop stil"}" href="${href}"${returns ? html` data-terug` : null}>${text}</a>`)}</p>` : null}
${after ?? null}
</main>
<footer class="voet"><div class="binnen"><p>${door.foot}</p></div></footer>
</body>
</html>
`.text;
}
