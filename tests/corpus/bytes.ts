import { bytesOf, type Files, hisJournal } from "../acceptance/small-deliveries.ts";
import { type BadDelivery, type Layout, MARKER, spoiled } from "./case.ts";
import { GOOD } from "./files-and-columns.ts";

/** Bytes that no text of a layout holds, put into the second line of every file of every layout. */
export function bytes(): BadDelivery[] {
    const cases: BadDelivery[] = [];
    for (const [layout, files] of GOOD) {
        for (const name of Object.keys(files)) {
            for (const [title, wrong, code] of spoils(layout)) {
                const text = bytesOf(String(files[name]));
                const at = text.indexOf(10) + 1;
                const content = Buffer.concat([text.subarray(0, at), wrong, text.subarray(at)]);
                cases.push(spoiled(layout, `${name}, ${title}`, { ...files, [name]: content } as Files, { code }));
            }
        }
    }
    for (const [title, wrong, code] of spoils("his-journaal")) {
        if (code === "aanhaling_open") continue;
        const text = Buffer.concat([bytesOf(`${hisJournal().join("\n")}\n`), wrong]);
        cases.push(spoiled("his-journaal", title, text, { code }));
    }
    return cases;
}

function spoils(layout: Layout): [string, Buffer, string][] {
    const undecodable: [string, Buffer, string][] =
        layout === "his-lang"
            ? [0x81, 0x8d, 0x9d].map((byte) => [
                  `byte ${byte.toString(16)}`,
                  Buffer.concat([Buffer.from(MARKER), Buffer.from([byte])]),
                  "tekens_ongeldig",
              ])
            : [
                  ["a latin-1 letter in UTF-8", Buffer.concat([Buffer.from(MARKER), Buffer.from([0xe9])])],
                  ["an overlong character", Buffer.from([0xc0, 0xaf])],
                  ["half a surrogate pair", Buffer.from([0xed, 0xa0, 0x80])],
                  ["half a character", Buffer.from([0xe2, 0x82, 0x20])],
              ].map(([title, wrong]) => [title as string, wrong as Buffer, "tekens_ongeldig"]);
    return [
        ...undecodable,
        ["a NUL byte", Buffer.from(`${MARKER}\0`), "nul_byte"],
        ["UTF-16", Buffer.from(`${MARKER}\r\n`, "utf16le"), "nul_byte"],
        ["a line over 1 MB", Buffer.alloc(1_000_001, MARKER), "regel_te_lang"],
        ["a quote that never closes", Buffer.from(`"${MARKER}`), "aanhaling_open"],
    ];
}
