import type { Goal, GoalStatus, Theme } from "../data.ts";
import { type Html, html, slug } from "../html.ts";
import type { View } from "../page.ts";
import * as say from "../sentences/nl.ts";
import { goalAnchor, goalCard } from "./goal.ts";
import { statusCount, statusMark } from "./status.ts";
import { table } from "./table.ts";
import { interventionTable, themePath, themeTable } from "./theme.ts";

/** What asks for attention first. */
const STATUS_ORDER: GoalStatus[] = ["niet op koers", "te vroeg om te zeggen", "op koers", "gehaald", "niet meetbaar"];

interface GoalOfTheme {
    theme: Theme;
    goal: Goal;
}

function byStatus(left: GoalOfTheme, right: GoalOfTheme): number {
    return STATUS_ORDER.indexOf(left.goal.status) - STATUS_ORDER.indexOf(right.goal.status);
}

const goalsOf = (themes: Theme[]): GoalOfTheme[] =>
    themes.flatMap((theme) => theme.goals.map((goal) => ({ theme, goal }))).sort(byStatus);

function tally(goals: GoalOfTheme[]): { status: GoalStatus; many: number }[] {
    return STATUS_ORDER.map((status) => ({
        status,
        many: goals.filter(({ goal }) => goal.status === status).length,
    })).filter((row) => row.many > 0);
}

/** How many goals have which status, one mark each, and nothing where there is no goal. */
function tallyList(goals: GoalOfTheme[], brief = false): Html | null {
    if (goals.length === 0) return null;
    return html`<ul class="telling" aria-label="${say.coalition.statusCaption}">${tally(goals).map(
        ({ status, many }) => html`<li>${statusCount(status, many, brief)}</li>`,
    )}</ul>`;
}

/**
 * The goals of the Koers at a glance: the count of statuses, what is off course, then every table with its goals as cards
 * and its other themes as rows. Interventions stand apart, and themes of no table are folded.
 */
export function goalBoard(view: View): Html {
    const themes = view.bundle.goals;
    if (themes.length === 0) return html`<p>${say.coalition.noGoals}</p>`;
    const goals = goalsOf(themes);
    const koers = themes.filter((theme) => theme.thema !== null);
    const interventions = themes.filter((theme) => theme.thema === null);
    const names = [...new Set(koers.flatMap((theme) => theme.tafel ?? []))].sort((left, right) =>
        left < right ? -1 : 1,
    );
    const loose = koers.filter((theme) => theme.tafel === null);
    return html`<p class="kernzin">${say.coalition.tally(goals.length, koers.length, interventions.length)}</p>
${tallyList(goals)}
<div class="blik">${attention(goals)}${overview(names, koers)}</div>
${names.map((name) =>
    tableSection(
        view,
        name,
        koers.filter((theme) => theme.tafel === name),
    ),
)}
${loose.length > 0 ? looseThemes(view, loose) : null}
${interventions.length > 0 ? toolbox(view, interventions) : null}
<p class="noot">${say.coalition.tableNote}</p>`;
}

/** All goals that are off course; where there are few of those, also some that cannot be told yet. */
function attention(goals: GoalOfTheme[]): Html {
    const off = goals.filter(({ goal }) => goal.status === "niet op koers");
    const early = goals.filter(({ goal }) => goal.status === "te vroeg om te zeggen");
    const named = [...off, ...early.slice(0, Math.max(0, 4 - off.length))];
    const more = off.length + early.length - named.length;
    return html`<section class="eerst" aria-labelledby="aandacht"><h2 id="aandacht">${say.coalition.attention}</h2>${
        off.length === 0 ? html`<p>${say.coalition.noAttention}</p>` : null
    }${
        named.length > 0
            ? html`<ol class="aandachtspunten">${named.map(({ theme, goal }) => html`<li>${statusMark(goal.status)}<a href="#${goalAnchor(theme, goal)}">${goal.titel}</a><span>${say.capital(goal.reason ?? "")}</span><small>${say.coalition.theme(theme)}${theme.tafel ? html` · ${say.inSentence(say.coalition.table(theme.tafel))}` : null}</small></li>`)}</ol>`
            : null
    }${more > 0 ? html`<p class="noot">${say.coalition.attentionMore(more)}</p>` : null}</section>`;
}

/** The tables in one look: a row each, with the goals by status and how far the milestones are. */
function overview(names: string[], koers: Theme[]): Html {
    const rows = [...names, null].flatMap((name) => {
        const themes = koers.filter((theme) => theme.tafel === name);
        if (themes.length === 0) return [];
        const id = name === null ? "tafel-zonder" : `tafel-${slug(name)}`;
        return [
            [
                html`<a href="#${id}">${name === null ? say.coalition.noTable : say.coalition.table(name)}</a>`,
                tallyList(goalsOf(themes), true) ?? say.coalition.noGoalShort,
                say.milestonesDone(themes.flatMap((theme) => theme.milestones)),
            ],
        ];
    });
    return html`<section aria-labelledby="overzicht"><h2 id="overzicht">${say.coalition.overview}</h2>${table({
        caption: say.coalition.overview,
        quiet: true,
        columns: [
            { head: say.coalition.tableColumn },
            { head: say.coalition.goalsColumn },
            { head: say.goal.milestonesDone, kind: "number" },
        ],
        rows,
    })}</section>`;
}

/** Goal cards, what asks for attention first, then the themes that have milestones only. */
function cardsAndRows(view: View, themes: Theme[], name: string): Html {
    const without = themes.filter((theme) => theme.goals.length === 0);
    const goals = goalsOf(themes);
    return html`${
        goals.length > 0
            ? html`<div class="doelen">${goals.map(({ theme, goal }) => goalCard(goal, theme, themePath(view, theme)))}</div>`
            : null
    }${without.length > 0 ? themeTable(view, without, say.coalition.milestoneCaption(name)) : null}`;
}

function tableSection(view: View, name: string, themes: Theme[]): Html {
    const id = `tafel-${slug(name)}`;
    const title = say.coalition.table(name);
    return html`<section class="tafel" aria-labelledby="${id}"><header class="tafelkop"><h2 id="${id}">${title}</h2>${tallyList(goalsOf(themes))}</header>${cardsAndRows(view, themes, title)}</section>`;
}

function looseThemes(view: View, themes: Theme[]): Html {
    const goals = goalsOf(themes);
    const parts = [say.coalition.themeCount(themes.length), say.coalition.goalCount(goals.length)];
    return html`<section class="tafel" aria-labelledby="tafel-zonder"><h2 id="tafel-zonder">${say.coalition.noTable}</h2><details class="groep"><summary><h3>${say.list(parts)}</h3>${tallyList(goals)}</summary><div class="kolom">${cardsAndRows(view, themes, say.coalition.noTable)}</div></details></section>`;
}

function toolbox(view: View, themes: Theme[]): Html {
    return html`<section class="tafel" aria-labelledby="mtvp"><h2 id="mtvp">${say.mtvp.title}</h2><p>${say.mtvp.intro(themes.length)}</p>${interventionTable(view, themes)}</section>`;
}
