import { addDays, addMonths, type Day, lastDay, type Month, monthOf } from "./calendar.ts";
import { Chance } from "./random.ts";
import { dayBefore } from "./random-patients.ts";
import type { Consultation, Contact, Delivery, HisRows, PlatformUse, RegisterRows } from "./region.ts";
import { answeredBy } from "./snapshot.ts";

/** What practices had to do: of each its contacts, questions and use of VIPLive, and what the bureau knows of doctors. */
interface Workload {
    contacts: ReadonlyMap<string, Contact[]>;
    questions: ReadonlyMap<string, Consultation[]>;
    use: ReadonlyMap<string, PlatformUse[]>;
    facts: RegisterRows["regionFacts"];
}

const KINDS = ["consult", "consult_lang", "consult_kort", "visite", "visite_lang", "e-consult", "e-consult", "passant"];
const DISCIPLINES = ["huisarts", "huisarts", "poh-s", "poh-ggz", "poh-o", "assistente", "soh", "pa", "vs"];
/** No list of them is given: a word is what it is. */
const FUNCTIONS = ["dashboard", "consultatie", "overdracht"];

function contactsOf(chance: Chance, his: HisRows, until: Day): Contact[] {
    const patients = [...new Set(his.patients.map(({ patientnr }) => patientnr))];
    return patients.flatMap((patientnr) =>
        Array.from({ length: chance.whole(0, 3) }, () => ({
            patientnr,
            datum: dayBefore(chance, until, 3),
            soort: chance.pick(KINDS),
            discipline: chance.pick(DISCIPLINES),
            icpc: chance.pick(["A97", "R05", "K86"]),
        })),
    );
}

/** Answered around the fifth day, or not; about a patient or about nobody. */
function questionsOf(chance: Chance, his: HisRows, until: Day): Consultation[] {
    return his.patients.map(({ patientnr }) => {
        const datum = dayBefore(chance, until, 2);
        return {
            patientnr: chance.happens(0.2) ? "" : patientnr,
            datum,
            antwoord: chance.happens(0.8) ? addDays(datum, chance.pick([0, 2, 4, 5, 5, 6, 7])) : null,
            onderwerp: chance.pick(["ouderenzorg", "diabetes"]),
            bij: chance.pick(["SO", "kaderhuisarts"]),
            specialisme: "",
            ziekenhuis: "",
        };
    });
}

/** Most functions of most months; a month without a row, and a row of none, are two things. */
function useOf(chance: Chance, until: Month): PlatformUse[] {
    const use: PlatformUse[] = [];
    for (let month = addMonths(until, -30); month <= until; month = addMonths(month, 1)) {
        for (const functie of chance.happens(0.8) ? FUNCTIONS.filter(() => chance.happens(0.6)) : []) {
            use.push({ maand: month, functie, gebruikers: chance.happens(0.3) ? 0 : chance.whole(1, 9) });
        }
    }
    return use;
}

function trainedDoctors(chance: Chance, until: Day): RegisterRows["regionFacts"] {
    return Array.from({ length: chance.whole(0, 8) }, () => ({
        gebied: chance.pick(["nissewaard", "voorne-aan-zee", "rozenburg", "regio"]),
        feit: "huisarts_dementie_geschoold",
        datum: dayBefore(chance, until, 3),
        aantal: chance.whole(0, 2),
        code: "",
    }));
}

/** Now and then no fte at all, or one that is no whole hundredth. Changes the rows given. */
function respellFte(chance: Chance, register: RegisterRows): void {
    for (const row of register.staff) {
        const fte = chance.pick(["", "0,8", "1,667", "2.25", "0", "3"]);
        row.fte = chance.happens(0.5) ? fte : row.fte;
    }
}

/** Adds what had happened by the day of each delivery, less a few rows: no two deliveries hold the same. */
function addTo(delivery: Delivery, work: Workload, chance: Chance): void {
    const kept = <Row>(rows: readonly Row[] | undefined, happened: (row: Row) => boolean): Row[] =>
        (rows ?? []).filter((row) => happened(row) && !chance.happens(0.1));
    const byThen = (row: { datum: Day }): boolean => row.datum <= delivery.peildatum;
    if (delivery.kind === "bureau") {
        delivery.register.regionFacts.push(...kept(work.facts, byThen));
    } else if (delivery.kind === "his") {
        for (const [agb, his] of delivery.practices) {
            const known = new Set(his.patients.map(({ patientnr }) => patientnr));
            his.contacts.push(...kept(work.contacts.get(agb), (row) => known.has(row.patientnr) && byThen(row)));
        }
    } else {
        // The file about use is optional, and so left out now and then.
        const hasUse = chance.happens(0.8);
        for (const [agb, vip] of delivery.practices) {
            // A practice that is covered without a row stays so.
            if (Object.values(vip).some((rows) => rows.length > 0)) {
                const asked = kept(work.questions.get(agb), byThen);
                vip.consultations.push(...asked.map((row) => answeredBy(row, delivery.peildatum)));
                const reported = (row: PlatformUse): boolean => lastDay(row.maand) <= delivery.peildatum;
                vip.use.push(...kept(hasUse ? work.use.get(agb) : [], reported));
            }
        }
    }
}

/**
 * Adds the workload of the practices, with a chance of its own, so that a seed keeps the region it had without. The
 * deliveries are made of rows of the register given, which must not have been written yet.
 */
export function addWorkload(
    seed: number,
    worlds: readonly { agb: string; his: HisRows }[],
    register: RegisterRows,
    deliveries: readonly Delivery[],
    until: Day,
): void {
    const chance = new Chance(seed + 500_000);
    const work: Workload = {
        contacts: new Map(worlds.map(({ agb, his }) => [agb, contactsOf(chance, his, until)])),
        questions: new Map(worlds.map(({ agb, his }) => [agb, questionsOf(chance, his, until)])),
        use: new Map(worlds.map(({ agb }) => [agb, useOf(chance, monthOf(until))])),
        facts: trainedDoctors(chance, until),
    };
    respellFte(chance, register);
    for (const delivery of deliveries) {
        addTo(delivery, work, chance);
    }
}
