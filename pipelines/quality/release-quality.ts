// What is known of the current deliveries of a release, practice by practice: a new layout, checks that warn, rows set aside.

import { atMost } from "../at-most.ts";
import { type DeliveryRecord, type Lake, originOf, REGION, readRelease } from "../lake.ts";
import type { LetterFacts } from "./letter.ts";
import type { Affected, DeliveryProfile } from "./quality.ts";
import { readChecks, runChecks } from "./quality-check.ts";
import { newest, readProfile } from "./quality-history.ts";

/** One practice's current delivery of one kind of source. */
export interface PracticeDelivery {
    practice: string;
    source: DeliveryRecord["source"];
    peildatum: string;
    /** Layouts of the delivery before and of this one, where they differ. */
    relaid: { from: string; to: string } | null;
    /** What checks say does not hold against the delivery before; sentences with counts, for the operator and the practice. */
    warnings: { check: string; sentence: string }[];
    affected: Affected[];
}

/** The newest delivery of a practice of one kind of source that came in and does not count, because a check holds it. */
export interface HeldDelivery {
    practice: string;
    source: DeliveryRecord["source"];
    peildatum: string;
}

/**
 * What is held of each practice and reaches further than what counts of it: from the letters of what is held (readHeld) and
 * the deliveries that count.
 */
export function heldDeliveries(
    letters: readonly LetterFacts[],
    deliveries: readonly Pick<PracticeDelivery, "practice" | "source" | "peildatum">[],
): HeldDelivery[] {
    const reached = new Map(deliveries.map(({ practice, source, peildatum }) => [`${practice}\t${source}`, peildatum]));
    const found = new Map<string, HeldDelivery>();
    for (const { practices, source, peildatum } of letters) {
        for (const practice of practices) {
            const key = `${practice}\t${source}`;
            const newest = found.get(key)?.peildatum ?? reached.get(key) ?? "";
            if (practice !== REGION && peildatum > newest) found.set(key, { practice, source, peildatum });
        }
    }
    return [...found.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, held]) => held);
}

const READ_AT_ONCE = 16;

/**
 * Each practice's current delivery beside the one before it, in the order of peildatum and sequence, so that the order of
 * arrival makes no difference. Deliveries from before profiles were kept have no warnings.
 */
export async function releaseQuality(lake: Lake): Promise<PracticeDelivery[]> {
    const deliveries = ((await readRelease(lake))?.deliveries ?? []).filter(({ source }) => source !== "bureau");
    const checks = await readChecks();
    const inTurn = atMost(READ_AT_ONCE);
    const profiles = new Map<string, Promise<DeliveryProfile | null>>();
    const profileOf = (delivery: DeliveryRecord): Promise<DeliveryProfile | null> => {
        const id = originOf(delivery);
        const known = profiles.get(id) ?? inTurn(() => readProfile(lake, id));
        profiles.set(id, known);
        return known;
    };
    const found = [...historyOf(deliveries).values()].map(async ({ practice, history }) => {
        const now = newest(history);
        if (now === null) return [];
        const earlier = newest(history.filter((delivery) => delivery !== now));
        const profile = await profileOf(now);
        const before = earlier && (await profileOf(earlier));
        const own = profile && ofPractice(profile, practice);
        const results = own ? runChecks(checks, own, new Map(before ? [[practice, before]] : []), []) : [];
        return {
            practice,
            source: now.source,
            peildatum: now.peildatum,
            relaid: earlier && earlier.format !== now.format ? { from: earlier.format, to: now.format } : null,
            warnings: results.flatMap(({ check, findings }) =>
                findings
                    .filter(({ verdict }) => verdict === "does_not_hold")
                    .map(({ sentence }) => ({ check, sentence })),
            ),
            affected: own?.affected ?? [],
        };
    });
    return (await Promise.all(found)).flat();
}

/** The part of a delivery's profile that is about one practice. */
function ofPractice(profile: DeliveryProfile, practice: string): DeliveryProfile {
    const { [practice]: own } = profile.practices;
    return {
        ...profile,
        practices: own ? { [practice]: own } : {},
        affected: profile.affected.filter((entry) => entry.practice === practice),
    };
}

/** Every delivery of a practice by kind of source. */
function historyOf(deliveries: readonly DeliveryRecord[]) {
    const found = new Map<string, { practice: string; history: DeliveryRecord[] }>();
    for (const delivery of deliveries) {
        for (const practice of delivery.practices) {
            if (practice === REGION) continue;
            const key = `${delivery.source}\t${practice}`;
            const entry = found.get(key) ?? { practice, history: [] };
            entry.history.push(delivery);
            found.set(key, entry);
        }
    }
    return found;
}
