// What a data-quality letter says of one delivery, as facts: lines, codes and counts, never a value.
import { createHash } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { FileReceipt } from "../ingest/receipt.ts";
import { ISSUES, type ProblemCode } from "../issues.ts";
import { type DeliveryRecord, KEYS, type Lake, originOf } from "../lake.ts";
import type { Affected, DeliveryProfile } from "./quality.ts";
import type { CheckResult } from "./quality-check.ts";
import type { Compared } from "./quality-history.ts";

/** Set-aside rows of one file and one problem, with the first lines on which they stand. */
export interface AsideGroup {
    file: string;
    code: ProblemCode;
    rows: number;
    lines: number[];
}

/** A problem in this delivery and the one before. `file` is null where the layouts differ, so that files cannot be paired. */
export interface AsideChange {
    file: string | null;
    code: ProblemCode;
    before: number;
    now: number;
    change: "new" | "solved" | "persisting";
}

export type LetterState = "accepted" | "held";

/** The part of a delivery that is one practice's: rows read that name it, and those of them that were set aside. */
export interface PracticeShare {
    rows: number;
    aside: AsideGroup[];
}

export interface LetterFacts {
    delivery: string;
    id: string;
    format: string;
    source: DeliveryRecord["source"];
    peildatum: string;
    practices: string[];
    /** Held: see the checks. What a refused delivery is told is made from its receipt: refusal-letter.ts. */
    state: LetterState;
    demo: boolean;
    files: FileReceipt[];
    aside: AsideGroup[];
    previous: { name: string; peildatum: string; id: string } | null;
    /** Null when there is no delivery to compare with. */
    changes: AsideChange[] | null;
    checks: CheckResult[];
    affected: Affected[];
    ignoredColumns: string[];
    ignoredFiles: string[];
    /** Of a delivery of more than one practice, what is each one's; rows that name none are nobody's. */
    shares?: Record<string, PracticeShare>;
    /** This letter is about one practice of a delivery of more. */
    shared?: boolean;
}

const LINES_NAMED = 10;

/** The set-aside rows of the delivery that is being read, by file and problem. */
export async function asideGroups(connection: DuckDBConnection): Promise<AsideGroup[]> {
    const found = await connection.runAndReadAll(
        `SELECT file, code, count(*), list_sort(list(line))[1:${LINES_NAMED}] FROM terzijde GROUP BY file, code ORDER BY file, code`,
    );
    return found.getRowsJson().map(([file, code, rows, lines]) => ({
        file: String(file),
        code: String(code) as ProblemCode,
        rows: Number(rows),
        lines: (lines as unknown[]).map(Number),
    }));
}

/** The same by practice, for deliveries of more than one. */
export async function asideOfPractices(connection: DuckDBConnection): Promise<Record<string, AsideGroup[]>> {
    const found = await connection.runAndReadAll(
        `SELECT practice_id, file, code, count(*), list_sort(list(line))[1:${LINES_NAMED}] FROM terzijde WHERE practice_id IS NOT NULL GROUP BY practice_id, file, code ORDER BY practice_id, file, code`,
    );
    const groups: Record<string, AsideGroup[]> = {};
    for (const [practice, file, code, rows, lines] of found.getRowsJson()) {
        const own = groups[String(practice)] ?? [];
        groups[String(practice)] = own;
        own.push({
            file: String(file),
            code: String(code) as ProblemCode,
            rows: Number(rows),
            lines: (lines as unknown[]).map(Number),
        });
    }
    return groups;
}

/** Brings together what a letter says (pure). */
export function letterFacts(
    record: DeliveryRecord,
    profile: DeliveryProfile,
    { aside, asideOf }: { aside: AsideGroup[]; asideOf: Record<string, AsideGroup[]> },
    { checks, previous }: Compared,
    state: LetterState,
): LetterFacts {
    return {
        delivery: record.name,
        id: profile.delivery,
        format: record.format,
        source: record.source,
        peildatum: record.peildatum,
        practices: record.practices,
        state,
        demo: record.demo,
        files: record.receipt.files,
        aside,
        previous: previous && { name: previous.name, peildatum: previous.peildatum, id: originOf(previous) },
        changes: previous && asideChanges(record, previous),
        checks,
        affected: profile.affected,
        ignoredColumns: record.receipt.ignoredColumns,
        ignoredFiles: record.receipt.ignoredFiles ?? [],
        ...(record.practices.length > 1 ? { shares: sharesOf(record.practices, profile, asideOf) } : {}),
    };
}

function sharesOf(
    practices: readonly string[],
    profile: DeliveryProfile,
    asideOf: Record<string, AsideGroup[]>,
): Record<string, PracticeShare> {
    return Object.fromEntries(
        practices.map((practice): [string, PracticeShare] => {
            const aside = asideOf[practice] ?? [];
            const kept = Object.values(profile.practices[practice]?.rows ?? {}).reduce((sum, rows) => sum + rows, 0);
            return [practice, { rows: aside.reduce((sum, { rows }) => sum + rows, kept), aside }];
        }),
    );
}

/**
 * What the letter of one practice says of a delivery of more: its own rows, checks and patients only. `before`: the facts
 * of the delivery before; null when there are none. Null when the delivery does not cover the practice.
 */
export function factsOfPractice(facts: LetterFacts, practice: string, before: LetterFacts | null): LetterFacts | null {
    const share = facts.shares?.[practice];
    if (!share) return null;
    const earlier = before?.shares?.[practice];
    const counted = (aside: AsideGroup[]): FileReceipt[] =>
        aside.map(({ file, code, rows }) => ({ name: file, rows, kept: 0, aside: { [code]: rows } }));
    const as = (format: string, aside: AsideGroup[]): Counted => ({
        format,
        receipt: { delivery: facts.delivery, accepted: true, files: counted(aside), ignoredColumns: [] },
    });
    const { shares: _, ...rest } = facts;
    return {
        ...rest,
        shared: true,
        practices: [practice],
        files: [{ name: facts.delivery, rows: share.rows, kept: share.rows, aside: {} }],
        aside: share.aside,
        previous: earlier === undefined ? null : facts.previous,
        changes:
            earlier === undefined || before === null
                ? null
                : asideChanges(as(facts.format, share.aside), as(before.format, earlier.aside)),
        checks: facts.checks.map((check) => checkOfPractice(check, practice)),
        affected: facts.affected.filter((one) => one.practice === practice),
    };
}

/** A practice of which nothing was found passes: findings name the others. */
function checkOfPractice(check: CheckResult, practice: string): CheckResult {
    const findings = check.findings.filter((finding) => finding.practice === practice);
    const verdict = findings[0]?.verdict ?? "holds";
    const practices = { holds: 0, does_not_hold: 0, cannot_tell: 0, [verdict]: 1 };
    return { ...check, verdict, practices, findings };
}

type Counted = Pick<DeliveryRecord, "format" | "receipt">;

/** What is new, solved or persisting since the delivery before: per file and problem, or per problem when the layout changed. */
export function asideChanges(now: Counted, before: Counted): AsideChange[] {
    const byFile = now.format === before.format;
    const [counted, earlier] = [countsOf(now, byFile), countsOf(before, byFile)];
    return [...new Set([...counted.keys(), ...earlier.keys()])].sort().map((key) => {
        const [file, code] = JSON.parse(key) as [string | null, ProblemCode];
        const [rows, then] = [counted.get(key) ?? 0, earlier.get(key) ?? 0];
        const change = then === 0 ? "new" : rows === 0 ? "solved" : "persisting";
        return { file, code, before: then, now: rows, change };
    });
}

function countsOf({ receipt }: Counted, byFile: boolean): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { name, aside } of receipt.files) {
        for (const [code, rows] of Object.entries(aside)) {
            if (!(code in ISSUES) || rows === 0) continue;
            const key = JSON.stringify([byFile ? name : null, code]);
            counts.set(key, (counts.get(key) ?? 0) + rows);
        }
    }
    return counts;
}

/**
 * Under what the letter of a delivery is kept: the id of its bytes, or, when it was not accepted, what follows from its
 * name, so that of several attempts under one name the last is there.
 */
export const letterKey = ({ state, id, delivery }: LetterFacts): string =>
    state === "accepted" ? id : attemptKey(delivery);

/** The key of the letter of a delivery that was not accepted, by its name. */
export const attemptKey = (name: string): string => createHash("sha256").update(`poging ${name}`).digest("hex");

/** Keeps the facts; the letter in HTML and text is made from them, again after a refresh. */
export async function keepFacts(lake: Lake, facts: LetterFacts): Promise<void> {
    await lake.store.put(KEYS.letter(letterKey(facts), "json"), Buffer.from(`${JSON.stringify(facts, null, 1)}\n`));
    const attempt = attemptKey(facts.delivery);
    if (facts.state !== "accepted" || (await lake.store.get(KEYS.letter(attempt, "json"))) === null) return;
    for (const form of ["html", "txt", "json"] as const) await lake.store.delete(KEYS.letter(attempt, form));
}

/** The facts of every delivery that a check holds, by name. Letters of what was accepted, nearly all, are not read. */
export async function readHeld(lake: Lake, accepted: readonly DeliveryRecord[]): Promise<LetterFacts[]> {
    const known = new Set(accepted.map((delivery) => KEYS.letter(originOf(delivery), "json")));
    const held: LetterFacts[] = [];
    for (const key of await lake.store.list(KEYS.letters)) {
        if (!key.endsWith(".json") || known.has(key)) continue;
        const facts = await readFacts(lake, key.slice(KEYS.letters.length, -".json".length));
        if (facts?.state === "held") held.push(facts);
    }
    return held.sort((a, b) => (a.delivery < b.delivery ? -1 : 1));
}

/** The facts of the letter kept under this key (letterKey); null when there are none. */
export async function readFacts(lake: Lake, key: string): Promise<LetterFacts | null> {
    const stored = await lake.store.get(KEYS.letter(key, "json"));
    return stored === null ? null : (JSON.parse(Buffer.from(stored.body).toString("utf8")) as LetterFacts);
}
