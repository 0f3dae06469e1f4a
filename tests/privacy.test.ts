import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { binomialTail, identifierByName, looksLikeBsn } from "../pipelines/ingest/identifiers.ts";
import { type ColumnRole, judge, refuseByContent, scan } from "../pipelines/privacy.ts";

let instance: DuckDBInstance;
beforeAll(async () => {
    instance = await DuckDBInstance.create(":memory:");
});
afterAll(() => instance.closeSync());

/** What a column with these values identifies people by, or null. */
async function found(values: readonly string[], role: ColumnRole = "extra"): Promise<string | null> {
    const connection = await instance.connect();
    await connection.run("CREATE OR REPLACE TEMP TABLE t (v VARCHAR)");
    const appender = await connection.createAppender("t");
    for (const value of values) {
        appender.appendVarchar(value);
        appender.endRow();
    }
    appender.closeSync();
    const [first] = await scan(
        connection,
        "SELECT 0 AS place, v, count(*) AS n FROM t WHERE strlen(v) >= 6 GROUP BY ALL",
    );
    connection.closeSync();
    return first ? (judge(role, first[1])?.identifier ?? null) : null;
}

const random = <T>(arbitrary: fc.Arbitrary<T>, count: number, seed = 1): T[] =>
    fc.sample(arbitrary, { numRuns: count, seed });
const digits = (count: number) =>
    fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: count, maxLength: count });

/** A number that passes the 11-proef: the ninth digit is made to fit. */
function bsn(first: number): string | null {
    const eight = String(first).padStart(8, "0");
    const sum = [...eight].reduce((total, digit, at) => total + (9 - at) * Number(digit), 0);
    return sum % 11 === 10 ? null : `${eight}${sum % 11}`;
}
const bsns = (count: number, seed = 1): string[] =>
    random(fc.integer({ min: 1_000_000, max: 99_999_999 }), count * 2, seed)
        .flatMap((number) => bsn(number) ?? [])
        .slice(0, count);

describe("what identifies people is found in any column", () => {
    test.each([
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "+31612345678",
        "+31 (0)6 12345678",
        "0031612345678",
        "0181-631234",
        "(0181) 63 12 34",
        "010-1234567",
        "bel 010 123 45 67.",
    ])("one telephone number %s among others refuses", async (phone) => {
        for (const role of ["extra", "result", "declared"] as const)
            expect(await found(["rustig", "48 mmol/mol", phone], role)).toBe("phone");
    });

    test.each(["a.b@c.nl", "Naam <x_y@zorg-groep.example>"])("one e-mail address %s refuses", async (email) => {
        for (const role of ["extra", "result", "declared", "pseudonym"] as const)
            expect(await found(["rustig", email], role)).toBe("email");
    });

    test("BSNs, also those that lost a leading zero, and when half of the column is something else", async () => {
        expect(await found(bsns(25))).toBe("bsn");
        expect(
            await found(
                bsns(25).map((number) => String(Number(number))),
                "pseudonym",
            ),
        ).toBe("bsn");
        expect(await found([...bsns(200), ...random(digits(9), 200)])).toBe("bsn");
        expect(
            await found(bsns(40).map((number) => `${number.slice(0, 3)}.${number.slice(3, 6)}.${number.slice(6)}`)),
        ).toBe("bsn");
    });

    test("postcodes with letters", async () => {
        expect(await found(["3201 AB"], "postcode")).toBe("postcode");
        expect(await found(["3201ab"], "postcode")).toBe("postcode");
        expect(await found(["3201AB", "3202CD", "3203EF"])).toBe("postcode");
    });

    test("birth dates where a year is asked, and dates that can only be births", async () => {
        expect(await found(["12-05-1957"], "birth_year")).toBe("birth_date");
        const births = random(
            fc.date({ min: new Date("1930-01-01"), max: new Date("2015-01-01"), noInvalidDate: true }),
            60,
        ).map((day) => day.toISOString().slice(0, 10));
        expect(await found(births)).toBe("birth_date");
    });

    test("addresses, names, notes and documents", async () => {
        expect(await found(["Dorpsstraat 12", "Lange Weg 5a", "Kerkplein 3"])).toBe("street");
        expect(await found(["J. de Boer", "P.A. Visser", "K. van der Wal"])).toBe("name");
        expect(await found(["S: moe sinds een week", "O: geen bijzonderheden", "E: griep", "P: afwachten"])).toBe(
            "free_text",
        );
        expect(
            await found([
                "zij belt volgende week terug over bloed",
                "hij heeft al lang last van de knie",
                "mw wil geen nieuwe afspraak bij ons",
            ]),
        ).toBe("free_text");
        expect(await found(["verslag 2024.pdf"])).toBe("document");
    });
});

describe("what identifies nobody passes", () => {
    test.each([
        ["random nine-digit numbers", random(digits(9), 3000)],
        ["random eight-digit numbers", random(digits(8), 3000, 2)],
        [
            "AGB codes",
            random(fc.integer({ min: 0, max: 999_999 }), 400).map((number) => `01${String(number).padStart(6, "0")}`),
        ],
        [
            "days of contacts",
            random(fc.date({ min: new Date("2015-01-01"), max: new Date("2024-06-30"), noInvalidDate: true }), 500).map(
                (day) => day.toISOString().slice(0, 10),
            ),
        ],
        ["times of day with dates", ["05-06-2024 12:10", "2024-06-05T10:15:00", "20240605"]],
        ["decimals", random(fc.double({ min: 0, max: 1000, noNaN: true }), 500).map(String)],
        ["units", ["1200 ml", "1500 ML", "2000 mg", "48 mmol/mol", "90 ml/min/1.73m2"]],
        ["quarters", ["2024Q1", "2024 Q2", "2024-01"]],
        [
            "descriptions of bepalingen that repeat",
            Array.from({ length: 400 }, (_, index) => `HbA1c (glycohemoglobine) IFCC soort ${index % 15} in bloed`),
        ],
        ["versions and codes", ["v1.2.3", "his-lang 4.10", "A10BA02", "T90.02"]],
        ["laboratories", ["laboratorium west", "ziekenhuis", "onbekend"]],
    ])("%s", async (_, values) => {
        expect(await found(values)).toBeNull();
    });

    test.each([
        [
            "letters and digits",
            random(
                fc.string({ unit: fc.constantFrom(..."ABCDEFGHJKLMNPQRSTUVWXYZ234567"), minLength: 12, maxLength: 12 }),
                3000,
            ),
        ],
        [
            "hexadecimals",
            random(fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 16, maxLength: 64 }), 3000),
        ],
        ["UUIDs", random(fc.uuid(), 3000)],
        ["ten digits", random(digits(10), 3000)],
        ["nine digits by chance", random(digits(9), 3000)],
    ])("pseudonyms of %s", async (_, values) => {
        expect(await found(values, "pseudonym")).toBeNull();
    });

    test("one telephone number among other pseudonyms still refuses", async () => {
        expect(await found(["KAAS-0001", "KAAS-0002", "0612345678"], "pseudonym")).toBe("phone");
    });

    test("practices may be named after people and streets", async () => {
        expect(
            await found(["Praktijk J. de Boer", "Dorpsstraat 12", "K. van der Wal", "Mw. Visser"], "declared"),
        ).toBeNull();
    });
});

describe("columns are judged by their name too", () => {
    test.each([
        ["bsn", "bsn"],
        ["BSN_nummer", "bsn"],
        ["Burgerservicenummer", "bsn"],
        ["achternaam", "name"],
        ["patiënt_naam", "name"],
        ["naam", "name"],
        ["geboortedatum", "birth_date"],
        ["geb.datum", "birth_date"],
        ["straatnaam", "street"],
        ["huisnummer", "street"],
        ["telefoon", "phone"],
        ["mobiel_nr", "phone"],
        ["e-mail", "email"],
        ["verzekeringsnummer", "insurance"],
        ["documentnaam", "document"],
        ["opmerkingen", "free_text"],
        ["soep_tekst", "free_text"],
        ["episodetitel", "free_text"],
        ["herkomst", null],
        ["praktijknaam", null],
        ["geboortejaar2", null],
        ["omschrijving", null],
        ["memo", null],
        ["telling", null],
        ["programma_naam", null],
        ["RRSYKA", null],
    ])("%s: %s", (column, kind) => {
        expect(identifierByName(column)).toBe(kind);
    });
});

test("chance alone never makes a BSN column: at 20 to 5.000 random numbers, fewer than one in a thousand columns", () => {
    expect(looksLikeBsn(19, 19, 19)).toBe(false);
    expect(looksLikeBsn(20, 20, 20)).toBe(true);
    for (const count of [20, 100, 1000, 5000]) {
        let threshold = 0;
        while (!looksLikeBsn(count, count, threshold)) threshold += 1;
        expect(binomialTail(count, threshold, 1 / 11)).toBeLessThan(1e-3);
    }
});

test("a refusal names file, column, kind and rows, and repeats no value", async () => {
    const connection = await instance.connect();
    await expect(
        refuseByContent(connection, "SELECT 0 AS place, '0612345678' AS v, 3 AS n", [
            { file: "contacten.csv", title: "extra", role: "extra" },
        ]),
    ).rejects.toThrow("bestand contacten.csv, kolom extra: telefoonnummer, 3 rijen");
    connection.closeSync();
});
