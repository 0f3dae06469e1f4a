import { addDays, addMonths, type Day, firstDay, lastDay, type Month } from "./calendar.ts";
import { Chance } from "./random.ts";
import { randomPractice } from "./random-patients.ts";
import { randomRegister } from "./random-register.ts";
import { addWorkload } from "./random-workload.ts";
import {
    type Delivery,
    deliveryName,
    emptyHis,
    emptyVip,
    type HisDelivery,
    type HisRows,
    type Region,
    type VipDelivery,
    type VipRows,
} from "./region.ts";
import { hisSnapshot, registerSnapshot, vipSnapshot } from "./snapshot.ts";

interface World {
    agb: string;
    his: HisRows;
    vip: VipRows;
}

const LAYOUTS = ["his-lang", "his-breed", "his-journaal"] as const;

function peildatumFor(chance: Chance, to: Month): Day {
    const last = lastDay(to);
    if (chance.happens(0.6)) {
        return last;
    }
    // The last day of a month still delivers that month; the day before it does not.
    return chance.happens(0.5)
        ? lastDay(addMonths(to, -chance.whole(0, 5)))
        : addDays(lastDay(addMonths(to, -chance.whole(0, 5))), -chance.whole(1, 20));
}

function sinceFor(chance: Chance, to: Month): Day | null {
    if (chance.happens(0.6)) {
        return null;
    }
    // A window of 60 months needs more history than is assumed when nobody says from when there is any.
    return firstDay(addMonths(to, -chance.pick([90, 90, 80, 80, 60, 41, 30, 26, 14, 5])));
}

/** Deliveries of one kind: the newest peildatum and then the highest volgnr wins, so no two may share both. */
class Calendar {
    #taken = new Set<string>();

    free(delivery: Delivery, practices: readonly string[]): Delivery {
        const keys = (): string[] => [
            deliveryName(delivery),
            ...practices.map((agb) => `${delivery.kind} ${agb} ${delivery.peildatum} ${delivery.volgnr}`),
        ];
        while (keys().some((key) => this.#taken.has(key))) {
            delivery.volgnr += 1;
        }
        for (const key of keys()) {
            this.#taken.add(key);
        }
        return delivery;
    }
}

function hisOf(chance: Chance, worlds: readonly World[], peildatum: Day, to: Month, drop: number): HisDelivery {
    const single = worlds.length === 1 ? worlds[0] : undefined;
    const layout = single === undefined ? "his-breed" : chance.pick(LAYOUTS);
    // A journal is one file without levering.json: it cannot say from when it holds history.
    const journal = layout === "his-journaal";
    return {
        kind: "his",
        layout,
        sender: single?.agb ?? "regio",
        peildatum,
        volgnr: chance.happens(0.15) ? 2 : 1,
        since: journal ? null : sinceFor(chance, to),
        practices: new Map(worlds.map(({ agb, his }) => [agb, hisSnapshot(chance, his, peildatum, drop)])),
        covered: !journal && chance.happens(0.5) ? worlds.map(({ agb }) => agb) : null,
    };
}

function vipOf(chance: Chance, worlds: readonly World[], peildatum: Day, to: Month, drop: number): VipDelivery {
    return {
        kind: "viplive",
        layout: "viplive",
        sender: "regio",
        peildatum,
        volgnr: 1,
        since: sinceFor(chance, to),
        practices: new Map(worlds.map(({ agb, vip }) => [agb, vipSnapshot(chance, vip, peildatum, drop)])),
        covered: chance.happens(0.5) ? worlds.map(({ agb }) => agb) : null,
    };
}

function hisDeliveries(chance: Chance, worlds: readonly World[], to: Month, calendar: Calendar): Delivery[] {
    const deliveries: Delivery[] = [];
    const add = (some: readonly World[], peildatum: Day, drop: number): void => {
        const delivery = hisOf(chance, some, peildatum, to, drop);
        deliveries.push(
            calendar.free(
                delivery,
                some.map(({ agb }) => agb),
            ),
        );
    };
    const together =
        worlds.length > 3 && chance.happens(0.6) ? chance.shuffle(worlds).slice(0, chance.whole(2, 3)) : [];
    if (together.length > 0) {
        add(together, peildatumFor(chance, to), 0.1);
    }
    for (const world of worlds) {
        if (chance.happens(0.08)) {
            continue;
        }
        const newest = peildatumFor(chance, to);
        if (!together.includes(world) || chance.happens(0.4)) {
            add([world], newest, 0.1);
        }
        if (chance.happens(0.35)) {
            // Older, and whenever it arrives never current; often from another HIS.
            add([world], addDays(newest, -chance.whole(1, 400)), 0.3);
        }
        if (chance.happens(0.35)) {
            // A correction of the same day: a higher volgnr, with rows gone.
            add([world], newest, 0.4);
        }
    }
    if (worlds.length > 3 && chance.happens(0.15)) {
        // Covered by name, without a row: everything of this practice is gone.
        const [gone, ...others] = chance.shuffle(worlds).slice(0, 2);
        if (gone !== undefined && others.length > 0) {
            const delivery = hisOf(chance, [gone, ...others], peildatumFor(chance, to), to, 0.1);
            delivery.practices.set(gone.agb, emptyHis());
            const both = [gone.agb, ...others.map(({ agb }) => agb)];
            // Without the list only who occurs is covered, and the other keeps what it had.
            delivery.covered = chance.happens(0.6) ? both : null;
            deliveries.push(calendar.free(delivery, both));
        }
    }
    return deliveries;
}

function vipDeliveries(chance: Chance, worlds: readonly World[], to: Month, calendar: Calendar): Delivery[] {
    const deliveries: Delivery[] = [];
    const add = (delivery: VipDelivery): void => {
        deliveries.push(calendar.free(delivery, delivery.covered ?? [...delivery.practices.keys()]));
    };
    const newest = peildatumFor(chance, to);
    // Now and then a practice that VIPLive never heard of; where its HIS is missing too, only the register knows it.
    const known = chance.happens(0.25) ? chance.shuffle(worlds).slice(1) : worlds;
    add(vipOf(chance, known, newest, to, 0.1));
    if (chance.happens(0.4)) {
        add(vipOf(chance, worlds, addDays(newest, -chance.whole(1, 300)), to, 0.3));
    }
    if (chance.happens(0.4)) {
        add(vipOf(chance, chance.shuffle(worlds).slice(0, 2), chance.happens(0.5) ? newest : lastDay(to), to, 0.4));
    }
    if (chance.happens(0.25)) {
        const some = chance.shuffle(worlds).slice(0, 2);
        const delivery = vipOf(chance, some, newest, to, 0.2);
        delivery.covered = some.map(({ agb }) => agb);
        delivery.practices.set(delivery.covered[0] ?? "", emptyVip());
        add(delivery);
    }
    return deliveries;
}

/** A small region with its deliveries, the same for the same seed. Its register reaches at least into 2023. */
export function randomRegion(seed: number): Region {
    const chance = new Chance(seed);
    const to = addMonths("2023-01", chance.whole(0, 17));
    const from = chance.happens(0.6) ? "2022-01" : addMonths(to, -chance.whole(0, 14));
    const until = lastDay(to);
    const count = chance.whole(3, 6);
    const numbers = new Set<number>();
    while (numbers.size < count) {
        numbers.add(chance.whole(10_000, 999_999));
    }
    const worlds = [...numbers].map((number, index): World => {
        const prefix = `p${index}${chance.pick(["-", "q", "zz"])}ab`;
        const practice = randomPractice(chance, prefix, chance.whole(15, 55), until);
        return { agb: `01${String(number).padStart(6, "0")}`, ...practice };
    });
    for (const world of worlds) {
        for (let month = addMonths(to, -30); month <= to; month = addMonths(month, 1)) {
            if (chance.happens(0.85)) {
                const ingeschreven = chance.happens(0.05) ? 0 : chance.whole(20, 90);
                world.vip.portal.push({ maand: month, ingeschreven, gebruikt: chance.whole(0, ingeschreven) });
            }
        }
    }
    const register = randomRegister(
        chance,
        worlds.map(({ agb }) => agb),
        until,
    );
    const calendar = new Calendar();
    const registerDay = chance.happens(0.75) ? until : addDays(until, -chance.whole(1, 25));
    const deliveries: Delivery[] = [registerDay, addDays(registerDay, -chance.whole(20, 200))]
        .slice(0, chance.happens(0.5) ? 2 : 1)
        .map((peildatum, index) => ({
            kind: "bureau" as const,
            layout: "bureau" as const,
            sender: "regio",
            peildatum,
            volgnr: 1,
            since: null,
            register: registerSnapshot(chance, register, peildatum, index === 0 ? 0 : 0.3),
            covered: null,
        }));
    deliveries.push(...hisDeliveries(chance, worlds, to, calendar), ...vipDeliveries(chance, worlds, to, calendar));
    addWorkload(seed, worlds, register, deliveries, until);
    return { deliveries, from, to };
}
