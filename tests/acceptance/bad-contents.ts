import { type BadDelivery, changed, lang, named, PRACTICE } from "./bad-delivery.ts";
import {
    bytesOf,
    type Files,
    gzipped,
    hisBreed,
    hisJournal,
    hisLang,
    lines,
    viplive,
    zipped,
} from "./small-deliveries.ts";

/** Bytes and lines that no reader should accept. */
export function bytes(): BadDelivery[] {
    const inside = (files: Files, name: string, at: string, wrong: readonly number[]): Files => {
        const text = String(files[name]);
        const position = text.indexOf(at);
        const whole = bytesOf(text);
        return {
            ...files,
            [name]: Buffer.concat([whole.slice(0, position), Buffer.from(wrong), whole.slice(position)]),
        };
    };
    const long = "x".repeat(1_100_000);
    const journal = (why: string, code: string, text: string | Uint8Array): BadDelivery => ({
        why,
        codes: [code],
        name: named("his-journaal", PRACTICE, ".gz"),
        content: gzipped(text),
    });
    return [
        {
            why: "viplive that is no UTF-8",
            codes: ["tekens_ongeldig"],
            name: named("viplive", "regio"),
            content: zipped(inside(viplive(PRACTICE), "acp.csv", "gesprek", [0xe9])),
        },
        {
            why: "his-breed that is no UTF-8",
            codes: ["tekens_ongeldig"],
            name: named("his-breed"),
            content: zipped(inside(hisBreed(PRACTICE), "contact.csv", "consult", [0xff, 0xfe])),
        },
        journal(
            "a journal that is no UTF-8",
            "tekens_ongeldig",
            Buffer.concat([Buffer.from(`${hisJournal().join("\n")}\n# `), Buffer.from([0xc3, 0x28, 0x0a])]),
        ),
        lang(
            "a byte that windows-1252 does not have",
            "tekens_ongeldig",
            inside(hisLang(), "contacten.csv", "consult", [0x81]),
        ),
        lang("a NUL byte", "nul_byte", inside(hisLang(), "bepalingen.csv", "52", [0x00])),
        journal("a NUL byte in a journal", "nul_byte", `${hisJournal().join("\n")}\n# \u0000\n`),
        lang(
            "a line over 1 MB",
            "regel_te_lang",
            changed(hisLang(), "contacten.csv", (text) => `${text}${long};x;x;x;x\r\n`),
        ),
        journal("a journal line over 1 MB", "regel_te_lang", `${hisJournal().join("\n")}\n# ${long}\n`),
        lang(
            "a quote that never closes",
            "aanhaling_open",
            changed(hisLang(), "medicatie.csv", (text) => text.replace("B01AC06", '"B01AC06')),
        ),
        {
            why: "a quote that never closes in his-breed",
            codes: ["aanhaling_open"],
            name: named("his-breed"),
            content: zipped(
                changed(hisBreed(PRACTICE), "recept.csv", (text) => text.replace("B01AC06,90", 'B01AC06,"90')),
            ),
        },
    ];
}

/** More rows, records or cells set aside than a delivery may have. */
export function tooMany(): BadDelivery[] {
    const rows = (count: number, text: string): string =>
        lines(...Array.from({ length: count }, () => text)).replace(/\r\n$/, "");
    const contacts = (good: number, bad: number): string =>
        lines(
            "patientnr;datum;soort;discipline;icpc",
            ...Array.from(
                { length: good },
                (_, index) =>
                    `patient001;${String((index % 28) + 1).padStart(2, "0")}-0${(index % 6) + 1}-2023;consult;huisarts;K${75 + (index % 20)}`,
            ),
            ...Array.from(
                { length: bad },
                (_, index) => `patient001;${String(index + 1).padStart(2, "0")}-01-2024;zqxmerk;huisarts;K86`,
            ),
        );
    return [
        lang(
            "eleven rows of thirty-one set aside",
            "te_veel_terzijde",
            { ...hisLang(), "contacten.csv": contacts(20, 11) },
            ["zqxmerk"],
        ),
        lang(
            "twelve unreadable values",
            "te_veel_terzijde",
            changed(hisLang(), "bepalingen.csv", (text) =>
                text.replace(/(patient0(?:0[1-9]|1[0-2]);2816;15-03-2024);52/g, "$1;zqxmerk"),
            ),
            ["zqxmerk"],
        ),
        {
            why: "twelve cells of a wide file",
            codes: ["te_veel_terzijde"],
            name: named("his-breed"),
            content: zipped(
                changed(hisBreed(PRACTICE), "meetwaarden.csv", (text) =>
                    text.replace(/(patient0(?:0[1-9]|1[0-2]),2024-03-15),52/g, "$1,zqxmerk"),
                ),
            ),
            secrets: ["zqxmerk"],
        },
        {
            why: "twelve records of one type of a journal",
            codes: ["te_veel_terzijde"],
            name: named("his-journaal", PRACTICE, ".gz"),
            content: gzipped(
                [
                    ...hisJournal(),
                    ...Array.from(
                        { length: 12 },
                        (_, index) => `R|patient001|202401${String(index + 1).padStart(2, "0")}|zqxmerk|30`,
                    ),
                ].join("\n"),
            ),
            secrets: ["zqxmerk"],
        },
        {
            why: "a region of unknown practices",
            codes: ["te_veel_terzijde", "praktijk_niet_in_register"],
            name: named("viplive", "regio"),
            content: zipped(
                changed(viplive(PRACTICE), "ketenzorg.csv", (text) =>
                    text.replaceAll(PRACTICE, "01000999").concat(rows(1, "")),
                ),
            ),
        },
    ];
}
