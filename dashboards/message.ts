import { standingsOf } from "./assigned.ts";
import { hasValue } from "./cells.ts";
import { findingIn } from "./findings.ts";
import { decideHighlights } from "./highlights.ts";
import type { View } from "./page.ts";
import { attendanceOf } from "./presence.ts";
import * as say from "./sentences/nl.ts";

/** At most so many lines per part of a message; the rest is on the pages. */
const MOST = 8;

/**
 * The message that goes with a publication, as plain text ready to mail: what changed for this audience, in the words of
 * its pages. First line is the subject. Null for an audience without a quarter of figures.
 */
export function messageOf(view: View): string | null {
    const { bundle, cells } = view;
    const period = cells.latest("quarter");
    if (period === null) return null;
    const parts: [string, string[]][] = [
        [say.message.since, sinceBefore(view)],
        ofReader(view),
        [say.message.goals, ofGoals(view)],
    ];
    return [
        say.message.subject(bundle.audience.title, period),
        "",
        say.message.greeting,
        "",
        say.message.ready(period, view.lastDay(period)),
        ...(bundle.publication.demo ? [say.message.demo] : []),
        ...parts
            .filter(([, lines]) => lines.length > 0)
            .flatMap(([title, lines]) => ["", title, ...lines.map((line) => `- ${line}`)]),
        "",
        say.message.where(view.root),
        "",
    ].join("\n");
}

/** A practice reads of itself, an adviser of the practices assigned, others of the region. */
function ofReader(view: View): [string, string[]] {
    const { bundle, cells } = view;
    if (bundle.own) return [say.message.mirror, ofPractice(view, bundle.own.agb)];
    if (bundle.audience.kind === "adviseur")
        return [say.adviser.messageTitle, standingsOf(bundle, cells).map(say.adviser.line)];
    return [say.message.year, ofRegion(view)];
}

function sinceBefore({ bundle: { changes } }: View): string[] {
    if (changes?.state === "compared") return [say.changes.lead(changes)];
    return [changes?.state === "not_comparable" ? say.changes.notComparable : say.changes.first];
}

/** What really differs, as the mirror decides it. */
function ofPractice(view: View, agb: string): string[] {
    const { bundle, cells } = view;
    const { highlights, more, judged, explained } = decideHighlights(bundle, cells, agb);
    const { presence, period } = attendanceOf(bundle, cells, agb);
    const absent = say.mirror.absent(presence, cells.latest("quarter"), period);
    return [
        ...(absent === null ? [] : [absent]),
        ...(absent === null || judged > 0 ? [say.mirror.lead(highlights.length, more, judged, explained.length)] : []),
        ...highlights.map((highlight) => `${say.highlightTitle(highlight)}. ${say.highlightPatients(highlight)}`),
    ];
}

/** Which figures of the region moved in a year, more than chance. */
function ofRegion({ bundle, cells }: View): string[] {
    const moved = bundle.catalogue.indicators.flatMap((indicator) => {
        if (indicator.klasse === "populatie" || (indicator.soort !== "stand" && indicator.soort !== "stroom"))
            return [];
        const line = { indicator: indicator.id, level: "region" as const, id: "regio" };
        const finding = findingIn(bundle, cells, line, cells.latest("quarter"));
        const isMoved = hasValue(finding?.now) && (finding?.change === "more" || finding?.change === "less");
        return isMoved ? [say.trendFinding(indicator, finding)] : [];
    });
    if (moved.length === 0) return [say.message.calm];
    const rest = moved.length - MOST;
    return [...moved.slice(0, MOST), ...(rest > 0 ? [say.message.andMore(rest)] : [])];
}

/** How the goals stand, and those that are not on course by name. */
function ofGoals({ bundle }: View): string[] {
    const goals = bundle.goals.flatMap((theme) => theme.goals);
    if (goals.length === 0) return [];
    const counts = (Object.keys(say.statusWords) as (keyof typeof say.statusWords)[]).flatMap((status) => {
        const many = goals.filter((goal) => goal.status === status).length;
        return many > 0 ? [`${many} ${say.statusWords[status]}`] : [];
    });
    const behind = goals.filter((goal) => goal.status === "niet op koers");
    const rest = behind.length - MOST;
    return [
        `${say.list(counts)}.`,
        ...behind.slice(0, MOST).map((goal) => `${say.goal.pathFinding(goal)}. ${goal.reason ?? ""}`.trim()),
        ...(rest > 0 ? [say.message.andMore(rest)] : []),
    ];
}
