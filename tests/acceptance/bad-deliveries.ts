import { EMAIL, socialNumbers, TELEPHONE } from "./identifiers.ts";
import {
    bytesOf,
    type Files,
    gzipped,
    hisBreed,
    hisJournal,
    hisLang,
    lines,
    register,
    viplive,
    zipped,
} from "./small-deliveries.ts";

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
function named(layout: string, sender = PRACTICE, extension = ".zip"): string {
    number += 1;
    return `${layout}_${sender}_20240630_${number}${extension}`;
}

function lang(why: string, code: string | readonly string[], files: Files, secrets?: readonly string[]): BadDelivery {
    const codes = typeof code === "string" ? [code] : code;
    return {
        why,
        codes,
        name: named("his-lang"),
        content: zipped(files),
        ...(secrets === undefined ? {} : { secrets }),
    };
}

function changed(files: Files, name: string, change: (text: string) => string): Files {
    const content = files[name];
    if (typeof content !== "string" || change(content) === content) {
        throw new Error(`nothing to change in ${name}`);
    }
    return { ...files, [name]: change(content) };
}

function without(files: Files, name: string): Files {
    return Object.fromEntries(Object.entries(files).filter(([file]) => file !== name));
}

/** The file with a column more; the values go round. */
function withColumn(files: Files, name: string, column: string, values: readonly string[]): Files {
    return changed(files, name, (text) =>
        text
            .split("\r\n")
            .map((line, index) =>
                line === "" ? "" : `${line};${index === 0 ? column : values[(index - 1) % values.length]}`,
            )
            .join("\r\n"),
    );
}

function misnamed(): BadDelivery[] {
    return [
        "levering.zip",
        "his-lang.zip",
        `his-lang_${PRACTICE}.zip`,
        `his-lang_${PRACTICE}_2024-06-30.zip`,
        `his-lang_${PRACTICE}_20240231.zip`,
        "his-lang_1000101_20240630.zip",
        `his-lang_${PRACTICE}_20240630_b.zip`,
        `${PRACTICE}_his-lang_20240630.zip`,
    ].map((name) => ({ why: `misnamed: ${name}`, codes: ["naam_onbekend"], name, content: zipped(hisLang()) }));
}

function archives(): BadDelivery[] {
    const good = zipped(hisLang());
    const journal = gzipped(hisJournal().join("\n"));
    const broken = good.slice();
    for (let index = 60; index < 90; index += 1) {
        broken[index] = (broken[index] ?? 0) ^ 0x5a;
    }
    const link = { os: 3, attrs: (0o120777 << 16) >>> 0 };
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`bijlage${index}.txt`, "x"]));
    const bomb = { "patienten.csv": new Uint8Array(60 * 1024 * 1024).fill(0x61) };
    const unreadable = (why: string, name: string, content: Uint8Array): BadDelivery => ({
        why,
        codes: ["archief_onleesbaar"],
        name,
        content,
    });
    return [
        unreadable("a truncated zip", named("his-lang"), good.slice(0, good.length - 200)),
        unreadable("half a zip", named("his-lang"), good.slice(0, good.length / 2)),
        unreadable("a zip with other bytes in the middle", named("his-lang"), broken),
        unreadable("a zip that is none", named("his-lang"), bytesOf("dit is geen zip")),
        unreadable("a zip of no bytes", named("viplive", "regio"), new Uint8Array(0)),
        unreadable("a truncated gz", named("his-journaal", PRACTICE, ".gz"), journal.slice(0, journal.length - 20)),
        unreadable("a gz that is none", named("his-journaal", PRACTICE, ".gz"), bytesOf(hisJournal().join("\n"))),
        {
            why: "a path that leaves the archive",
            codes: ["pad_buiten_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "../buiten.csv": "x" }),
        },
        {
            why: "an absolute path",
            codes: ["pad_buiten_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "/tmp/buiten.csv": "x" }),
        },
        {
            why: "a path that leaves by backslash",
            codes: ["pad_buiten_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "map\\..\\..\\buiten.csv": "x" }),
        },
        {
            why: "a link",
            codes: ["link_in_archief"],
            name: named("his-lang"),
            content: zipped(hisLang(), { "bijlage.csv": [bytesOf("/etc/hostname"), link] }),
        },
        {
            why: "a link in the place of a file",
            codes: ["link_in_archief"],
            name: named("his-lang"),
            content: zipped(without(hisLang(), "episodes.csv"), { "episodes.csv": [bytesOf("patienten.csv"), link] }),
        },
        {
            why: "a zip in the zip",
            codes: ["archief_in_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "meer.zip": good }),
        },
        {
            why: "a gz in the zip",
            codes: ["archief_in_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "meer.gz": journal }),
        },
        {
            why: "over a thousand entries",
            codes: ["archief_te_groot"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), ...many }),
        },
        {
            why: "a ratio over 200 on a file over 50 MB",
            codes: ["archief_te_groot"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), ...bomb }),
        },
    ];
}

function shapes(): BadDelivery[] {
    const other = (why: string, codes: readonly string[], name: string, files: Files): BadDelivery => ({
        why,
        codes,
        name,
        content: zipped(files),
    });
    return [
        lang("a missing file", "bestand_ontbreekt", without(hisLang(), "episodes.csv")),
        lang("no files at all", ["bestand_ontbreekt", "archief_onleesbaar"], {}),
        other(
            "viplive without portaal.csv",
            ["bestand_ontbreekt"],
            named("viplive", "regio"),
            without(viplive(PRACTICE), "portaal.csv"),
        ),
        other(
            "a register without personeel.csv",
            ["bestand_ontbreekt"],
            named("bureau", "regio"),
            without(register(PRACTICE, SECOND_PRACTICE), "personeel.csv"),
        ),
        other(
            "his-breed without meetwaarden.csv",
            ["bestand_ontbreekt"],
            named("his-breed"),
            without(hisBreed(PRACTICE), "meetwaarden.csv"),
        ),
        lang(
            "a missing column",
            "kolom_ontbreekt",
            changed(hisLang(), "bepalingen.csv", (text) => text.replace("eenheid", "maat")),
        ),
        lang("a file without a header", ["kolom_ontbreekt", "bestand_ontbreekt"], { ...hisLang(), "episodes.csv": "" }),
        other(
            "his-breed without agb",
            ["kolom_ontbreekt"],
            named("his-breed"),
            changed(hisBreed(PRACTICE), "patient.csv", (text) => text.replace("agb,", "nummer,")),
        ),
        other(
            "viplive without bij",
            ["kolom_ontbreekt"],
            named("viplive", "regio"),
            changed(viplive(PRACTICE), "consultaties.csv", (text) => text.replace("bij", "door")),
        ),
        other(
            "a register without hagro",
            ["kolom_ontbreekt"],
            named("bureau", "regio"),
            changed(register(PRACTICE, SECOND_PRACTICE), "praktijken.csv", (text) => text.replace("hagro", "groep")),
        ),
        lang(
            "a column twice",
            "kolom_dubbel",
            changed(hisLang(), "bepalingen.csv", (text) =>
                text.replace("eenheid", "DATUM").replaceAll("mmol/mol", "15-03-2024"),
            ),
        ),
        {
            why: "an unknown layout",
            codes: ["indeling_onbekend"],
            name: named("his-nieuw"),
            content: zipped(hisLang()),
        },
        {
            why: "a practice outside the register",
            codes: ["praktijk_niet_in_register"],
            name: named("his-lang", "01000999"),
            content: zipped(hisLang()),
        },
        {
            why: "a journal of a practice outside the register",
            codes: ["praktijk_niet_in_register"],
            name: named("his-journaal", "01000999", ".gz"),
            content: gzipped(hisJournal().join("\n")),
        },
        {
            why: "a peildatum after today",
            codes: ["peildatum_in_toekomst"],
            name: `his-lang_${PRACTICE}_20991231.zip`,
            content: zipped(hisLang()),
        },
    ];
}

function bytes(): BadDelivery[] {
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

function manifests(): BadDelivery[] {
    const withManifest = (why: string, code: string, json: string): BadDelivery =>
        lang(why, code, { ...hisLang(), "levering.json": json });
    return [
        withManifest("a levering.json that is no JSON", "levering_json_onleesbaar", "{praktijken:"),
        withManifest("a levering.json that is a list", "levering_json_onleesbaar", "[]"),
        withManifest("a gegevens_vanaf that is no date", "levering_json_onleesbaar", '{"gegevens_vanaf":"vorig jaar"}'),
        withManifest("praktijken that is no list", "levering_json_onleesbaar", `{"praktijken":"${PRACTICE}"}`),
        withManifest(
            "a hash that differs",
            "hash_klopt_niet",
            `{"bestanden":[{"naam":"bepalingen.csv","sha256":"${"0".repeat(64)}"}]}`,
        ),
        withManifest(
            "a row count that differs",
            "rijen_kloppen_niet",
            '{"bestanden":[{"naam":"bepalingen.csv","rijen":23}]}',
        ),
    ];
}

function identifying(): BadDelivery[] {
    const numbers = socialNumbers(24, 123_456_782);
    const lostZero = socialNumbers(24, 12_345_672).map((digits) => digits.replace(/^0/, ""));
    const refused = (why: string, files: Files, secrets: readonly string[]): BadDelivery =>
        lang(why, "persoonsgegevens", files, secrets);
    const column = (name: string, values: readonly string[]): BadDelivery =>
        refused(
            `a column ${name}`,
            withColumn(hisLang(), "patienten.csv", name, values),
            values.filter((value) => value !== "onbekend"),
        );
    const repeated =
        (values: readonly string[]) =>
        (files: Files): Files =>
            Object.fromEntries(
                Object.entries(files).map(([name, text]) => [
                    name,
                    String(text).replace(/patient(\d{3})/g, (_, index: string) => values[Number(index) - 1] ?? ""),
                ]),
            );
    return [
        column("bsn", numbers),
        column("Burgerservicenummer", ["onbekend"]),
        column("naam", ["zqxmerk"]),
        column("achternaam", ["zqxmerk"]),
        column("geboortedatum", ["03-02-1950"]),
        column("straat", ["zqxmerklaan 12"]),
        column("telefoon", ["onbekend"]),
        column("email", ["onbekend"]),
        column("verzekerdennummer", ["zqxmerk8"]),
        column("documentnaam", ["zqxmerk.pdf"]),
        column("opmerking", ["zqxmerk voelt zich niet goed"]),
        refused(
            "BSNs in a column of another name",
            withColumn(hisLang(), "patienten.csv", "kenmerk", numbers),
            numbers,
        ),
        refused(
            "BSNs that lost their leading zero",
            withColumn(hisLang(), "patienten.csv", "kenmerk", lostZero),
            lostZero,
        ),
        refused("BSNs as pseudonym", repeated(numbers)(hisLang()), numbers),
        refused(
            "postcodes with letters in a column of another name",
            withColumn(hisLang(), "patienten.csv", "kenmerk", ["3201AB", "3202 CD"]),
            ["3201AB", "3202 CD"],
        ),
        refused(
            "one e-mail address in an ignored column",
            withColumn(hisLang(), "patienten.csv", "kenmerk", [...Array.from({ length: 23 }, () => "x"), EMAIL]),
            [EMAIL],
        ),
        refused(
            "one telephone number in an ignored column",
            withColumn(hisLang(), "patienten.csv", "kenmerk", [...Array.from({ length: 23 }, () => "x"), TELEPHONE]),
            [TELEPHONE],
        ),
        refused(
            "one e-mail address as a value",
            changed(hisLang(), "bepalingen.csv", (text) => text.replace(";52;", `;${EMAIL};`)),
            [EMAIL],
        ),
        {
            why: "an e-mail address in a journal",
            codes: ["persoonsgegevens"],
            name: named("his-journaal", PRACTICE, ".gz"),
            content: gzipped([...hisJournal(), `M|patient001|1739|20240315|${EMAIL}|`].join("\n")),
            secrets: [EMAIL],
        },
        {
            why: "a telephone number in viplive",
            codes: ["persoonsgegevens"],
            name: named("viplive", "regio"),
            content: zipped(
                changed(viplive(PRACTICE), "consultaties.csv", (text) =>
                    text.replace("apotheek;;", `apotheek;${TELEPHONE};`),
                ),
            ),
            secrets: [TELEPHONE],
        },
        {
            why: "a person's name column in the register",
            codes: ["persoonsgegevens"],
            name: named("bureau", "regio"),
            content: zipped(
                withColumn(register(PRACTICE, SECOND_PRACTICE), "personeel.csv", "achternaam", ["zqxmerk"]),
            ),
            secrets: ["zqxmerk"],
        },
    ];
}

function tooMany(): BadDelivery[] {
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

/** Every refusal that the deliveries page names, with more than one way to earn most of them. */
export function badDeliveries(): BadDelivery[] {
    number = 1;
    return [...misnamed(), ...archives(), ...shapes(), ...bytes(), ...manifests(), ...identifying(), ...tooMany()];
}
