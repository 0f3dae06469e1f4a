/** Bytes that decide where fields and lines end. */
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const QUOTE = 34;

/** The fields of one line, quotes taken off. For a header or a single record; the bulk is read by DuckDB. */
export function splitLine(line: string, delimiter: string, quoted: boolean): string[] {
    if (!quoted) return line.split(delimiter);
    const fields: string[] = [];
    let field = "";
    let at = 0;
    while (at <= line.length) {
        if (line[at] === '"' && field === "") {
            const [text, next] = quotedField(line, at + 1);
            field = text;
            at = next;
        }
        const end = line.indexOf(delimiter, at);
        const stop = end === -1 ? line.length : end;
        fields.push(field + line.slice(at, stop));
        field = "";
        if (end === -1) break;
        at = end + 1;
    }
    return fields;
}

function quotedField(line: string, from: number): [string, number] {
    let text = "";
    let at = from;
    for (;;) {
        const quote = line.indexOf('"', at);
        if (quote === -1) return [text + line.slice(at), line.length];
        text += line.slice(at, quote);
        if (line[quote + 1] !== '"') return [text, quote + 1];
        text += '"';
        at = quote + 2;
    }
}
