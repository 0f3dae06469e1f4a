import { type Content, type Html, html } from "../html.ts";

export interface Column {
    head: Content;
    /** Numbers stand right and line up; a chart takes the room it needs. */
    kind?: "text" | "number" | "chart" | "wide";
    /** Said before the value where rows are stacked on a narrow screen. */
    short?: string;
}

export interface TableOptions {
    caption: Content;
    columns: Column[];
    /** The first cell of a row is its head. */
    rows: Content[][];
    /** Hide the caption for the eye, because a heading just above says the same. */
    quiet?: boolean;
    /** 'stack' turns rows into blocks on a narrow screen; 'scroll' lets the table slide inside its own box. */
    narrow?: "stack" | "scroll";
    /** Readers may sort by column (only where no named practice is a row). */
    sortable?: boolean;
    kind?: string;
}

/** A data table with caption and scopes; nothing in it depends on a script. */
export function table(options: TableOptions): Html {
    const narrow = options.narrow ?? "scroll";
    const stack = narrow === "stack";
    // Where all but the head of a row is numbers, the table says so once, and not a thousand cells.
    const onlyNumbers = !stack && options.columns.every(({ kind }, index) => (kind === "number") === index > 0);
    const classOf = (column: Column | undefined): Html | null => (onlyNumbers ? null : classOfKind(column));
    const role = (name: string): Html | null => (stack ? html` role="${name}"` : null);
    const head = html`<tr${role("row")}>${options.columns.map(
        (column) => html`<th scope="col"${role("columnheader")}${classOf(column)}>${column.head}</th>`,
    )}</tr>`;
    const body = options.rows.map(
        (row) =>
            html`<tr${role("row")}>${row.map((cell, index) => {
                const column = options.columns[index];
                if (index === 0) return html`<th scope="row"${role("rowheader")}${classOf(column)}>${cell}</th>`;
                const label = stack && column?.short ? html` data-kop="${column.short}"` : null;
                return html`<td${role("cell")}${classOf(column)}${label}>${cell}</td>`;
            })}</tr>`,
    );
    const markup = html`<table class="${["tabel", stack ? "stapel" : options.columns.length <= 4 ? "smal" : "", onlyNumbers ? "getallen" : "", options.kind ?? ""].filter(Boolean).join(" ")}"${role("table")}${options.sortable ? html` data-sorteer` : null}><caption${options.quiet ? html` class="sr"` : null}>${options.caption}</caption><thead${role("rowgroup")}>${head}</thead><tbody${role("rowgroup")}>${body}</tbody></table>`;
    return stack
        ? markup
        : html`<div class="schuif" tabindex="0" role="group" aria-label="${captionText(options.caption)}">${markup}</div>`;
}

const CLASSES = {
    number: html` class="k-number"`,
    chart: html` class="k-chart"`,
    wide: html` class="k-wide"`,
};

/** Text is what a cell holds unless it says otherwise. */
function classOfKind(column: Column | undefined): Html | null {
    return column?.kind === undefined || column.kind === "text" ? null : CLASSES[column.kind];
}

function captionText(caption: Content): string {
    return typeof caption === "string" ? caption : html`${caption}`.text.replace(/<[^>]*>/g, "");
}
