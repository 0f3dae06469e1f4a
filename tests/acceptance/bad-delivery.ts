import { type Files, zipped } from "./small-deliveries.ts";

export const PRACTICE = "01000101";
export const SECOND_PRACTICE = "01000202";

/** A delivery that must be refused: why, by which code, and what must never be repeated. */
export interface BadDelivery {
    why: string;
    codes: readonly string[];
    name: string;
    content: Uint8Array | Files;
    secrets?: readonly string[];
}

let number = 1;

/** A name of its own for each, so that one run can hold them all: the volgnr counts on. */
export function named(layout: string, sender = PRACTICE, extension = ".zip"): string {
    number += 1;
    return `${layout}_${sender}_20240630_${number}${extension}`;
}

/** A zip in the layout `his-lang` with these files. */
export function lang(
    why: string,
    code: string | readonly string[],
    files: Files,
    secrets?: readonly string[],
): BadDelivery {
    const codes = typeof code === "string" ? [code] : code;
    return {
        why,
        codes,
        name: named("his-lang"),
        content: zipped(files),
        ...(secrets === undefined ? {} : { secrets }),
    };
}

/** The files with one of them changed; an error where the change changes nothing. */
export function changed(files: Files, name: string, change: (text: string) => string): Files {
    const content = files[name];
    if (typeof content !== "string" || change(content) === content) {
        throw new Error(`nothing to change in ${name}`);
    }
    return { ...files, [name]: change(content) };
}

/** The files less one. */
export function without(files: Files, name: string): Files {
    return Object.fromEntries(Object.entries(files).filter(([file]) => file !== name));
}

/** The file with a column more; the values go round. */
export function withColumn(files: Files, name: string, column: string, values: readonly string[]): Files {
    return changed(files, name, (text) =>
        text
            .split("\r\n")
            .map((line, index) =>
                line === "" ? "" : `${line};${index === 0 ? column : values[(index - 1) % values.length]}`,
            )
            .join("\r\n"),
    );
}
