import type { CLASSES } from "../changes/change.ts";
import type { ShownChange } from "./shown-change.ts";

/** Dutch names of the classes, as pages write them. */
const CLASS_WORDS: Record<(typeof CLASSES)[number], string> = {
    care: "zorg",
    membership: "lidmaatschap",
    ageing: "vergrijzing",
    registration: "registratie of indeling",
    definition: "definitie",
};

const HEADING =
    "\uFEFFindicator;niveau;id;periode_eerder;periode_nu;teller_eerder;noemer_eerder;teller_nu;noemer_nu;oorzaak;teller_oorzaak;noemer_oorzaak\r\n";

/**
 * Every change that an audience may know, one line per part: `;` between, CRLF. A change that is too small to split has one
 * line with cause `niet uitgesplitst`, one without any difference a line with cause `geen`.
 */
export function changesCsv(changes: readonly ShownChange[]): string {
    return HEADING + changes.flatMap(linesOf).join("");
}

function linesOf(change: ShownChange): string[] {
    const { indicator, level, id, from, to, before, after, parts } = change;
    const start = [
        indicator,
        level,
        id,
        from,
        to,
        before.numerator,
        before.denominator,
        after.numerator,
        after.denominator,
    ];
    const line = (...end: (string | number)[]): string =>
        `${[...start.map((cell) => cell ?? ""), ...end].join(";")}\r\n`;
    const whole = [after.numerator - before.numerator, (after.denominator ?? 0) - (before.denominator ?? 0)] as const;
    if (parts === null) return [line("niet uitgesplitst", ...whole)];
    if (parts.length === 0) return [line("geen", ...whole)];
    return parts.map(({ classes, numerator, denominator }) =>
        line(classes.map((name) => CLASS_WORDS[name]).join(" + "), numerator, denominator),
    );
}
