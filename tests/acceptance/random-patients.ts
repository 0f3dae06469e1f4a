import { addDays, type Day, firstDay, lastDay, monthOf, yearOf } from "./calendar.ts";
import type { Chance } from "./random.ts";
import { measurementsOf } from "./random-measurements.ts";
import { emptyHis, emptyVip, type HisRows, type Patient, type VipRows } from "./region.ts";

const PC4 = ["3201", "3202", "3214", "3221", "3231", "3233", "3181", "3191", "3241"];
const CODES = [
    ...[
        "T90.02",
        "T90.02",
        "T90.02",
        "T90.02",
        "T90.02",
        "T90.02",
        "T90.02",
        "T90.02",
        "T90.01",
        "T90",
        "K86",
        "K86",
        "K86",
        "K87",
        "K87.01",
        "T93",
        "T93.01",
        "K74",
        "K74.01",
        "K75",
    ],
    ...[
        "K76.02",
        "K89",
        "K90",
        "K90.01",
        "K90.02",
        "K90.03",
        "K91",
        "K92",
        "K92.01",
        "K99.01",
        "R95",
        "R95",
        "R95",
        "R95",
        "R95.01",
    ],
    ...[
        "R96",
        "R96",
        "R96.01",
        "R96.02",
        "R96.02",
        "R96.02",
        "R91",
        "K77",
        "K77.01",
        "K78",
        "P70",
        "L95.02",
        "T92",
        "T86",
        "T82",
        "A05",
        "A20",
    ],
];
const PROGRAMMES = ["DM2", "HVZ", "VRM", "ASTMA", "COPD", "OUDEREN"] as const;
const TOPICS = ["ouderenzorg", "ggz", "diabetes", "CVRM", "COPD", "meedenk", "overig"];
const CONSULTED = [
    ...["SO", "casemanager dementie", "apotheek", "diabetesverpleegkundige", "kaderhuisarts"],
    ...["psychiatrische consultatielijn", "ggz", "medisch specialist", "medisch specialist", "medisch specialist"],
];

/** A day up to and including `until`, mostly in its last three years, often on an edge of a month or of a window. */
export function dayBefore(chance: Chance, until: Day, years = 6): Day {
    const span = chance.happens(0.75) ? 1100 : years * 365;
    const day = addDays(until, -chance.whole(0, span));
    const edge = chance.next();
    if (edge < 0.12) {
        const last = lastDay(monthOf(day));
        return last <= until ? last : day;
    }
    return edge < 0.24 ? firstDay(monthOf(day)) : day;
}

/** An end after the start, often none, sometimes in the future. */
export function endAfter(chance: Chance, start: Day, until: Day, open: number): Day | null {
    if (chance.happens(open)) {
        return null;
    }
    const end = chance.happens(0.15) ? addDays(until, chance.whole(1, 200)) : dayBefore(chance, until);
    return end > start ? end : addDays(start, chance.whole(1, 400));
}

function birthYear(chance: Chance, until: Day): number {
    const year = yearOf(until);
    return chance.happens(0.15)
        ? year - chance.pick([15, 16, 17, 18, 39, 40, 74, 75, 76, 77])
        : year - (chance.happens(0.4) ? chance.whole(72, 97) : chance.whole(1, 90));
}

function registrations(chance: Chance, patientnr: string, until: Day): Patient[] {
    const van = addDays(dayBefore(chance, until, 20), chance.happens(0.6) ? -3650 : 0);
    const patient: Patient = {
        patientnr,
        geboortejaar: birthYear(chance, until),
        geslacht: chance.pick(["M", "V", "V", "M", "O"] as const),
        pc4: chance.pick(PC4),
        van,
        tot: endAfter(chance, van, until, 0.85),
        categorie: chance.happens(0.08) ? "PASSANT" : "VAST",
    };
    if (!chance.happens(0.1)) {
        return [patient];
    }
    const earlier = addDays(van, -chance.whole(400, 2000));
    const left = addDays(earlier, chance.whole(30, 380));
    return [
        { ...patient, pc4: chance.pick(PC4), geboortejaar: patient.geboortejaar - 1, van: earlier, tot: left },
        patient,
    ];
}

function addHisRows(chance: Chance, rows: HisRows, patientnr: string, until: Day): void {
    rows.patients.push(...registrations(chance, patientnr, until));
    for (let count = chance.whole(0, 8); count > 0; count -= 1) {
        const start = addDays(dayBefore(chance, until, 15), chance.happens(0.7) ? -900 : 0);
        const eind = endAfter(chance, start, until, 0.8);
        const icpc = chance.pick(CODES);
        // R96 and R96.01 together in one patient would test a reading that the definition leaves open.
        if (
            !(
                icpc.startsWith("R96") &&
                rows.episodes.some((e) => e.patientnr === patientnr && e.icpc.startsWith("R96"))
            )
        ) {
            rows.episodes.push({ patientnr, icpc, start, eind, actief: chance.happens(eind === null ? 0.9 : 0.5) });
        }
    }
    rows.measurements.push(...measurementsOf(chance, patientnr, () => dayBefore(chance, until)));
    for (let count = chance.whole(0, 3); count > 0; count -= 1) {
        const soort = chance.pick(["consult", "consult_lang", "consult_kort", "visite", "visite_lang", "telefonisch"]);
        const discipline = chance.pick(["huisarts", "poh-s", "poh-ggz", "poh-o", "assistente", "soh", "pa", "vs"]);
        const icpc = chance.pick(["A20", "K86", "T90.02", "R95"]);
        rows.contacts.push({ patientnr, datum: dayBefore(chance, until), soort, discipline, icpc });
        const atc = chance.pick(["R03AC02", "R03BA02", "R03BB04", "B01AC06", "R03BA02", "C10AA05"]);
        rows.prescriptions.push({ patientnr, datum: dayBefore(chance, until), atc, dagen: chance.pick([30, 90]) });
    }
    for (let count = chance.happens(0.6) ? chance.whole(1, 2) : 0; count > 0; count -= 1) {
        const bestemming = chance.pick([
            "GLI",
            "welzijn op recept",
            "clientondersteuner",
            "jeugdprofessional",
            "basis-ggz",
            "gespecialiseerde ggz",
            "medisch specialist",
            "podotherapeut",
        ]);
        const programma = bestemming === "GLI" ? "CooL" : bestemming === "medisch specialist" ? "cardiologie" : "";
        rows.referrals.push({ patientnr, datum: dayBefore(chance, until), bestemming, programma });
    }
}

function addCareRows(chance: Chance, rows: VipRows, patientnr: string, until: Day): void {
    for (const programma of PROGRAMMES) {
        for (let count = chance.happens(0.5) ? chance.whole(1, 2) : 0; count > 0; count -= 1) {
            const start = addDays(dayBefore(chance, until, 8), chance.happens(0.5) ? -700 : 0);
            const hoofdbehandelaar = chance.pick(["huisarts", "huisarts", "huisarts", "", "", "specialist"] as const);
            const eind = endAfter(chance, start, until, 0.8);
            rows.programmes.push({ patientnr, programma, start, eind, hoofdbehandelaar });
        }
    }
    if (chance.happens(0.3)) {
        const datum = dayBefore(chance, until);
        rows.acp.push({ patientnr, datum, vorm: chance.pick(["gesprek", "bijstelling", "vragenlijst"] as const) });
        // A second form on the same day is the same conversation.
        rows.acp.push({
            patientnr,
            datum: chance.happens(0.5) ? datum : dayBefore(chance, until),
            vorm: chance.pick(["gesprek", "bijstelling", "vragenlijst"] as const),
        });
    }
    for (let count = chance.happens(0.4) ? chance.whole(1, 2) : 0; count > 0; count -= 1) {
        rows.frailty.push({
            patientnr,
            datum: dayBefore(chance, until),
            instrument: chance.pick(["TraZAG", "GFI", "oordeel"] as const),
            score: chance.whole(0, 15),
            kwetsbaar: chance.happens(0.5),
            bron: chance.pick(["praktijk", "huisbezoek75"] as const),
        });
        rows.plans.push({
            patientnr,
            datum: dayBefore(chance, until),
            soort: chance.pick(["IZP", "MDO", "MBO"] as const),
        });
    }
    if (chance.happens(0.1)) {
        const start = dayBefore(chance, until);
        const aandoening = chance.pick(["CVRM", "COPD"] as const);
        rows.telemonitoring.push({ patientnr, start, eind: endAfter(chance, start, until, 0.6), aandoening });
    }
}

function addGli(chance: Chance, rows: VipRows, patientnr: string, until: Day): void {
    if (rows.gli.some((row) => row.patientnr === patientnr) && chance.happens(0.5)) {
        return;
    }
    const verwijsdatum = dayBefore(chance, until);
    const intake = chance.happens(0.8) ? addDays(verwijsdatum, chance.whole(0, 30)) : null;
    const start = intake !== null && chance.happens(0.9) ? addDays(intake, chance.whole(0, 40)) : null;
    const eind = start !== null && chance.happens(0.7) ? addDays(start, chance.whole(20, 800)) : null;
    const einde =
        start === null || (eind === null && chance.happens(0.8))
            ? "loopt"
            : chance.pick(["uitval", "afgerond"] as const);
    const programma = chance.pick(["CooL", "BeweegKuur", "SSiB", "kind"] as const);
    rows.gli.push({ patientnr, verwijsdatum, programma, intake, start, eind, einde });
}

function addConsultation(chance: Chance, rows: VipRows, patientnr: string, until: Day): void {
    const datum = dayBefore(chance, until, 3);
    const bij = chance.pick(CONSULTED);
    const specialist = bij === "medisch specialist";
    const row = {
        patientnr,
        datum,
        antwoord: chance.happens(0.8) ? addDays(datum, chance.whole(0, 9)) : null,
        onderwerp: specialist ? "meedenk" : chance.pick(TOPICS),
        bij,
        specialisme: specialist ? chance.pick(["cardiologie", "interne geneeskunde", "longziekten"]) : "",
        ziekenhuis: specialist ? chance.pick(["spijkenisse mc", "ikazia"]) : "",
    };
    rows.consultations.push(row);
    // Two equal rows are two consultations: in this file alone nothing tells them apart.
    if (chance.happens(0.1)) {
        rows.consultations.push({ ...row });
    }
}

/** One practice as it is on the day `until`: what its HIS holds, and what VIPLive holds about it. */
export function randomPractice(
    chance: Chance,
    prefix: string,
    patients: number,
    until: Day,
): { his: HisRows; vip: VipRows } {
    const his = emptyHis();
    const vip = emptyVip();
    for (let index = 0; index < patients; index += 1) {
        const patientnr = `${prefix}${String(index).padStart(4, "0")}${chance.pick(["", "x", "-klm", "0a1b2c3d4e5f"])}`;
        addHisRows(chance, his, patientnr, until);
        addCareRows(chance, vip, patientnr, until);
        if (chance.happens(0.35)) {
            addGli(chance, vip, patientnr, until);
        }
        if (chance.happens(0.25)) {
            addConsultation(chance, vip, chance.happens(0.35) ? "" : patientnr, until);
        }
    }
    // Known in VIPLive, absent from the HIS: kept, and counted nowhere.
    addCareRows(chance, vip, `${prefix}onbekend`, until);
    addGli(chance, vip, `${prefix}onbekend`, until);
    return { his, vip };
}
