// The machine beside quality-checks/: what a check beyond single rows says, and how it is run over a delivery.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DeliveryProfile, Snapshot, Source } from "./quality.ts";

export type Verdict = "holds" | "does_not_hold" | "cannot_tell";
/** `hold`: a delivery for which the check does not hold is not accepted until somebody looked. */
export type CheckSetting = "warn" | "hold";

/** What a check found for one practice; a sentence (Dutch, counts only) for each thing that is odd or cannot be told. */
export interface Judgement {
    verdict: Verdict;
    findings: string[];
}

export interface QualityCheck {
    /** What holds when all is well, as a Dutch sentence without a full stop. */
    title: string;
    why: string;
    remedy: string;
    sources: readonly Source[];
    /** Pure. `before` is the practice's delivery of the same source before this one; null when there is none to compare with. */
    judge(now: Snapshot, before: Snapshot | null): Judgement;
}

export interface NamedCheck extends QualityCheck {
    id: string;
}

/** The outcome of one check over all practices of a delivery: false when it fails for one, else unknown when for one. */
export interface CheckResult {
    check: string;
    title: string;
    verdict: Verdict;
    setting: CheckSetting;
    /** Practices for which it holds, does not hold, or cannot be told. */
    practices: Record<Verdict, number>;
    findings: { practice: string; verdict: Verdict; sentence: string }[];
}

/** Whether a check keeps a delivery from counting. */
export const isHolding = ({ setting, verdict }: CheckResult): boolean =>
    setting === "hold" && verdict === "does_not_hold";

/** A check: the file name in `quality-checks/` is its id. */
export const defineCheck = (check: QualityCheck): QualityCheck => check;

export const holds: Judgement = { verdict: "holds", findings: [] };
export const cannotTell = (why: string): Judgement => ({ verdict: "cannot_tell", findings: [why] });
export const NO_EARLIER = "er is geen eerdere levering van deze praktijk en bron om mee te vergelijken";

/** Does not hold when anything was found, else holds. */
export const unlessFound = (findings: string[]): Judgement =>
    findings.length > 0 ? { verdict: "does_not_hold", findings } : holds;

const FOLDER = new URL("../quality-checks/", import.meta.url);
let loaded: Promise<NamedCheck[]> | undefined;

/** Every check, sorted by id. The folder is listed: a new check is one new file. */
export function readChecks(): Promise<NamedCheck[]> {
    loaded ??= Promise.all(
        readdirSync(fileURLToPath(FOLDER))
            .filter((file) => file.endsWith(".ts"))
            .sort()
            .map(async (file) => {
                const module = (await import(new URL(file, FOLDER).href)) as { default: QualityCheck };
                return { ...module.default, id: file.slice(0, -".ts".length) };
            }),
    );
    return loaded;
}

/** Runs the checks of a delivery's source kind over each of its practices (pure). */
export function runChecks(
    checks: readonly NamedCheck[],
    now: DeliveryProfile,
    before: ReadonlyMap<string, DeliveryProfile>,
    hold: readonly string[],
): CheckResult[] {
    return checks
        .filter((check) => check.sources.includes(now.source))
        .map((check) => {
            const practices: CheckResult["practices"] = { holds: 0, does_not_hold: 0, cannot_tell: 0 };
            const findings: CheckResult["findings"] = [];
            for (const practice of Object.keys(now.practices).sort()) {
                const snapshot = snapshotOf(now, practice);
                if (snapshot === null) continue;
                const earlier = before.get(practice);
                const judged = check.judge(snapshot, earlier ? snapshotOf(earlier, practice) : null);
                practices[judged.verdict] += 1;
                findings.push(...judged.findings.map((sentence) => ({ practice, verdict: judged.verdict, sentence })));
            }
            const verdict =
                practices.does_not_hold > 0 ? "does_not_hold" : practices.cannot_tell > 0 ? "cannot_tell" : "holds";
            const setting = hold.includes(check.id) ? "hold" : "warn";
            return { check: check.id, title: check.title, verdict, setting, practices, findings };
        });
}

function snapshotOf(delivery: DeliveryProfile, practice: string): Snapshot | null {
    const profile = delivery.practices[practice];
    if (!profile) return null;
    return { practice, peildatum: delivery.peildatum, historyFrom: delivery.historyFrom, profile };
}
