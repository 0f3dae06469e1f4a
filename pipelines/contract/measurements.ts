import { code, date, defineTable, double, integer, optional, patientId, practiceId, text } from "../table.ts";

/** What a bepaling can hold: a number, a smoking answer, ja/nee, the fundus policy, or whatever was recorded. */
export type MeasurementKind = "number" | "smoking" | "yes_no" | "fundus_policy" | "open";

export interface Concept {
    name: string;
    numbers: readonly number[];
    kind: MeasurementKind;
    unit?: string;
    min?: number;
    max?: number;
}

/** Possible ranges per bepaling: exports.md, "Bepalingen". Numbers that are not listed are kept as they are (`open`). */
export const CONCEPTS: readonly Concept[] = [
    { name: "HbA1c", numbers: [2816, 3266, 3754], kind: "number", unit: "mmol/mol", min: 10, max: 250 },
    { name: "glucose", numbers: [372, 382, 3710, 3208], kind: "number", unit: "mmol/l", min: 0.5, max: 100 },
    {
        name: "systolische bloeddruk",
        numbers: [1744, 2055, 3326, 2659, 3336],
        kind: "number",
        unit: "mmHg",
        min: 40,
        max: 300,
    },
    { name: "diastolische bloeddruk", numbers: [1740], kind: "number", unit: "mmHg", min: 20, max: 200 },
    { name: "LDL", numbers: [542, 2683, 3854], kind: "number", unit: "mmol/l", min: 0.1, max: 20 },
    { name: "non-HDL", numbers: [3826, 3856], kind: "number", unit: "mmol/l", min: 0.1, max: 25 },
    { name: "totaal cholesterol", numbers: [192], kind: "number", unit: "mmol/l", min: 0.1, max: 30 },
    { name: "HDL", numbers: [446], kind: "number", unit: "mmol/l", min: 0.1, max: 10 },
    { name: "eGFR", numbers: [3583, 1919, 1918, 524, 3907, 3908], kind: "number", unit: "ml/min", min: 1, max: 250 },
    { name: "albumine-creatinineratio", numbers: [40], kind: "number", unit: "mg/mmol", min: 0, max: 5000 },
    { name: "gewicht", numbers: [357], kind: "number", unit: "kg", min: 1, max: 400 },
    { name: "lengte", numbers: [560], kind: "number", unit: "cm", min: 30, max: 250 },
    { name: "BMI", numbers: [1272], kind: "number", unit: "kg/m2", min: 8, max: 100 },
    { name: "longaanvallen in 12 maanden", numbers: [3549], kind: "number", min: 0, max: 100 },
    { name: "roken", numbers: [1739, 4013], kind: "smoking" },
    { name: "kwetsbaarheid", numbers: [2785, 2808, 3686], kind: "yes_no" },
    { name: "fundusbeleid", numbers: [2717], kind: "fundus_policy" },
];

export default defineTable({
    meaning: "Uitslagen van bepalingen (NHG-tabel 45); precies één van getal en antwoord is gevuld",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        nhg_number: integer(
            {
                meaning: "Nummer in NHG-tabel 45",
                privacy: "zorggegeven",
                example: 2816,
                problem: "nhgnr_onbekend",
            },
            { min: 1, max: 999_999 },
        ),
        measured_on: date({ meaning: "Datum van de bepaling", privacy: "zorggegeven", example: "2023-11-20" }),
        value: optional(
            double({
                meaning: "Uitslag als getal, in de eenheid van de bepaling",
                privacy: "zorggegeven",
                example: 48,
                unit: "per bepaling",
                problem: "waarde_onleesbaar",
            }),
        ),
        comparator: optional(
            code(/^(<|>|<=|>=)$/, {
                meaning: "Teken voor het getal, zoals < of >",
                privacy: "zorggegeven",
                example: "<",
                problem: "waarde_onleesbaar",
            }),
        ),
        answer: optional(
            text(
                {
                    meaning: "Antwoord in kleine letters: ja, nee, rookt, gestopt, nooit of een kort codewoord",
                    privacy: "zorggegeven",
                    example: "ja",
                    problem: "waarde_onleesbaar",
                },
                40,
            ),
        ),
    },
    order: ["patient_id", "measured_on", "nhg_number"],
    rules: [
        { kind: "event", column: "measured_on" },
        { kind: "exactly_one", columns: ["value", "answer"] },
        { kind: "only_with", column: "comparator", other: "value" },
        {
            kind: "range",
            by: "nhg_number",
            value: "value",
            ranges: CONCEPTS.flatMap(({ numbers, min, max }) =>
                min === undefined || max === undefined ? [] : [{ numbers, min, max }],
            ),
        },
    ],
});
