// A letter as HTML that stands on its own, and as plain text. The same sections, in the same order.
import type { Letter, Section } from "./letter-sections.ts";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const safe = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:light-dark(#18212b,#e8e6df);background:light-dark(#fff,#15191e);overflow-wrap:break-word}
h1{overflow-wrap:anywhere}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid light-dark(#dedcd4,#3a4048)}.tabel{overflow-x:auto}
@media print{:root{color-scheme:light}body{margin:0;max-width:none}tr,h2{break-inside:avoid;break-after:auto}h2{break-after:avoid}}`;

/** The whole letter as a page: no script, no request to anybody. */
export function letterHtml(letter: Letter): string {
    return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${safe(letter.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${safe(letter.title)}</h1>
${letterBody(letter)}
</main>
</body>
</html>
`;
}

/** The sections alone, without style, for a page that has its own. */
export function letterBody({ sections }: Letter): string {
    return sections.map(sectionHtml).join("\n");
}

function sectionHtml({ heading, paragraphs, table, list }: Section): string {
    const parts = [`<h2>${safe(heading)}</h2>`, ...paragraphs.map((text) => `<p>${safe(text)}</p>`)];
    if (table) {
        const [heads = [], ...rows] = table;
        const head = heads.map((text) => `<th scope="col">${safe(text)}</th>`).join("");
        const body = rows.map((row) => `<tr>${row.map((text) => `<td>${safe(text)}</td>`).join("")}</tr>`);
        parts.push(
            `<div class="tabel" tabindex="0" role="region" aria-label="${safe(heading)}"><table><thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody></table></div>`,
        );
    }
    if (list && list.length > 0) parts.push(`<ul>\n${list.map((text) => `<li>${safe(text)}</li>`).join("\n")}\n</ul>`);
    return `<section>\n${parts.join("\n")}\n</section>`;
}

const WIDTH = 78;

/** Plain text, at most 78 positions wide: a table becomes one paragraph per row, so that it can be read in any mail. */
export function letterText({ title, sections }: Letter): string {
    const parts = sections.map(({ heading, paragraphs, table, list }) => {
        const [heads = [], ...rows] = table ?? [];
        return [
            `${heading}\n${"-".repeat(heading.length)}`,
            ...paragraphs.map((text) => wrap(text, "")),
            ...rows.map((row) =>
                wrap(row.map((text, at) => (heads[at] ? `${heads[at]}: ${text}` : text)).join(" | "), "  "),
            ),
            ...(list ?? []).map((text) => wrap(text, "- ")),
        ].join("\n\n");
    });
    return `${[`${title}\n${"=".repeat(title.length)}`, ...parts].join("\n\n")}\n`;
}

function wrap(text: string, mark: string): string {
    const lines: string[] = [];
    let line = mark;
    for (const word of text.split(" ")) {
        if (line.length + word.length > WIDTH && line.trim() !== mark.trim()) {
            lines.push(line.trimEnd());
            line = " ".repeat(mark.length);
        }
        line += `${word} `;
    }
    return [...lines, line.trimEnd()].join("\n");
}
