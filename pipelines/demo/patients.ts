import { type Day, day, yearOf } from "./calendar.ts";
import { type AreaKey, ELSEWHERE, MEN, PLACES, WOMEN } from "./places.ts";
import type { PracticePlan } from "./practice.ts";
import { at, type Random, stream, Wheel } from "./random.ts";
import type { Horizon } from "./settings.ts";

export type Sex = "M" | "V" | "O";

export interface Registration {
    from: Day;
    /** First day no longer registered; 0 while open. */
    until: Day;
    kind: "VAST" | "PASSANT";
}

export interface Patient {
    id: string;
    birthYear: number;
    sex: Sex;
    pc4: number;
    /** Oldest first; the last one is the current or latest. */
    registrations: Registration[];
    /** Registered on the reference day: the people the annual report counts. */
    core: boolean;
    /** Care is generated from `entered` up to but not including `left`. */
    entered: Day;
    left: Day;
    /** Above 1: needs and seeks more care than others of the same age. */
    need: number;
    /** Month (0 to 11) of the yearly check-up. */
    checkMonth: number;
}

/** An open end lies beyond every horizon. */
export const NEVER: Day = day(2100, 1, 1);

const YEAR = 365.25;
const under75 = new Wheel(bands(0, 15));
const from75 = new Wheel(bands(15, 20));
const anyAge = new Wheel(bands(0, 20));

interface Band {
    sex: "M" | "V";
    low: number;
    high: number;
}

/**
 * The people of one practice: those registered on the reference day in exactly the planned number and with exactly the
 * planned number of 75 and over, those who left before it, those who came after it, and passers-by.
 */
export function drawPatients(plan: PracticePlan, horizon: Horizon, seed: number): Patient[] {
    const random = stream(seed, plan.agb, "patients");
    const draw = new PatientDraw(plan, horizon, random);
    const patients: Patient[] = [];
    for (let number = 0; number < plan.size; number++) patients.push(draw.core(number < plan.over75));
    const history = (horizon.reference - horizon.start) / YEAR;
    const gone = random.poisson(plan.size * 0.05 * history);
    for (let number = 0; number < gone; number++) patients.push(draw.former());
    const ahead = plan.role === "leaver" ? 0 : Math.max(0, horizon.end - horizon.reference) / YEAR;
    const coming = random.poisson(plan.size * 0.056 * ahead);
    for (let number = 0; number < coming; number++) patients.push(draw.newcomer());
    const passing = random.poisson(plan.size * 0.012);
    for (let number = 0; number < passing; number++) patients.push(draw.passer());
    return random.shuffle(patients);
}

class PatientDraw {
    private readonly ids: (place: number) => string;
    private readonly homes: Wheel<number>;
    private readonly outside: readonly number[];
    private count = 0;

    constructor(
        plan: PracticePlan,
        private readonly horizon: Horizon,
        private readonly random: Random,
    ) {
        this.ids = pseudonyms(random);
        this.homes = new Wheel(plan.homes.map(({ pc4, weight }) => [pc4, weight] as const));
        const others = (Object.keys(PLACES) as AreaKey[]).filter((key) => key !== plan.area);
        this.outside = others.flatMap((key) => PLACES[key].map((place) => place.pc4));
    }

    core(old: boolean): Patient {
        const { random, horizon } = this;
        const { sex, age } = drawAge(random, old ? from75 : under75);
        const birthYear = yearOf(horizon.reference) - age;
        const from = this.arrival(birthYear, horizon.reference);
        const gone = horizon.reference + 1 + Math.floor(random.exponential(YEAR / leavingRate(age)));
        const patient = this.make(birthYear, sex, from, gone > horizon.end + 31 ? 0 : gone, "VAST");
        patient.core = true;
        if (random.chance(0.012) && from > horizon.start && from - 900 > day(birthYear + 1, 1, 1)) {
            const returned = from - random.between(60, 800);
            const kind = random.chance(0.25) ? "PASSANT" : "VAST";
            const earlier = Math.max(day(birthYear, 6, 1), returned - random.between(20, 2_000));
            patient.registrations.unshift({ from: earlier, until: Math.max(earlier + 1, returned), kind });
        }
        return patient;
    }

    /** Left or died in the years before the reference day, or on it. */
    former(): Patient {
        const { random, horizon } = this;
        const until = random.between(horizon.start + 1, horizon.reference);
        const died = random.chance(0.18);
        let { sex, age } = drawAge(random, died ? from75 : anyAge);
        if (!died && random.chance(0.5)) age = random.between(18, 38);
        const birthYear = Math.max(1_921, yearOf(until - 1) - age);
        if (random.chance(0.001)) sex = "M";
        return this.make(birthYear, sex, Math.min(until - 1, this.arrival(birthYear, until - 1)), until, "VAST");
    }

    /** Born or moved in after the reference day. */
    newcomer(): Patient {
        const { random, horizon } = this;
        const from = random.between(horizon.reference + 1, horizon.end);
        let { sex, age } = drawAge(random, anyAge);
        if (random.chance(0.17)) age = 0;
        else if (random.chance(0.5)) age = random.between(18, 38);
        if (random.chance(0.001)) sex = "O";
        const gone = from + 1 + Math.floor(random.exponential(YEAR / leavingRate(age)));
        return this.make(yearOf(from) - age, sex, from, gone > horizon.end + 31 ? 0 : gone, "VAST");
    }

    passer(): Patient {
        const { random, horizon } = this;
        const { sex, age } = drawAge(random, anyAge);
        const from = random.between(horizon.start, horizon.end);
        const until = random.chance(0.2) ? 0 : from + random.between(1, 40);
        return this.make(Math.min(yearOf(from), yearOf(horizon.reference) - age), sex, from, until, "PASSANT");
    }

    /** Most people have been registered for many years; a birth year's own days start no earlier than that year. */
    private arrival(birthYear: number, latest: Day): Day {
        const born = day(birthYear, 1, 1) + this.random.between(0, 364);
        // The old move less.
        const moved = latest - Math.floor(this.random.exponential((birthYear < 1975 ? 30 : 13) * YEAR));
        const arrived = Math.min(latest, Math.max(born, moved, day(1965, 1, 1) + this.random.between(0, 3_000)));
        // Day 0 stands for "no date".
        return arrived === 0 ? 1 : arrived;
    }

    private make(birthYear: number, sex: Sex, from: Day, until: Day, kind: Registration["kind"]): Patient {
        const { random, horizon } = this;
        return {
            id: this.ids(this.count++),
            birthYear,
            sex: random.chance(0.0008) ? "O" : sex,
            pc4: random.chance(0.92)
                ? this.homes.turn(random)
                : random.pick(random.chance(0.55) ? this.outside : ELSEWHERE),
            registrations: [{ from, until, kind }],
            core: false,
            entered: Math.max(horizon.start, from),
            left: until === 0 ? NEVER : until,
            need: Math.exp(random.normal(-0.12, 0.5)),
            checkMonth: random.between(0, 11),
        };
    }
}

/** Registered as a regular patient on that day (indicators.md); passers-by are not. */
export function registeredOn(patient: Patient, date: Day): boolean {
    return patient.registrations.some(
        (one) => one.kind === "VAST" && one.from <= date && (one.until === 0 || one.until > date),
    );
}

/** Never more than a passer-by. */
export function onlyPassing(patient: Patient): boolean {
    return patient.registrations.every((one) => one.kind === "PASSANT");
}

/** Yearly chance to leave the practice: moves of the young, deaths of the old. */
function leavingRate(age: number): number {
    if (age >= 90) return 0.23;
    if (age >= 85) return 0.13;
    if (age >= 80) return 0.08;
    if (age >= 75) return 0.05;
    if (age >= 65) return 0.03;
    return age >= 18 && age < 35 ? 0.085 : 0.037;
}

function bands(first: number, last: number): (readonly [Band, number])[] {
    const slices: (readonly [Band, number])[] = [];
    for (let band = first; band < last; band++) {
        const high = band === 19 ? 99 : band * 5 + 4;
        slices.push(
            [{ sex: "M", low: band * 5, high }, at(MEN, band)],
            [{ sex: "V", low: band * 5, high }, at(WOMEN, band)],
        );
    }
    return slices;
}

function drawAge(random: Random, wheel: Wheel<Band>): { sex: Sex; age: number } {
    const band = wheel.turn(random);
    // Above 75 the younger years of a band hold more people; taking the lower of two draws now and then shows that.
    const age = random.between(band.low, band.high);
    return {
        sex: band.sex,
        age: band.low >= 75 && random.chance(0.4) ? Math.min(age, random.between(band.low, band.high)) : age,
    };
}

/** Consonants with single digits between: never a name, four digits with two letters (a postcode), or a telephone number. */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

/** Distinct pseudonyms of twelve positions: the count, mixed by a multiplication modulo 20^10 and 10^2. */
function pseudonyms(random: Random): (place: number) => string {
    const offset = random.between(1, 1_000_000_000);
    const prefix = random.between(0, 99);
    return (place) => {
        let letters = (BigInt(place) * 6_700_417_333n + BigInt(offset) * 9_999n) % 10_240_000_000_000n;
        let text = "";
        for (let position = 0; position < 10; position++) {
            text += LETTERS[Number(letters % 20n)];
            letters /= 20n;
        }
        const digits = String((prefix + place * 7) % 100).padStart(2, "0");
        return `${text.slice(0, 3)}${digits[0]}${text.slice(3, 6)}${digits[1]}${text.slice(6)}`;
    };
}
