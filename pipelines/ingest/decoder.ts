import { isUtf8 } from "node:buffer";
import { Refusal } from "../issues.ts";

export const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export interface Decoder {
    /** How many bytes at the start of a chunk can be decoded without the next chunk. */
    whole(chunk: Buffer): number;
    decode(chunk: Buffer): Buffer;
}

export const asUtf8 = (name: string): Decoder => ({
    whole: wholeCharacters,
    decode(chunk) {
        if (!isUtf8(chunk)) throw new Refusal("tekens_ongeldig", `${name}, verwacht UTF-8`);
        return chunk;
    },
});

/** How many bytes at the start make whole UTF-8 characters. */
function wholeCharacters(chunk: Buffer): number {
    for (let back = 1; back <= 3 && back <= chunk.length; back++) {
        const byte = chunk[chunk.length - back] ?? 0;
        if (byte < 0x80) return chunk.length;
        if (byte < 0xc0) continue;
        const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        return needs > back ? chunk.length - back : chunk.length;
    }
    return chunk.length;
}

/** Bytes 0x80 to 0x9f in windows-1252; a dot where it defines none. Node's own decoder reads them as latin-1 (Node 20). */
const FROM_0X80 = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

const UNDEFINED = ".";

export const fromWindows1252 = (name: string): Decoder => ({
    whole: (chunk) => chunk.length,
    decode(chunk) {
        const text = chunk.toString("latin1").replace(/[\u0080-\u009f]/g, (byte) => {
            const character = FROM_0X80[byte.charCodeAt(0) - 0x80] ?? UNDEFINED;
            if (character === UNDEFINED) throw new Refusal("tekens_ongeldig", `${name}, verwacht windows-1252`);
            return character;
        });
        return Buffer.from(text, "utf8");
    },
});
