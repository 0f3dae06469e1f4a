import { goalPath } from "../charts/goalpath.ts";
import { yearPace } from "../charts/yearpace.ts";
import type { Goal, Theme } from "../data.ts";
import { goalNow, type PathForm, pathForm } from "../goal.ts";
import { type Content, type Html, html, slug } from "../html.ts";
import { percent, plain, signed, whole } from "../notation.ts";
import * as say from "../sentences/nl.ts";
import { figure } from "./figure.ts";
import { statusMark } from "./status.ts";
import { symbol } from "./symbol.ts";
import { table } from "./table.ts";

/** A value of a goal in its unit; null is null. */
export function goalValue(goal: Goal, value: number | null): string | null {
    if (value === null) return null;
    return goal.unit === "aandeel" ? percent(value, 1) : plain(value);
}

/** Baseline, now and target side by side. */
export function goalNumbers(goal: Goal): Html {
    const { baseline } = goal;
    const now = goalNow(goal);
    const start: Content =
        baseline && baseline.value !== null
            ? html`${goalValue(goal, baseline.value)} <small>${say.goal.when(baseline.period, baseline.year)}${baseline.computed ? html`, ${say.goal.computed}` : null}</small>${restated(goal)}`
            : html`<small>${say.goal.noBaseline}</small>`;
    const covered = goal.now ? say.deliveredOf(goal.now) : null;
    const today: Content =
        now.value !== null
            ? html`${goalValue(goal, now.value)} <small>${say.goal.when(now.period, null)}${covered ? html` · ${covered}` : null}</small>`
            : html`<small>${say.goal.noNow}</small>`;
    const aim: Content = html`<span class="doeltekst">${goal.targetText ?? goalValue(goal, goal.target) ?? say.goal.noTarget}</span> <small>${say.goal.deadline(goal.deadline)}</small>`;
    return html`<dl class="drie"><div><dt>${say.coalition.baseline}</dt><dd>${start}</dd></div><div><dt>${say.coalition.now}</dt><dd>${today}</dd></div><div><dt>${say.coalition.target}</dt><dd>${aim}</dd></div></dl>`;
}

/** What an earlier publication called the baseline, beside what this release makes of it. */
function restated(goal: Goal): Html | null {
    if (!goal.restated) return null;
    const write = (value: number): string => goalValue(goal, value) ?? "";
    const { old, now } = goal.restated;
    // The months may be as they were while the whole year they stand in changed.
    const year = old === goal.baseline?.value ? null : (goal.baseline?.year ?? null);
    return html`<small class="herzien"><span class="merk">${say.goal.restatedMark}</span> ${say.goal.restated(write(old), write(now), year)}</small>`;
}

/** Where a goal stands on a page with many themes. */
export function goalAnchor(theme: Theme, goal: Goal): string {
    return `doel-${slug(theme.id)}-${slug(goal.id)}`;
}

/** The chart of a goal's path on its own, in the form that fits what is counted; null without a path. */
export function goalChart(goal: Goal): Html | null {
    const form = pathForm(goal);
    return form ? chartOf(goal, form) : null;
}

/** The chart of a goal with its finding, words and table. */
export function goalFigure(goal: Goal): Html | null {
    const form = pathForm(goal);
    if (!form) return null;
    const now = goalNow(goal);
    const write = writer(goal);
    const targets = form.targets.map(write);
    return figure({
        id: `pad-${goal.id}`,
        finding: say.goal.pathTitle(
            goalValue(goal, now.value),
            now.period ? say.goal.when(now.period, null) : null,
            targets.length > 0 ? targets.join(" tot ") : null,
        ),
        summary: pathWords(goal, form, write),
        chart: chartOf(goal, form),
        notes: [
            targetOfYear(goal, targets[0]),
            form.kind === "pace" ? say.goal.running : null,
            form.projection ? say.goal.projectionNote : null,
        ],
        twin: table({
            caption: say.goal.pathTable(goal.titel),
            columns: [{ head: say.table.period }, { head: say.table.value, kind: "number" }],
            rows: [
                ...goal.path.map((point) => [
                    say.goal.when(point.period, null),
                    goalValue(goal, point.value) ?? symbol(stateOf(point.state)),
                ]),
                ...(form.projection
                    ? [
                          [
                              say.goal.expectedRow,
                              html`${write(form.projection.value)} <small class="grond">${write(form.projection.low)} – ${write(form.projection.high)}</small>`,
                          ],
                      ]
                    : []),
            ],
        }),
    });
}

/** A target of growth stands on the whole year, and the growth so far on the same months: said where they differ. */
function targetOfYear(goal: Goal, target: string | undefined): string | null {
    const { baseline } = goal;
    if (goal.kind !== "growth" || target === undefined || goal.target === null) return null;
    if (!baseline?.yearValue || baseline.year === null || baseline.yearValue === baseline.value) return null;
    const share = percent(goal.target, 0);
    return say.goal.targetOfYear(target, share, baseline.year, goalValue(goal, baseline.yearValue) ?? "");
}

/** A level of a goal without decimals it does not need. */
function writer(goal: Goal): (value: number) => string {
    if (goal.unit !== "aandeel") return whole;
    return (value) => percent(value, Number.isInteger(Math.round(value * 1e4) / 100) ? 0 : 1);
}

function pathWords(goal: Goal, form: PathForm, write: (value: number) => string): string {
    const { projection } = form;
    const ahead = projection
        ? ` ${say.goal.expected(write(projection.value), write(projection.low), write(projection.high))}`
        : "";
    if (form.kind === "pace") {
        const years = form.years.map((year) => {
            const end = year.totals.at(-1);
            return say.goal.paceYear(year.year, write(end?.value ?? 0), end?.month ?? 0);
        });
        return `${say.goal.paceWords(years)}${ahead}`;
    }
    const shown = form.points.flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }]));
    const [first, last] = [shown[0], shown.at(-1)];
    if (!first || !last) return goal.reason ?? "";
    const point = (one: typeof first): string => `${write(one.value)} in ${say.periodName(one.period)}`;
    return `${say.goal.pathWords(point(first), point(last))}${ahead}`;
}

function stateOf(state: string | null): "suppressed" | "not_delivered" | "not_applicable" {
    return state === "suppressed" || state === "not_delivered" ? state : "not_applicable";
}

function chartOf(goal: Goal, form: PathForm): Html {
    const write = writer(goal);
    const axis = (value: number): string => (goal.unit === "aandeel" ? percent(value, 0) : whole(value));
    const label = `${say.goal.pathFinding(goal)}. ${goal.reason ?? ""}`.trim();
    const targets = form.targets.map((value) => ({ value, text: say.goal.targetLabel(write(value)) }));
    const { projection } = form;
    if (form.kind === "pace")
        return yearPace({ label, years: form.years, targets, projection, write, months: say.shortMonths });
    return goalPath({
        label,
        points: form.points,
        targets,
        baseline: form.baseline,
        now: form.now,
        projection,
        deadline: goal.deadline,
        share: goal.unit === "aandeel",
        write,
        axis,
    });
}

/** What the growth of a goal is made of: all members, the constant panel, and ageing alone. */
export function growthTable(goal: Goal): Html | null {
    const rows: Content[][] = [];
    const line = (name: string, part: Goal["all"]): void => {
        if (part && part.growth !== null)
            rows.push([
                name,
                goalValue(goal, part.baseline) ?? symbol(null),
                goalValue(goal, part.now) ?? symbol(null),
                `${signed(part.growth * 100)}%`,
            ]);
    };
    line(say.goal.all, goal.all);
    line(say.capital(say.goal.panelOf(goal.panel?.practices ?? null)), goal.panel);
    if (goal.ageing !== null) rows.push([say.goal.ageing, null, null, `${signed(goal.ageing * 100)}%`]);
    if (rows.length === 0) return null;
    return table({
        caption: `${goal.titel}: ${say.inSentence(say.goal.growthTable)}`,
        columns: [
            { head: say.goal.change },
            { head: say.coalition.baseline, kind: "number" },
            { head: say.coalition.now, kind: "number" },
            { head: say.goal.growth, kind: "number" },
        ],
        rows,
    });
}

/** One goal on the board, with its theme above it. */
export function goalCard(goal: Goal, theme: Theme, path: string): Html {
    const chart = goalChart(goal);
    return html`<article class="doel" id="${goalAnchor(theme, goal)}"><header><p class="thema"><a href="${path}">${say.coalition.theme(theme)} · ${theme.titel}</a></p>${statusMark(goal.status)}</header><h3>${goal.titel}</h3><p class="reden">${say.capital(goal.reason ?? "")}</p>${goalNumbers(goal)}${chart ? html`<div class="pad">${chart}</div><p class="verder"><a href="${path}#pad-${slug(goal.id)}">${say.goal.inNumbers}<span class="sr">: ${goal.titel}</span></a></p>` : null}</article>`;
}
