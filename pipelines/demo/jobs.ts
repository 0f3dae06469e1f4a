import type { Day } from "./calendar.ts";
import { day, yearOf } from "./calendar.ts";
import type { DeliveryPlan } from "./delivery.ts";
import type { HisFormat, PracticePlan } from "./practice.ts";
import type { RegionPlan } from "./region.ts";
import type { Horizon } from "./settings.ts";

/** Practices that are drawn together, and the HIS deliveries that come of them. */
export interface Job {
    practices: number[];
    deliveries: DeliveryPlan[];
    /** Peildata of the VIPLive deliveries that need these practices' rows. */
    viplive: Day[];
    /** For sharing the work evenly: patients to draw. */
    weight: number;
}

/** At most so many practices in one regional wide delivery, which bounds the memory of making it. */
const GROUP = 9;

/** Last day of HIS and VIPLive data of a practice: leavers stop when they leave. */
export function lastPeildatum(practice: PracticePlan, horizon: Horizon): Day {
    return practice.role === "leaver" ? Math.min(horizon.reference, horizon.end) : horizon.end;
}

/** The VIPLive deliveries: the end of 2022 with its members, and the end of the horizon with those who are members then. */
export function vipliveMoments(region: RegionPlan, horizon: Horizon): { peildatum: Day; members: PracticePlan[] }[] {
    const members = region.practices.filter((practice) => practice.role !== "joiner");
    if (horizon.end <= horizon.reference) return [{ peildatum: horizon.end, members }];
    return [
        { peildatum: horizon.reference, members },
        { peildatum: horizon.end, members: region.practices.filter((practice) => practice.role !== "leaver") },
    ];
}

/** Divides the region into jobs. Every practice is drawn in exactly one of them. */
export function planJobs(region: RegionPlan, horizon: Horizon): Job[] {
    const moments = vipliveMoments(region, horizon);
    const jobs: Job[] = [];
    const add = (practices: PracticePlan[], deliveries: DeliveryPlan[]): void => {
        jobs.push({
            practices: practices.map((practice) => practice.index),
            deliveries,
            viplive: moments
                .filter(({ members }) => practices.some((practice) => members.includes(practice)))
                .map(({ peildatum }) => peildatum),
            weight: practices.reduce((sum, practice) => sum + practice.size, 0) * deliveries.length,
        });
    };
    // A practice that only joins after the horizon has nothing to deliver yet.
    const active = region.practices.filter((practice) => practice.role !== "joiner" || horizon.end > horizon.reference);
    const wide = active.filter((practice) => practice.format === "his-breed" && practice.role !== "leaver");
    const together = wide.length < 2 ? [] : wide.length < 4 ? wide : wide.slice(0, -1);
    for (let first = 0; first < together.length; first += GROUP) {
        const group = together.slice(first, first + GROUP);
        const number = 1 + first / GROUP;
        add(group, [plan("his-breed", "regio", horizon.end, number, "zip", group)]);
    }
    const alone = active.filter((practice) => !together.includes(practice));
    const extra = extraDeliveries(alone, horizon);
    for (const practice of alone) {
        const peildatum = lastPeildatum(practice, horizon);
        const packing = practice.format === "his-journaal" ? "gz" : practice.index % 9 === 4 ? "folder" : "zip";
        const own = plan(practice.format, practice.agb, peildatum, 1, packing, [practice]);
        own.wrapped = packing === "zip" && practice.index % 5 === 2;
        add([practice], [own, ...(extra.get(practice.index) ?? [])]);
        if (extra.get(practice.index)?.some((one) => one.number > 1)) own.provisional = true;
    }
    return jobs.sort(
        (left, right) => right.weight - left.weight || (left.practices[0] ?? 0) - (right.practices[0] ?? 0),
    );
}

/** Some history: an older delivery of the same layout, one of the layout used before, and a correction. */
function extraDeliveries(practices: PracticePlan[], horizon: Horizon): Map<number, DeliveryPlan[]> {
    const extra = new Map<number, DeliveryPlan[]>();
    const before = day(yearOf(horizon.end + 1), 1, 1) - 1;
    const older = before >= horizon.end ? day(yearOf(horizon.end), 1, 1) - 1 : before;
    const stayers = (format: HisFormat): PracticePlan[] =>
        practices
            .filter((practice) => practice.format === format && practice.role === "stayer")
            .sort((left, right) => left.size - right.size);
    const [smallest, next] = stayers("his-lang");
    const journal = stayers("his-journaal")[0];
    if (smallest) extra.set(smallest.index, [plan("his-lang", smallest.agb, older, 1, "zip", [smallest])]);
    if (next) extra.set(next.index, [plan("his-lang", next.agb, horizon.end, 2, "zip", [next])]);
    if (journal) extra.set(journal.index, [plan("his-lang", journal.agb, older, 1, "zip", [journal])]);
    return extra;
}

export function plan(
    format: DeliveryPlan["format"],
    sender: string,
    peildatum: Day,
    number: number,
    packing: DeliveryPlan["packing"],
    practices: readonly PracticePlan[],
): DeliveryPlan {
    const covers = practices.map((practice) => practice.agb);
    return { format, sender, peildatum, number, packing, covers, wrapped: false, provisional: false };
}
