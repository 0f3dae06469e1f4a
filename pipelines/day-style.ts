// How an export may write a day. One row here is one way; formats, the reader, the sniffer and the data package share it.

/** By the name that a layout file and a sender use: DuckDB's form, which is also Frictionless', and what such a text looks like. */
export const DAY_STYLES = {
    "dd-mm-jjjj": { form: "%d-%m-%Y", looks: looks("D-M-Y") },
    "jjjj-mm-dd": { form: "%Y-%m-%d", looks: looks("Y-M-D") },
    jjjjmmdd: { form: "%Y%m%d", looks: /^(1[89]|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$/ },
    "dd/mm/jjjj": { form: "%d/%m/%Y", looks: looks("D/M/Y") },
    "mm/dd/jjjj": { form: "%m/%d/%Y", looks: looks("M/D/Y") },
    "jjjj/mm/dd": { form: "%Y/%m/%d", looks: looks("Y/M/D") },
    "dd.mm.jjjj": { form: "%d.%m.%Y", looks: looks("D\\.M\\.Y") },
    ddmmjjjj: { form: "%d%m%Y", looks: /^(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])(1[89]|20)[0-9]{2}$/ },
} as const;

export type DayStyle = keyof typeof DAY_STYLES;

export const dayStyles = Object.keys(DAY_STYLES) as DayStyle[];

/** A time behind a day, as exports of databases have it; where a layout declares `times` it is left off. */
export const TIME_BEHIND = /[ T][0-2]?[0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?(Z|[+-][0-2][0-9]:?[0-5][0-9])?$/;

function looks(order: string): RegExp {
    const parts = { D: "(0?[1-9]|[12][0-9]|3[01])", M: "(0?[1-9]|1[0-2])", Y: "(1[89]|20)[0-9]{2}" };
    return new RegExp(`^${order.replace(/[DMY]/g, (part) => parts[part as keyof typeof parts])}$`);
}
