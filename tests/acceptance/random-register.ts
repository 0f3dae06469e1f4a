import { addDays, type Day, lastDay, monthOf } from "./calendar.ts";
import type { Chance } from "./random.ts";
import { dayBefore } from "./random-patients.ts";
import type { RegisterRows } from "./region.ts";

const AREAS = ["nissewaard", "voorne-aan-zee", "rozenburg"] as const;
const FUNCTIONS = ["huisarts", "POH-S", "POH-GGZ", "POH-O", "assistente", "praktijkmanager", "SOH", "PA", "VS"];
const YES_NO_FACTS = [
    ...["praktijkmanager", "his_protocol", "fax", "portaallink", "ict_scan", "vaste_so", "vaste_casemanager"],
    ...["infobeveiligingsbeleid", "digivaardig", "laaggeletterdheid", "triagetool", "positieve_gezondheid"],
    ...["nulmeting", "intervisie", "soh", "pa_vs", "stageplaats", "mtvp_triage", "mtvp_een_kanaal"],
    ...["mtvp_consultduur", "mtvp_lean", "mtvp_sociaal_domein", "mtvp_pa_vs", "mtvp_soh"],
    ...["mtvp_positieve_gezondheid", "mtvp_alk"],
];
const PROGRAMME_CODES = ["chronisch", "long", "ouderen"];

/** The areas of the newest register: three that are, and three that became one of them on the first of January 2023. */
function areas(): RegisterRows["areas"] {
    const row = (gebied: string, cbsCode: string, postcodes: string[], van: Day, tot: Day | null) => ({
        gebied,
        naam: gebied.toUpperCase(),
        cbsCode,
        postcodes,
        van,
        tot,
    });
    return [
        row("nissewaard", "GM1930", ["3201", "3202", "3214"], "2015-01-01", null),
        row("brielle", "GM0501", ["3231"], "1990-01-01", "2023-01-01"),
        row("hellevoetsluis", "GM0530", ["3221"], "1990-01-01", "2023-01-01"),
        row("westvoorne", "GM0614", ["3233"], "1990-01-01", "2023-01-01"),
        row("voorne-aan-zee", "GM1992", ["3221", "3231", "3233"], "2023-01-01", null),
        row("rozenburg", "GM0599", ["3181"], "2010-03-18", null),
    ];
}

function membership(chance: Chance, until: Day): { toegetreden: Day; vertrokken: Day | null } {
    const some = dayBefore(chance, until, 2);
    const month = lastDay(monthOf(some));
    const end = month <= until ? month : until;
    switch (chance.whole(0, 9)) {
        case 0:
            return { toegetreden: "2023-01-01", vertrokken: null };
        case 1:
            return { toegetreden: "2015-01-01", vertrokken: "2023-01-01" };
        case 2:
            // A member that enters on the last day of a month is one in that month; one that leaves on it is not.
            return { toegetreden: end, vertrokken: null };
        case 3:
            return { toegetreden: "2015-01-01", vertrokken: end };
        case 4:
            return { toegetreden: "2015-01-01", vertrokken: addDays(end, 1) };
        default:
            return { toegetreden: "2015-01-01", vertrokken: null };
    }
}

function regionFacts(chance: Chance, until: Day): RegisterRows["regionFacts"] {
    const places = [...AREAS, "regio"];
    const facts: RegisterRows["regionFacts"] = [];
    for (const feit of ["gli_groep_gestart", "rcp_melding", "rcp_akkoord", "patz_bijeenkomst", "casuistiektafel"]) {
        for (let count = chance.whole(2, 12); count > 0; count -= 1) {
            const aantal = chance.whole(0, 9);
            facts.push({ gebied: chance.pick(places), feit, datum: dayBefore(chance, until, 3), aantal, code: "" });
        }
    }
    for (const feit of ["scholing", "scholing_deelnemers", "digivitaler_cursus"]) {
        for (let count = chance.whole(2, 12); count > 0; count -= 1) {
            const code = chance.pick(PROGRAMME_CODES);
            facts.push({
                gebied: chance.pick(places),
                feit,
                datum: dayBefore(chance, until, 3),
                aantal: chance.whole(0, 20),
                code,
            });
        }
    }
    for (const gebied of places) {
        const days = new Set(Array.from({ length: chance.whole(0, 3) }, () => dayBefore(chance, until, 3)));
        for (const datum of days) {
            facts.push({ gebied, feit: "leefstijlcoach", datum, aantal: chance.whole(0, 4), code: "" });
        }
    }
    return facts;
}

/** The register as it is on the day `until`. */
export function randomRegister(chance: Chance, codes: readonly string[], until: Day): RegisterRows {
    // Without any organisation the optional column is left out.
    const organised = !chance.happens(0.15);
    const register: RegisterRows = { practices: [], areas: areas(), practiceFacts: [], regionFacts: [], staff: [] };
    for (const [index, agb] of codes.entries()) {
        register.practices.push({
            agb,
            naam: `Praktijk ${["De Linde", '"Het Spui"', "De Dam; Zuid"][index % 3]} ${index + 1}`,
            organisatie: organised ? chance.pick(["Cohaesie", "Cohaesie", "Zorggroep Haringvliet", ""]) : "",
            hagro: chance.pick(["Noord", "Zuid", "Dorpen"]),
            gebied: chance.pick(AREAS),
            his: chance.pick(["MediKit", "Bricks"]),
            ...membership(chance, until),
        });
        for (const feit of YES_NO_FACTS.flatMap((name) => Array<string>(chance.whole(0, 3)).fill(name))) {
            const datum = dayBefore(chance, until, 3);
            const fact = () => ({
                agb,
                feit,
                datum,
                waarde: chance.pick(["ja", "nee", "J", "N", "3", "0", "JA"]),
            });
            register.practiceFacts.push(fact());
            // Now and then two of one day, that may contradict each other.
            if (chance.happens(0.3)) {
                register.practiceFacts.push(fact());
            }
        }
        register.practiceFacts.push({ agb, feit: "patientervaring", datum: dayBefore(chance, until), waarde: "8,1" });
        for (const functie of FUNCTIONS) {
            const days = new Set(Array.from({ length: chance.whole(0, 3) }, () => dayBefore(chance, until, 3)));
            for (const datum of days) {
                register.staff.push({
                    agb,
                    datum,
                    functie,
                    aantal: chance.whole(0, 6),
                    fte: chance.pick(["0,8", "1", "2,25"]),
                });
            }
        }
    }
    register.staff.push({
        agb: "bureau",
        datum: dayBefore(chance, until),
        functie: "praktijkmanager",
        aantal: 2,
        fte: "1,26",
    });
    register.regionFacts = regionFacts(chance, until);
    return register;
}
