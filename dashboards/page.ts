import { readdir } from "node:fs/promises";
import type { Cells } from "./cells.ts";
import type { Area, AudienceKind, Bundle, Indicator } from "./data.ts";
import { type Content, type Html, html, trusted } from "./html.ts";
import { date } from "./notation.ts";
import { lastDay } from "./period.ts";
import * as say from "./sentences/nl.ts";

/** The machine under pages/: what a page kind must say, and the frame that every page has. */

export interface Audience {
    id: string;
    kind: AudienceKind;
    title: string;
    path: string;
}

/** A bundle as pages look at it. */
export interface View {
    bundle: Bundle;
    cells: Cells;
    /** Where this audience's pages live, with a slash at both ends. */
    root: string;
    /** Files beside the pages that may be downloaded. */
    downloads: string[];
    /** Every audience of the publication; only a demo's start page lists them. */
    audiences: Audience[];
    assets: { style: string; script: string; explorer: string };
    lastDay(period: string): string;
    areas(): Area[];
    /** Where this audience reads more about an indicator; null when it has no such page. */
    indicatorPath(indicator: Indicator): string | null;
}

export interface PageAt {
    path: string;
    /** What the page is about, when a kind has many pages: an indicator or theme id. */
    key?: string;
}

export interface Page {
    title: string;
    /** One sentence for who finds the page in a list. */
    description: string;
    crumbs: { text: string; href?: string }[];
    body: Html;
    /** Extra class on main, for the stylesheet. */
    kind?: string;
    /** A script that only this page needs. */
    script?: string;
}

export interface PageDefinition {
    kinds: AudienceKind[];
    paths(view: View): PageAt[];
    render(view: View, at: PageAt): Page;
}

export interface PageKind extends PageDefinition {
    /** The file name without extension. */
    id: string;
}

function isDefinition(value: unknown): value is PageDefinition {
    return typeof value === "object" && value !== null && "paths" in value && "render" in value && "kinds" in value;
}

/** All page kinds, found by listing pages/; adding a page is adding a file. */
export async function pageKinds(): Promise<PageKind[]> {
    const folder = new URL("./pages/", import.meta.url);
    const files = (await readdir(folder)).filter((name) => name.endsWith(".ts")).sort();
    const kinds: PageKind[] = [];
    for (const file of files) {
        const loaded: { page?: unknown } = await import(new URL(file, folder).href);
        if (!isDefinition(loaded.page))
            throw new Error(`dashboards/pages/${file} heeft geen export "page" met kinds, paths en render.`);
        kinds.push({ ...loaded.page, id: file.slice(0, -3) });
    }
    return kinds;
}

/** The mark before the name. */
export const BRAND = trusted(
    '<svg class="woordmerk" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false"><path d="M9 3v14L2 17Z"/><path class="spiegel" d="M11 3v14l7 0Z"/></svg>',
);

function navigation(view: View): { text: string; href: string }[] {
    const { root } = view;
    const links: Partial<Record<AudienceKind, { text: string; href: string }[]>> = {
        coalitie: [
            { text: say.coalition.board, href: root },
            { text: say.areas.title, href: `${root}#gebieden` },
            { text: say.coalition.indicators, href: `${root}#indicatoren` },
            { text: say.coalition.reconciliation, href: `${root}reconciliatie/` },
            { text: say.changes.menu, href: `${root}wat-veranderde/` },
        ],
        vakgroep: [
            { text: say.vakgroep.overview, href: root },
            { text: say.changes.menu, href: `${root}wat-veranderde/` },
        ],
        gemeente: [
            { text: say.municipality.area, href: `${root}#gebieden` },
            { text: say.coalition.indicators, href: `${root}#indicatoren` },
            { text: say.changes.menu, href: `${root}wat-veranderde/` },
        ],
        hagro: [
            { text: say.hagro.members, href: `${root}#leden` },
            { text: say.vakgroep.overview, href: `${root}#overzicht` },
            { text: say.changes.menu, href: `${root}wat-veranderde/` },
        ],
        adviseur: view.bundle.own
            ? [
                  { text: say.adviser.practices, href: root.replace(/[^/]+\/$/, "") },
                  { text: say.mirror.highlights, href: root },
                  { text: say.mirror.rest, href: `${root}#alles` },
                  { text: say.changes.menu, href: `${root}wat-veranderde/` },
              ]
            : [{ text: say.adviser.practices, href: root }],
        praktijk: [
            { text: say.mirror.highlights, href: root },
            { text: say.mirror.rest, href: `${root}#alles` },
            { text: say.changes.menu, href: `${root}wat-veranderde/` },
        ],
        beheer: [{ text: say.operator.deliveries, href: root }],
        openbaar: [],
    };
    // Nobody logs in to read what is public, and nobody has to look for the way out.
    const door =
        view.bundle.audience.kind === "openbaar"
            ? { text: say.site.signIn, href: "/toegang/" }
            : { text: say.site.signOut, href: "/toegang/uitloggen" };
    const explorer = view.downloads.includes(`${root}values.arrow`)
        ? [{ text: say.explorer.title, href: `${root}verkennen/` }]
        : [];
    const own = [...(links[view.bundle.audience.kind] ?? []), ...explorer];
    return [...own, { text: say.site.definitions, href: "/definities/" }, door];
}

/** The whole document: landmarks, skip link, demo mark, crumbs, footer with publication, release and peildatum. */
export function frame(view: View, page: Page, at: PageAt): string {
    const { publication, audience } = view.bundle;
    const crumbs = page.crumbs.length > 0 ? page.crumbs : [{ text: page.title }];
    const foot: [string, Content][] = [
        [say.site.publication, html`<code>${publication.id}</code>`],
        [say.site.release, publication.release ? html`<code>${publication.release}</code>` : null],
        [say.site.peildatum, publication.peildatum ? date(publication.peildatum) : null],
        [say.site.made, publication.made ? date(publication.made) : null],
    ];
    const downloads = view.downloads.filter((file) => file.startsWith(view.root));
    return html`<!doctype html>
<html lang="${say.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="description" content="${page.description}">
<title>${page.title} · ${say.site.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${view.assets.style}">
<script src="${view.assets.script}" defer></script>${page.script ? html`<script src="${page.script}" defer></script>` : null}
</head>
<body class="publiek-${audience.kind}">
<a class="spring" href="#inhoud">${say.site.skip}</a>
<header class="kop">${publication.demo ? html`<p class="demo">${say.site.demoLong}</p>` : null}<div class="binnen"><a class="merknaam" href="/">${BRAND}${say.site.name}</a><span class="publiek">${audience.kind === "openbaar" ? null : audience.title}</span><nav aria-label="${say.site.nav}"><ul class="menu">${navigation(view).map((link) => html`<li><a href="${link.href}"${link.href === at.path ? html` aria-current="page"` : null}>${link.text}</a></li>`)}</ul></nav></div></header>
<main id="inhoud" class="${page.kind ?? ""}" tabindex="-1">
${at.path === "/" ? null : html`<nav class="kruimels" aria-label="${say.site.crumbs}"><ol><li><a href="/">${say.site.home}</a></li>${crumbs.map((crumb) => html`<li>${crumb.href ? html`<a href="${crumb.href}">${crumb.text}</a>` : html`<span aria-current="page">${crumb.text}</span>`}</li>`)}</ol></nav>`}
${page.body}
</main>
<footer class="voet"><div class="binnen">${downloads.length > 0 ? html`<p class="bestanden">${say.site.download}: ${downloads.map((file, index) => html`${index > 0 ? " · " : null}<a href="${file}" download>${file.split(".").at(-1)?.toUpperCase()}</a>`)} <small>(${say.site.downloadNote})</small></p>` : null}<dl class="colofon">${foot.filter((entry) => entry[1]).map(([term, content]) => html`<div><dt>${term}</dt><dd>${content}</dd></div>`)}</dl><p>${publication.demo ? html`<b>${say.site.demo}.</b> ` : null}${say.site.noBlame}</p></div></footer>
</body>
</html>
`.text;
}

/** A view on a bundle; pure but for what it is given. */
export function viewOf(
    bundle: Bundle,
    cells: Cells,
    site: { audiences: Audience[]; assets: View["assets"]; downloads: string[]; root: string },
): View {
    const { kind } = bundle.audience;
    const areas = areasOf(bundle, cells);
    return {
        bundle,
        cells,
        ...site,
        lastDay,
        areas: () => areas,
        indicatorPath: (indicator) => {
            if (kind === "coalitie") return `${site.root}indicatoren/${indicator.id}/`;
            return kind === "vakgroep" ? `${site.root}${indicator.id}/` : null;
        },
    };
}

/** The areas in the register's order; who lives outside the region comes last. */
function areasOf(bundle: Bundle, cells: Cells): Area[] {
    const known = bundle.catalogue.areas;
    const used = new Set(cells.ids("area"));
    const extra = [...used].filter((id) => !known.some((area) => area.id === id)).sort();
    const all = [...known, ...extra.map((id) => ({ id, name: say.capital(id), predecessors: [] }))];
    return [...all.filter((area) => area.id !== "elders"), ...all.filter((area) => area.id === "elders")].filter(
        (area) => used.has(area.id),
    );
}
