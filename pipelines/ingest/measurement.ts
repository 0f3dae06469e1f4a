import { quoteText } from "../check.ts";
import { CONCEPTS, type MeasurementKind } from "../contract/measurements.ts";
import { readNumber } from "./reading.ts";

/** Units that may stand behind a number. Only HbA1c in % is converted; the others are read and left off. */
export const KNOWN_UNITS: readonly string[] = [
    "mmol/mol",
    "mmol/l",
    "mmol/24h",
    "mg/mmol",
    "mg/l",
    "mg/dl",
    "g/l",
    "g/mol",
    "mmhg",
    "mm hg",
    "kg",
    "g",
    "mg",
    "cm",
    "m",
    "mm",
    "kg/m2",
    "kg/m²",
    "ml/min",
    "ml/min/1.73m2",
    "ml/min/1,73m2",
    "ml/min/1.73 m2",
    "ml/min/1,73 m2",
    "ml/min/1.73m²",
    "ml/min/1,73m²",
    "ml/min/1.73 m²",
    "ml/min/1,73 m²",
    "umol/l",
    "µmol/l",
    "nmol/l",
    "pmol/l",
    "l",
    "dl",
    "ml",
    "mu/l",
    "u/l",
    "/min",
    "%",
    "jaar",
    "x",
    "st",
    "eenheden",
    "punten",
];

/** Fundus control is no longer needed: exempts from dm_fundus (exports.md, Bepalingen). */
export const FUNDUS_EXEMPT = "geen funduscontrole meer noodzakelijk";
/** A longer fundus remark than a code word is free text and is not kept. */
const OTHER_TEXT = "overig";

const HBA1C_NUMBERS = CONCEPTS.find((concept) => concept.name === "HbA1c")?.numbers ?? [];
const CODE_WORD = "[\\p{L}\\p{N} ]+";
const LONGEST_CODE_WORD = 40;
const NUMBER_WITH_MARKS = "^(<=|>=|=<|=>|≤|≥|<|>)?\\s*([+-]?(?:[0-9][0-9.,]*(?:[eE][+-]?[0-9]+)?|[.,][0-9]+))\\s*(.*)$";

/** Lake columns that a result fills, given these columns of `inner`: nhg_number INTEGER, result and unit trimmed text. */
export function readResults(inner: string): string {
    return `
SELECT * EXCLUDE (plain_number, marked, marked_number, kind, in_percent),
    CASE WHEN kind IN ('number', 'open') THEN CASE WHEN in_percent THEN round(10.93 * measured - 23.5) ELSE measured END END AS value,
    CASE WHEN kind IN ('number', 'open') AND measured IS NOT NULL THEN comparison END AS comparator,
    CASE kind
        WHEN 'smoking' THEN CASE lower(result) WHEN 'rookt' THEN 'rookt' WHEN 'ja' THEN 'rookt' WHEN 'j' THEN 'rookt' WHEN 'gestopt' THEN 'gestopt' WHEN 'nooit' THEN 'nooit' WHEN 'nee' THEN 'nooit' WHEN 'n' THEN 'nooit' END
        WHEN 'yes_no' THEN ${YES_NO}
        WHEN 'fundus_policy' THEN CASE
            WHEN regexp_replace(lower(result), '\\s+', ' ', 'g') IN (${quoteText(FUNDUS_EXEMPT)}, ${quoteText(`${FUNDUS_EXEMPT}.`)}) THEN ${quoteText(FUNDUS_EXEMPT)}
            ELSE coalesce(${YES_NO}, ${codeWord()}, ${quoteText(OTHER_TEXT)}) END
        WHEN 'open' THEN CASE WHEN measured IS NULL THEN coalesce(${YES_NO}, ${codeWord()}) END
    END AS answer,
    CASE WHEN kind IN ('smoking', 'yes_no') AND plain_number IS NULL THEN 'woord_onbekend' ELSE 'waarde_onleesbaar' END AS result_problem
FROM (
    SELECT *,
        coalesce(plain_number, marked_number) AS measured,
        CASE marked.c WHEN '≤' THEN '<=' WHEN '=<' THEN '<=' WHEN '≥' THEN '>=' WHEN '=>' THEN '>=' WHEN '' THEN NULL ELSE marked.c END AS comparison,
        nhg_number IN (${HBA1C_NUMBERS.join(", ")}) AND CASE WHEN coalesce(marked.u, '') = '' THEN unit = '%' ELSE marked.u = '%' END AS in_percent
    FROM (
        SELECT *, CASE WHEN marked.u = '' OR lower(marked.u) IN (${KNOWN_UNITS.map(quoteText).join(", ")}) THEN ${readNumber("marked.n")} END AS marked_number
        FROM (
            SELECT *, CASE WHEN plain_number IS NULL AND result <> '' THEN regexp_extract(result, ${quoteText(NUMBER_WITH_MARKS)}, ['c', 'n', 'u']) END AS marked
            FROM (SELECT *, ${readNumber("result")} AS plain_number, ${kindSql()} AS kind FROM (${inner}))
        )
    )
)`;
}

/** True for a result that says "not measured": the row is dropped without being a problem. */
export const NOT_MEASURED = "result IN ('', '-')";

const YES_NO =
    "CASE lower(result) WHEN 'ja' THEN 'ja' WHEN 'j' THEN 'ja' WHEN 'nee' THEN 'nee' WHEN 'n' THEN 'nee' END";

/** The length apart from the pattern: a counted repeat of Unicode classes takes RE2 a third of a second to compile. */
const codeWord = (): string =>
    `CASE WHEN length(result) <= ${LONGEST_CODE_WORD} AND regexp_full_match(result, ${quoteText(CODE_WORD)}) THEN lower(result) END`;

function kindSql(): string {
    const kinds = new Map<MeasurementKind, number[]>();
    for (const concept of CONCEPTS) kinds.set(concept.kind, [...(kinds.get(concept.kind) ?? []), ...concept.numbers]);
    const cases = [...kinds].map(([kind, numbers]) => `WHEN nhg_number IN (${numbers.join(", ")}) THEN '${kind}'`);
    return `CASE ${cases.join(" ")} ELSE 'open' END`;
}
