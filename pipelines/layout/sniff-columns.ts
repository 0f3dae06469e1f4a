import { tableNamed } from "../contract.ts";
import type { Dialect } from "../format.ts";
import { identifierByName } from "../ingest/identifiers.ts";
import { type Column, columnsOf } from "../table.ts";
import { type ColumnProfile, fitOf } from "./sniff-values.ts";
import { type KnownColumn, likest, type Vocabulary } from "./sniff-vocabulary.ts";

/** A delivered column and the lake column that it seems to fill. */
export interface Match {
    delivered: ColumnProfile;
    known: KnownColumn;
    /** 0 to 1. */
    score: number;
    /** Another lake column or delivered column was about as likely. */
    rival: string | null;
}

export interface TableMatch {
    vocabulary: Vocabulary;
    matches: Match[];
    /** Delivered columns that fill nothing. */
    unmapped: ColumnProfile[];
    /** Lake columns that nothing fills. */
    missing: KnownColumn[];
    /** 0 to 1: how well this table explains the file. */
    score: number;
}

/** Patients named in several texts are what ties them together. */
export type SharedPatients = (column: ColumnProfile) => boolean;

const NAME_WEIGHT = 0.6;
const LEAST_SCORE = 0.33;
/** The same where names say nothing: a text that anything fits is then proposed too, as a question. */
const LEAST_PROOF = 0.12;
const LEAST_FIT = 0.5;
/** A name this like a known one is believed when the words are strange. */
const SURE_NAME = 0.85;
/** Closer than this and the choice is put to the reader. */
const CLOSE = 0.06;

/**
 * The best way to fill one lake table from delivered columns: each column fills at most one, the sum of scores is the highest
 * there is. Without names that say something (`named`; a
 * journal has none) the values and their order decide.
 */
export function matchTable(
    columns: readonly ColumnProfile[],
    vocabulary: Vocabulary,
    dates: Dialect["dates"],
    sharedPatients: SharedPatients,
    fileName: string,
    named: boolean,
): TableMatch {
    const declared = new Map(columnsOf(tableNamed(vocabulary.table)).map((column) => [column.name, column]));
    const scores = columns.map((delivered) =>
        vocabulary.columns.map((known, order) => {
            const score = scoreOf(delivered, known, declared.get(known.to), vocabulary, dates, sharedPatients, named);
            // of equals, the order in which they stand decides
            const away = Math.abs(delivered.place / columns.length - order / vocabulary.columns.length);
            return score < (named ? LEAST_SCORE : LEAST_PROOF) ? 0 : score + 0.03 * (1 - away);
        }),
    );
    const chosen = assign(scores, vocabulary.columns.length);
    const matches = chosen.flatMap((order, at): Match[] => {
        const [delivered, known] = [columns[at], order === null ? undefined : vocabulary.columns[order]];
        if (!delivered || !known || order === null) return [];
        return [
            {
                delivered,
                known,
                score: Math.min(1, scores[at]?.[order] ?? 0),
                rival: rivalOf(scores, at, order, vocabulary, columns),
            },
        ];
    });
    const filled = new Set(matches.map(({ known }) => known.to));
    const missing = vocabulary.columns.filter(({ to }) => !filled.has(to) && to !== "practice_id");
    return {
        vocabulary,
        matches,
        unmapped: columns.filter((column) => !matches.some(({ delivered }) => delivered === column)),
        missing,
        score: tableScore(matches, missing, columns, vocabulary, fileName),
    };
}

function scoreOf(
    delivered: ColumnProfile,
    known: KnownColumn,
    declared: Column | undefined,
    vocabulary: Vocabulary,
    dates: Dialect["dates"],
    sharedPatients: SharedPatients,
    byName: boolean,
): number {
    // what is named for identifying data is never proposed; of the register alone, names are what it is for
    const named = delivered.title === "" ? 0 : likest(delivered.title, known.names);
    if (delivered.title !== "" && vocabulary.source !== "bureau" && identifierByName(delivered.title) !== null)
        return 0;
    const fit = fitOf(delivered, known, declared, dates);
    if (fit === null) return byName ? named * 0.9 : LEAST_PROOF;
    if (fit.share < LEAST_FIT) return declared?.constraints.words && named >= SURE_NAME ? named * 0.5 : 0;
    const shared = known.reading === "pseudonym" && sharedPatients(delivered) ? 0.35 : 0;
    const proof = Math.min(1, fit.share * fit.weight + shared);
    const together = NAME_WEIGHT * named + (1 - NAME_WEIGHT) * proof;
    return byName ? together : Math.max(proof, together);
}

/** The assignment with the highest total: per delivered column the lake column it fills, or null. */
export function assign(scores: readonly (readonly number[])[], targets: number): (number | null)[] {
    let best = new Map<number, { total: number; chosen: (number | null)[] }>([[0, { total: 0, chosen: [] }]]);
    for (const row of scores) {
        const next = new Map<number, { total: number; chosen: (number | null)[] }>();
        const offer = (taken: number, total: number, chosen: (number | null)[]): void => {
            if ((next.get(taken)?.total ?? -1) < total) next.set(taken, { total, chosen });
        };
        for (const [taken, { total, chosen }] of best) {
            offer(taken, total, [...chosen, null]);
            for (let target = 0; target < targets; target++) {
                const score = row[target] ?? 0;
                if (score > 0 && (taken & (1 << target)) === 0)
                    offer(taken | (1 << target), total + score, [...chosen, target]);
            }
        }
        best = next;
    }
    return [...best.values()].reduce((a, b) => (b.total > a.total ? b : a)).chosen;
}

function rivalOf(
    scores: readonly (readonly number[])[],
    at: number,
    order: number,
    vocabulary: Vocabulary,
    columns: readonly ColumnProfile[],
): string | null {
    const own = scores[at]?.[order] ?? 0;
    const other = vocabulary.columns.find((_, target) => target !== order && (scores[at]?.[target] ?? 0) > own - CLOSE);
    if (other) return other.to;
    const place = columns.findIndex((_, index) => index !== at && (scores[index]?.[order] ?? 0) > own - CLOSE);
    return place === -1 ? null : (columns[place]?.title ?? "");
}

function tableScore(
    matches: readonly Match[],
    missing: readonly KnownColumn[],
    columns: readonly ColumnProfile[],
    vocabulary: Vocabulary,
    fileName: string,
): number {
    const required = vocabulary.columns.filter((column) => column.required && column.to !== "practice_id");
    const lacking = missing.filter((column) => column.required).length;
    const explained = matches.reduce((sum, { score }) => sum + score, 0) / Math.max(columns.length, 1);
    const complete = required.length === 0 ? 1 : 1 - lacking / required.length;
    const filled = 1 - missing.length / Math.max(vocabulary.columns.length, 1);
    return (
        0.35 * explained +
        0.3 * complete +
        0.15 * filled +
        0.2 * likest(fileName.replace(/\.[a-z]+$/, ""), vocabulary.fileNames)
    );
}
