import type { GoalStatus } from "../data.ts";
import { type Content, type Html, html, trusted } from "../html.ts";
import { statusWords } from "../sentences/nl.ts";

/** A shape for each status, so that the colour is never the only thing that tells. */
const SHAPES: Record<GoalStatus, string> = {
    gehaald: '<circle cx="8" cy="8" r="7"/><path class="wit" d="M4.5 8.3l2.4 2.5 4.6-5.2"/>',
    "op koers": '<path d="M8 1.5 15 14H1Z"/>',
    "te vroeg om te zeggen": '<circle class="open" cx="8" cy="8" r="6"/><path class="open" d="M8 4.5V8l2.5 2"/>',
    "niet op koers": '<path d="M8 14.5 1 2h14Z"/>',
    "niet meetbaar": '<path class="open" d="M3 8h10"/>',
};

const CLASSES: Record<GoalStatus, string> = {
    gehaald: "gehaald",
    "op koers": "koers",
    "te vroeg om te zeggen": "vroeg",
    "niet op koers": "af",
    "niet meetbaar": "zonder",
};

/** The status word with its shape. */
export function statusMark(status: GoalStatus): Html {
    return mark(status, statusWords[status]);
}

/** How many have a status; `brief` leaves its word to the ear, where the shapes are explained nearby. */
export function statusCount(status: GoalStatus, many: number, brief = false): Html {
    const word = statusWords[status];
    return mark(status, html`${many} ${brief ? html`<span class="sr">${word}</span>` : word}`);
}

function mark(status: GoalStatus, text: Content): Html {
    return html`<span class="status s-${CLASSES[status]}">${trusted(`<svg class="vorm" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">${SHAPES[status]}</svg>`)}<span>${text}</span></span>`;
}
