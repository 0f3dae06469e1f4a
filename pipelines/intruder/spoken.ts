import { type Claim, type Printed, type Subject, stepOf, subjectKey } from "./claim.ts";
import type { NumberInText } from "./dutch-text.ts";
import type { Run } from "./read-download.ts";

/** Numbers that a reader has about one subject: on the scale of the download, and shares also as percents. */
interface Known {
    numbers: readonly number[];
    value: number | null;
    numerator: number | null;
    denominator: number | null;
    delivered: number | null;
}

/** What a claim says: the same one stands in the files of many audiences, and is never changed. */
const knownBy = new WeakMap<Claim, Known>();

/** What runs of claims say, by subject: the same run stands in the files of many audiences. */
const knownByRun = new WeakMap<Run, ReadonlyMap<string, Known>>();

/** What stands in downloads and tables, to explain what stands in sentences, labels and drawings. */
export class Spoken {
    private readonly bySubject = new Map<string, Known>();
    private readonly runs = new Map<string, ReadonlyMap<string, Known>[]>();
    private readonly strips = new Map<string, number[]>();

    /** Adds what the claims of one group say. */
    addRun(run: Run): void {
        const [first] = run;
        if (!first) return;
        const { level, id } = first.subject;
        const group = `${level}\t${id}`;
        const before = this.runs.get(group) ?? [];
        const told = saidByRun(run);
        if (!before.includes(told)) this.runs.set(group, [...before, told]);
    }

    /** All that is known of a subject. */
    private at(key: string): Known | undefined {
        let known = this.bySubject.get(key);
        for (const run of this.runs.get(groupOf(key)) ?? []) {
            const told = run.get(key);
            if (told) known = known ? together(told, known) : told;
        }
        return known;
    }

    /** Adds what a claim says of its subject. */
    add(claim: Claim): void {
        const { key } = claim;
        const before = this.bySubject.get(key);
        const told = saidBy(claim);
        if (before === told) return;
        this.bySubject.set(key, before ? together(before, told) : told);
    }

    /** Adds the whole percents of anonymous practices that a strip shows. */
    addStrip(indicator: string, period: string, percents: readonly number[]): void {
        this.strips.set(
            `${indicator}\t${period}`,
            [...percents].sort((a, b) => a - b),
        );
    }

    /** Whether a number follows from what is known of these subjects. */
    explains(number: NumberInText, keys: readonly string[], spans: readonly (readonly string[])[]): boolean {
        const known = keys.flatMap((key) => this.at(key) ?? []);
        const isIt = (value: number) =>
            Math.abs(value - number.value) <= number.step / 2 + 1e-9 * Math.max(1, Math.abs(value));
        if (known.some(({ numbers }) => numbers.some(isIt))) return true;
        // The average practice, and the strip of all of them.
        if (
            known.some(
                ({ denominator, delivered }) => denominator !== null && !!delivered && isIt(denominator / delivered),
            )
        )
            return true;
        if (this.isOfStrip(keys, isIt)) return true;
        if (spans.length > 0 && spans.some((span) => this.spanSums(keys, span).some(isIt))) return true;
        return this.isChange(known, isIt);
    }

    private isOfStrip(keys: readonly string[], isIt: (value: number) => boolean): boolean {
        for (const key of keys) {
            const [indicator = "", , , , period = ""] = key.split("\t");
            const strip = this.strips.get(`${indicator}\t${period}`);
            if (
                strip &&
                (strip.some(isIt) || [0.25, 0.5, 0.75].some((share) => isIt(Math.round(quantile(strip, share)))))
            )
                return true;
        }
        return false;
    }

    /** A difference in points or relative, between two figures or two sums that are known. */
    private isChange(known: readonly Known[], isIt: (value: number) => boolean): boolean {
        const some = known.slice(0, 60);
        for (const one of some) {
            for (const other of some) {
                if (one === other) continue;
                if (one.value !== null && other.value !== null) {
                    if (isIt((one.value - other.value) * 100)) return true;
                    if (other.value !== 0 && isIt((one.value / other.value - 1) * 100)) return true;
                }
                if (one.numerator !== null && other.numerator && isIt((one.numerator / other.numerator - 1) * 100))
                    return true;
            }
        }
        return false;
    }

    /** The sums of a span of months, from months or whole quarters that are known. */
    private spanSums(keys: readonly string[], span: readonly string[]): number[] {
        const series = new Set(keys.map((key) => key.slice(0, key.lastIndexOf("\t"))));
        return [...series].flatMap((line) => {
            let sum = 0;
            for (let place = 0; place < span.length; ) {
                const month = span[place] ?? "";
                const quarter = `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
                const isStart = Number(month.slice(5)) % 3 === 1 && place + 3 <= span.length;
                const whole = isStart ? this.at(`${line}\t${quarter}`)?.numerator : null;
                const single = this.at(`${line}\t${month}`)?.numerator ?? null;
                if (whole !== null && whole !== undefined) {
                    sum += whole;
                    place += 3;
                } else if (single !== null) {
                    sum += single;
                    place += 1;
                } else return [];
            }
            return [sum];
        });
    }
}

/** Level and id of a subject, as they stand in its key. */
function groupOf(key: string): string {
    const stratum = key.indexOf("\t") + 1;
    const level = key.indexOf("\t", stratum) + 1;
    return key.slice(level, key.lastIndexOf("\t"));
}

function saidByRun(run: Run): ReadonlyMap<string, Known> {
    const known = knownByRun.get(run);
    if (known) return known;
    const made = new Map<string, Known>();
    for (const claim of run) {
        const before = made.get(claim.key);
        made.set(claim.key, before ? together(before, saidBy(claim)) : saidBy(claim));
    }
    knownByRun.set(run, made);
    return made;
}

function saidBy(claim: Claim): Known {
    const known = knownBy.get(claim);
    if (known) return known;
    const last = (kind: string) => claim.printed.findLast((one) => one.kind === kind)?.value ?? null;
    const numbers = claim.printed.flatMap(({ kind, value }) =>
        // How many practices delivered explains no number of patients.
        kind === "delivered" || kind === "members" ? [] : PERCENTS.has(kind) ? [value, value * 100] : [value],
    );
    const [numerator, denominator, delivered] = [last("numerator"), last("denominator"), last("delivered")];
    const told = { numbers, value: last("value"), numerator, denominator, delivered };
    knownBy.set(claim, told);
    return told;
}

const PERCENTS = new Set(["value", "low", "high"]);

/** What was said later stands; every number stays. */
function together(before: Known, later: Known): Known {
    const isNothingNew =
        later.numbers.every((number) => before.numbers.includes(number)) &&
        (later.value ?? before.value) === before.value &&
        (later.numerator ?? before.numerator) === before.numerator &&
        (later.denominator ?? before.denominator) === before.denominator &&
        (later.delivered ?? before.delivered) === before.delivered;
    if (isNothingNew) return before;
    return {
        numbers: [...new Set([...before.numbers, ...later.numbers])],
        value: later.value ?? before.value,
        numerator: later.numerator ?? before.numerator,
        denominator: later.denominator ?? before.denominator,
        delivered: later.delivered ?? before.delivered,
    };
}

function quantile(sorted: readonly number[], share: number): number {
    const place = (sorted.length - 1) * share;
    const under = sorted[Math.floor(place)] ?? 0;
    const over = sorted[Math.ceil(place)] ?? under;
    return under + (over - under) * (place - Math.floor(place));
}

/**
 * Reads the text of a table cell, or the value behind it, as a claim about its one subject: `81,3%`, `12 van 340`,
 * `75,1–82,0%`, `0,12 per 1.000`, `96`.
 */
export function spokenClaim(text: string, subject: Subject, isShare: boolean, isExact: boolean): Claim | null {
    const claim = (printed: Printed[]): Claim => ({ subject, key: subjectKey(subject), printed, state: "value" });
    const number = (spelled: string) => Number(spelled.replaceAll(".", "").replace(",", "."));
    if (isExact) {
        if (!/^-?\d+(\.\d+)?(e-?\d+)?$/.test(text)) return null;
        const step = Math.max(1e-12, Math.abs(Number(text)) * 1e-12);
        return claim([{ kind: "value", value: Number(text), step }]);
    }
    const counts = /^([\d.]+) van ([\d.]+)$/.exec(text);
    if (counts)
        return claim([
            { kind: "numerator", value: number(counts[1] ?? ""), step: 1 },
            { kind: "denominator", value: number(counts[2] ?? ""), step: 1 },
        ]);
    const interval = /^(\d[\d.]*(?:,\d+)?)\s?[–-]\s?(\d[\d.]*(?:,\d+)?)(%?)$/.exec(text);
    if (interval) {
        const [, low = "", high = "", percent] = interval;
        const scale = percent ? 100 : 1;
        const printed = (kind: string, spelled: string) => ({
            kind,
            value: number(spelled) / scale,
            step: stepOf(spelled) / scale,
        });
        return claim([printed("low", low), printed("high", high)]);
    }
    const single = /^(\d[\d.]*(?:,\d+)?)(%?)(?: per 1\.000.*)?$/.exec(text);
    if (!single) return null;
    const [, spelled = "", percent] = single;
    const step = /,/.test(spelled) ? stepOf(spelled) : 1;
    if (percent) return claim([{ kind: "value", value: number(spelled) / 100, step: step / 100 }]);
    const isRate = / per 1\.000/.test(text);
    if (!isRate && !isShare && step === 1) return claim([{ kind: "numerator", value: number(spelled), step }]);
    return claim([{ kind: "value", value: number(spelled), step }]);
}
