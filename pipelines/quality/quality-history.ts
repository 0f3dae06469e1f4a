// Which earlier delivery each practice of a delivery is compared with, and what the checks say of it.
import { type DeliveryRecord, KEYS, type Lake, originOf, REGION, readRelease } from "../lake.ts";
import type { DeliveryProfile } from "./quality.ts";
import { type CheckResult, readChecks, runChecks } from "./quality-check.ts";

export interface Compared {
    checks: CheckResult[];
    /** The delivery whose set-aside rows can be laid beside these: same source, same practices; null when there is none. */
    previous: DeliveryRecord | null;
}

/** Checks a delivery against what the lake holds now. `hold`: ids of checks that hold a delivery when they fail. */
export async function compareWithHistory(
    profile: DeliveryProfile,
    lake: Lake,
    hold: readonly string[],
): Promise<Compared> {
    const earlier = ((await readRelease(lake))?.deliveries ?? []).filter((delivery) => isBefore(delivery, profile));
    const before = new Map<string, DeliveryProfile>();
    const read = new Map<string, DeliveryProfile | null>();
    for (const practice of Object.keys(profile.practices)) {
        const delivery = newest(earlier.filter(({ practices }) => practices.includes(practice)));
        if (delivery === null) continue;
        const id = originOf(delivery);
        if (!read.has(id)) read.set(id, await readProfile(lake, id));
        const found = read.get(id);
        if (found) before.set(practice, found);
    }
    const previous = newest(earlier.filter((delivery) => sameSender(delivery, profile)));
    return { checks: runChecks(await readChecks(), profile, before, hold), previous };
}

/** The profile of a delivery; null for one that came in before profiles were kept. */
export async function readProfile(lake: Lake, id: string): Promise<DeliveryProfile | null> {
    const stored = await lake.store.get(KEYS.quality(id));
    return stored === null ? null : (JSON.parse(Buffer.from(stored.body).toString("utf8")) as DeliveryProfile);
}

export async function keepProfile(lake: Lake, profile: DeliveryProfile): Promise<void> {
    await lake.store.put(KEYS.quality(profile.delivery), Buffer.from(`${JSON.stringify(profile, null, 1)}\n`));
}

type Dated = Pick<DeliveryProfile, "source" | "peildatum" | "sequence" | "name">;

function isBefore(delivery: Dated, profile: Dated): boolean {
    if (delivery.source !== profile.source || delivery.name === profile.name) return false;
    if (delivery.peildatum !== profile.peildatum) return delivery.peildatum < profile.peildatum;
    return delivery.sequence < profile.sequence;
}

/** The delivery with the newest peildatum, then the highest sequence. */
export function newest(deliveries: readonly DeliveryRecord[]): DeliveryRecord | null {
    return deliveries.reduce<DeliveryRecord | null>(
        (best, delivery) => (best === null || isBefore(best, delivery) ? delivery : best),
        null,
    );
}

/** One practice is compared with itself, whatever the layout; a delivery of the region with that of the region. */
function sameSender(delivery: DeliveryRecord, profile: DeliveryProfile): boolean {
    const ofRegion = ({ name }: Dated): boolean => name.split("_")[1] === REGION;
    if (ofRegion(delivery) && ofRegion(profile)) return true;
    const practices = Object.keys(profile.practices);
    return delivery.practices.length === practices.length && practices.every((id) => delivery.practices.includes(id));
}
