import type { Indicator } from "../data.ts";
import { grouped } from "../groups.ts";
import { html } from "../html.ts";
import * as say from "../sentences/nl.ts";
import { type Controls, controlsIn } from "./controls.ts";
import { csvOfRows, save, standaloneSvg } from "./files.ts";
import { type PageData, whole } from "./page-data.ts";
import { arrowOfRows, type Published, readPublished } from "./published.ts";
import { offerOf, readWishes, type Selection, settle, type Wishes, writeSelection } from "./selection.ts";
import { type NameOf, type Shown, shownOf } from "./shown.ts";

/** The explorer: the published file is read once, every choice is made from it, and the address says what is chosen. */
async function explore(page: HTMLElement): Promise<void> {
    const data = JSON.parse(page.dataset.gegevens ?? "") as PageData;
    const rank = new Map(data.names.map(({ level, id }, index) => [`${level}\t${id}`, index]));
    const published = readPublished(
        await bytesOf(data.arrow),
        ({ level, id }) => rank.get(`${level}\t${id}`) ?? data.names.length,
    );
    const indicators = grouped(data.indicators.filter(({ id }) => published.indicators.has(id)).map(whole)).flatMap(
        (group) => group.indicators,
    );
    const nameOf = namesOf(data);
    page.innerHTML = frame();
    const part = <Part extends Element>(query: string): Part => page.querySelector(query) as Part;
    const controls: Controls = controlsIn(part("form"), {
        published,
        indicators,
        nameOf,
        changed: () => turn(controls.wishes()),
    });
    const order = indicators.map(({ id }) => id);
    let now: { selection: Selection; shown: Shown } | null = null;

    const turn = (wishes: Wishes): void => {
        const selection = settle(published, order, wishes);
        const indicator = indicators.find(({ id }) => id === selection.indicator) as Indicator;
        const shown = shownOf(published, indicator, selection, nameOf);
        now = { selection, shown };
        controls.show(selection, offerOf(published, selection));
        part("h2").textContent = shown.finding;
        part(".samenvatting").textContent = shown.summary;
        part(".tekening").innerHTML = (shown.chart ?? html`<p class="noot">${say.explorer.noChart}</p>`).text;
        part(".tweeling > div").innerHTML = shown.twin.text;
        part<HTMLAnchorElement>(".naar-definitie").href = `/definities/${indicator.id}/`;
        part<HTMLButtonElement>('[data-bewaar="svg"]').disabled = shown.chart === null;
        history.replaceState(null, "", writeSelection(selection));
    };
    turn(readWishes(location.hash));
    addEventListener("hashchange", () => turn(readWishes(location.hash)));

    part("[data-kopieer]").addEventListener("click", () => copyLink(part(".melding"), part(".koppeling")));
    for (const button of page.querySelectorAll<HTMLButtonElement>("[data-bewaar]"))
        button.addEventListener("click", async () => {
            if (now === null) return;
            try {
                await keep(button.dataset.bewaar ?? "", { ...now, data, published, page });
            } catch (error) {
                part(".melding").textContent = error instanceof Error ? error.message : String(error);
            }
        });
}

async function bytesOf(path: string): Promise<Uint8Array> {
    const answer = await fetch(path);
    if (!answer.ok || answer.redirected) throw new Error(say.explorer.noFile);
    return new Uint8Array(await answer.arrayBuffer());
}

function namesOf({ names }: PageData): NameOf {
    const known = new Map(names.map(({ level, id, name }) => [`${level}\t${id}`, name]));
    return ({ level, id, stratum }) => {
        const name = level === "region" ? say.table.region : (known.get(`${level}\t${id}`) ?? say.capital(id));
        return stratum === null ? name : say.explorer.part(name, stratum);
    };
}

function frame(): string {
    return html`<div class="verkenner"><form class="kiezer" aria-label="${say.explorer.choose}"></form><figure class="grafiek" aria-labelledby="gezien"><figcaption><h2 id="gezien"></h2><p class="samenvatting" role="status"></p></figcaption><div class="tekening"></div><div class="bewaren"><button type="button" data-kopieer>${say.explorer.copy}</button><button type="button" data-bewaar="svg">${say.explorer.svg}</button><button type="button" data-bewaar="csv">${say.explorer.csv}</button><button type="button" data-bewaar="arrow">${say.explorer.arrow}</button><a class="naar-definitie" href="/definities/">${say.explorer.definition}</a></div><p class="melding noot" role="status"></p><label class="koppeling" hidden><span>${say.explorer.link}</span><input type="text" readonly></label><details class="tweeling" open><summary>${say.site.asTable}</summary><div></div></details></figure></div>`
        .text;
}

/** Where the browser does not let a page copy, the link is there to be copied by hand. */
async function copyLink(message: HTMLElement, byHand: HTMLElement): Promise<void> {
    try {
        await navigator.clipboard.writeText(location.href);
        byHand.hidden = true;
        message.textContent = say.explorer.copied;
    } catch {
        const field = byHand.querySelector("input") as HTMLInputElement;
        byHand.hidden = false;
        field.value = location.href;
        field.focus();
        field.select();
        message.textContent = say.explorer.byHand;
    }
}

/** What is shown, as a file. */
async function keep(
    form: string,
    {
        selection,
        shown,
        data,
        published,
        page,
    }: { selection: Selection; shown: Shown; data: PageData; published: Published; page: HTMLElement },
): Promise<void> {
    const name = [selection.indicator, selection.period ?? selection.kind].join("-");
    const source = say.explorer.source(data.publication);
    if (form === "csv") {
        const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await bytesOf(data.csv));
        save(`${name}.csv`, csvOfRows(text, shown.rows, published.table.numRows), "text/csv");
    } else if (form === "arrow") {
        const bytes = arrowOfRows(published.table, shown.rows);
        save(`${name}.arrow`, new Uint8Array(bytes), "application/vnd.apache.arrow.file");
    } else {
        const drawing = page.querySelector<SVGSVGElement>(".tekening svg");
        if (drawing) save(`${name}.svg`, standaloneSvg(drawing, shown.finding, shown.summary, source), "image/svg+xml");
    }
}

const page = document.getElementById("verkenner");
if (page)
    explore(page).catch((error: unknown) => {
        const told = document.createElement("p");
        told.setAttribute("role", "alert");
        told.className = "let-op";
        told.textContent = error instanceof Error ? error.message : String(error);
        page.prepend(told);
    });
