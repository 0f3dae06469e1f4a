import type { ProblemCode } from "./issues.ts";
import { type Column, columnsOf, type Rule, type Table } from "./table.ts";

/** What the row rules need to know of the delivery. */
export interface CheckContext {
    /** ISO day. */
    peildatum: string;
}

const FIRST_EVENT_DAY = "1990-01-01";
const FIRST_BIRTH_YEAR = 1900;

/**
 * The contract's verdict on one typed row: the first problem in the order of columns, then of rules; null when there is none.
 * `checkSql` gives the same verdict in SQL; a property test holds the two together.
 */
export function checkRow(
    table: Table,
    row: Readonly<Record<string, unknown>>,
    context: CheckContext,
): ProblemCode | null {
    for (const column of columnsOf(table)) {
        const value = row[column.name] ?? null;
        if (value === null) {
            if (!column.nullable) return "veld_ontbreekt";
        } else if (!column.type.safeParse(value).success) {
            return problemOf(column);
        }
    }
    for (const rule of table.rules) {
        const problem = ruleVerdict(rule, row, context);
        if (problem !== null) return problem;
    }
    return null;
}

function ruleVerdict(
    rule: Rule,
    row: Readonly<Record<string, unknown>>,
    { peildatum }: CheckContext,
): ProblemCode | null {
    switch (rule.kind) {
        case "event": {
            const day = row[rule.column] as string | null;
            if (day === null) return null;
            if (day > peildatum) return "na_peildatum";
            return day < FIRST_EVENT_DAY ? "voor_1990" : null;
        }
        case "not_before": {
            const [day, start] = [row[rule.column], row[rule.start]] as (string | null)[];
            return day && start && day < start ? "einde_voor_start" : null;
        }
        case "birth_year": {
            const year = row[rule.column] as number;
            return year < FIRST_BIRTH_YEAR || year > yearOf(peildatum) ? "geboortejaar_onmogelijk" : null;
        }
        case "range": {
            const value = row[rule.value] as number | null;
            if (value === null) return null;
            const range = rule.ranges.find(({ numbers }) => numbers.includes(row[rule.by] as number));
            return range && (value < range.min || value > range.max) ? "buiten_bereik" : null;
        }
        case "exactly_one":
            return rule.columns.filter((column) => (row[column] ?? null) !== null).length === 1
                ? null
                : "waarde_onleesbaar";
        case "only_with":
            return (row[rule.column] ?? null) !== null && (row[rule.other] ?? null) === null
                ? "waarde_onleesbaar"
                : null;
    }
}

/** `WHEN … THEN code` branches for the constraints of one column; the column is named by its lake name. */
export function columnChecks(column: Column): string[] {
    const checks: string[] = [];
    if (!column.nullable) checks.push(`WHEN ${quoteName(column.name)} IS NULL THEN 'veld_ontbreekt'`);
    const broken = brokenConstraint(column);
    if (broken !== null) checks.push(`WHEN ${broken} THEN '${problemOf(column)}'`);
    return checks;
}

/** `WHEN … THEN code` branches for the row rules of a table. */
export function ruleChecks(rules: readonly Rule[], { peildatum }: CheckContext): string[] {
    return rules.flatMap((rule) => ruleSql(rule, peildatum));
}

/** One SQL expression over typed columns: the problem code, or NULL. */
export function checkSql(table: Table, context: CheckContext): string {
    const branches = [...columnsOf(table).flatMap(columnChecks), ...ruleChecks(table.rules, context)];
    return branches.length === 0 ? "NULL" : `CASE ${branches.join("\n")} END`;
}

/** A condition that is true when a filled column breaks its constraints; null when it has none. */
export function brokenConstraint({ name, sqlType, constraints }: Column): string | null {
    const column = quoteName(name);
    const { words, pattern, minLength, maxLength, minimum, maximum } = constraints;
    const broken: string[] = [];
    if (sqlType === "DOUBLE") broken.push(`NOT isfinite(${column})`);
    if (words) broken.push(`${column} NOT IN (${words.map(quoteText).join(", ")})`);
    if (pattern !== undefined) broken.push(`NOT regexp_full_match(${column}, ${quoteText(unanchored(pattern))})`);
    // JavaScript counts UTF-16 units; a lone text limit is about length on screen, so characters are close enough for BMP text.
    if (minLength !== undefined) broken.push(`length(${column}) < ${minLength}`);
    if (maxLength !== undefined) broken.push(`length(${column}) > ${maxLength}`);
    if (minimum !== undefined) broken.push(`${column} < ${minimum}`);
    if (maximum !== undefined) broken.push(`${column} > ${maximum}`);
    return broken.length === 0 ? null : broken.join(" OR ");
}

const problemOf = (column: Column): ProblemCode => column.about.problem ?? "waarde_onleesbaar";

/** regexp_full_match anchors by itself. */
const unanchored = (pattern: string): string => pattern.replace(/^\^/, "").replace(/\$$/, "");

function ruleSql(rule: Rule, peildatum: string): string[] {
    switch (rule.kind) {
        case "event": {
            const column = quoteName(rule.column);
            return [
                `WHEN ${column} > DATE '${peildatum}' THEN 'na_peildatum'`,
                `WHEN ${column} < DATE '${FIRST_EVENT_DAY}' THEN 'voor_1990'`,
            ];
        }
        case "not_before":
            return [`WHEN ${quoteName(rule.column)} < ${quoteName(rule.start)} THEN 'einde_voor_start'`];
        case "birth_year": {
            const outside = `NOT BETWEEN ${FIRST_BIRTH_YEAR} AND ${yearOf(peildatum)}`;
            return [`WHEN ${quoteName(rule.column)} ${outside} THEN 'geboortejaar_onmogelijk'`];
        }
        case "range": {
            const outside = rule.ranges.map(
                ({ numbers, min, max }) =>
                    `WHEN ${quoteName(rule.by)} IN (${numbers.join(", ")}) THEN ${quoteName(rule.value)} NOT BETWEEN ${min} AND ${max}`,
            );
            return [`WHEN ${quoteName(rule.value)} IS NOT NULL AND CASE ${outside.join(" ")} END THEN 'buiten_bereik'`];
        }
        case "exactly_one": {
            const filled = rule.columns.map((column) => `(${quoteName(column)} IS NOT NULL)::INTEGER`);
            return [`WHEN ${filled.join(" + ")} <> 1 THEN 'waarde_onleesbaar'`];
        }
        case "only_with":
            return [
                `WHEN ${quoteName(rule.column)} IS NOT NULL AND ${quoteName(rule.other)} IS NULL THEN 'waarde_onleesbaar'`,
            ];
    }
}

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** A SQL identifier. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A SQL text literal. */
export const quoteText = (value: string): string => `'${value.replaceAll("'", "''")}'`;
