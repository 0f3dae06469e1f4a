import { type BadDelivery, changed, lang, named, PRACTICE, SECOND_PRACTICE, withColumn } from "./bad-delivery.ts";
import { EMAIL, socialNumbers, TELEPHONE } from "./identifiers.ts";
import { type Files, gzipped, hisJournal, hisLang, register, viplive, zipped } from "./small-deliveries.ts";

/** Data that identify people, by name of the column or by content. */
export function identifying(): BadDelivery[] {
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
