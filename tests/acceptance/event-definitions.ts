import { addDays, addMonths, firstDay, lastDay, monthOf } from "./calendar.ts";
import { type Definition, events } from "./definition.ts";
import { distinct } from "./once.ts";
import type { PracticeAtMonth } from "./practice-at-month.ts";
import type { Consultation } from "./region.ts";

const acpConversations = events(["his", "viplive"], (practice) =>
    distinct(
        practice.vip.acp.filter(
            (row) =>
                row.vorm !== "vragenlijst" &&
                monthOf(row.datum) === practice.month &&
                practice.isRegistered(row.patientnr, row.datum),
        ),
        (row) => `${row.patientnr} ${row.datum}`,
    ).map(({ patientnr }) => {
        const patient = practice.patient(patientnr);
        const old = patient !== undefined && practice.age(patient) >= 75;
        return { area: practice.area(patientnr), stratum: old ? "75plus" : "jonger" };
    }),
);

const gliReferrals = events(["his", "viplive"], (practice) =>
    practice.vip.gli
        .filter(
            (row) =>
                monthOf(row.verwijsdatum) === practice.month && practice.isRegistered(row.patientnr, row.verwijsdatum),
        )
        .map((row) => ({
            area: practice.area(row.patientnr),
            stratum: row.programma === "kind" ? "kind" : "volwassen",
        })),
);

const gliDropOut: Definition = {
    sources: ["his", "viplive"],
    window: 36,
    measure: "aandeel",
    span: "last",
    count: (practice) => {
        const first = firstDay(addMonths(practice.month, -35));
        const last = lastDay(addMonths(practice.month, -24));
        return practice.vip.gli
            .filter((row) => row.start !== null && row.start >= first && row.start <= last)
            .filter((row) => row.start !== null && practice.isRegistered(row.patientnr, row.start))
            .map((row) => ({
                area: practice.area(row.patientnr),
                stratum: null,
                group: practice.ageSexGroup(row.patientnr),
                numerator: row.einde === "uitval" && row.eind !== null && row.eind <= practice.end ? 1 : 0,
                denominator: 1,
            }));
    },
};

/** The month's consultations about registered patients, and those about nobody in particular. */
function asked(practice: PracticeAtMonth): (Consultation & { area: string })[] {
    return practice.vip.consultations
        .filter((row) => monthOf(row.datum) === practice.month)
        .filter((row) => row.patientnr === "" || practice.isRegistered(row.patientnr, row.datum))
        .map((row) => ({ ...row, area: row.patientnr === "" ? practice.ownArea : practice.area(row.patientnr) }));
}

function consultations(only: (bij: string) => boolean, stratum: "onderwerp" | "specialisme" | "bij"): Definition {
    return events(["his", "viplive"], (practice) =>
        asked(practice)
            .filter((row) => only(row.bij))
            .map((row) => ({ area: row.area, stratum: row[stratum] })),
    );
}

const answeredInFiveDays: Definition = {
    sources: ["his", "viplive"],
    window: 1,
    waits: 5,
    measure: "aandeel",
    span: "sum",
    count: (practice) =>
        asked(practice).map((row) => ({
            area: row.area,
            stratum: null,
            numerator: row.antwoord !== null && row.antwoord <= addDays(row.datum, 5) ? 1 : 0,
            denominator: 1,
        })),
};

/** Rows of the month whose patient is registered on that day, by the patient's area. */
function ofMonth<Row extends { patientnr: string }>(
    practice: PracticeAtMonth,
    rows: readonly Row[],
    day: (row: Row) => string | null,
): Row[] {
    return rows.filter((row) => {
        const datum = day(row);
        return datum !== null && monthOf(datum) === practice.month && practice.isRegistered(row.patientnr, datum);
    });
}

const gliStarts = events(["his", "viplive"], (practice) =>
    ofMonth(practice, practice.vip.gli, ({ start }) => start).map((row) => ({
        area: practice.area(row.patientnr),
        stratum: row.programma === "kind" ? "kind" : "volwassen",
    })),
);

function referrals(destinations: Readonly<Record<string, string | null>>): Definition {
    return events(["his"], (practice) =>
        ofMonth(
            practice,
            practice.his.referrals.filter(({ bestemming }) => bestemming in destinations),
            ({ datum }) => datum,
        ).map((row) => ({
            area: practice.area(row.patientnr),
            stratum: destinations[row.bestemming] ?? null,
        })),
    );
}

const palliativeContacts = events(["his"], (practice) =>
    distinct(
        ofMonth(
            practice,
            practice.his.contacts.filter(({ icpc }) => icpc === "A20"),
            ({ datum }) => datum,
        ),
        (row) => `${row.patientnr} ${row.datum}`,
    ).map((row) => ({ area: practice.area(row.patientnr), stratum: null })),
);

/** Visits at home of 75 and over: the denominator is who is registered and that old at P. */
const homeVisits: Definition = {
    sources: ["his", "viplive"],
    window: 1,
    measure: "aantal",
    span: "sum",
    count: (practice) => [
        ...practice.registered
            .filter((patient) => practice.age(patient) >= 75)
            .map((patient) => ({
                area: practice.area(patient.patientnr),
                stratum: null,
                numerator: 0,
                denominator: 1,
            })),
        ...distinct(
            ofMonth(
                practice,
                practice.vip.frailty.filter(({ bron }) => bron === "huisbezoek75"),
                ({ datum }) => datum,
            ),
            (row) => `${row.patientnr} ${row.datum}`,
        ).map((row) => ({
            area: practice.area(row.patientnr),
            stratum: null,
            numerator: 1,
            denominator: 0,
        })),
    ],
};

/** What happened in a month, against the registered. */
export const EVENT_DEFINITIONS: Readonly<Record<string, Definition>> = {
    oud_acp_gesprekken: acpConversations,
    gli_verwijzingen: gliReferrals,
    gli_gestart: gliStarts,
    oud_acp_his: palliativeContacts,
    oud_huisbezoek75: homeVisits,
    wor_verwijzingen: referrals({ "welzijn op recept": null }),
    oco_verwijzingen: referrals({ clientondersteuner: null }),
    jeugd_verwijzingen: referrals({ jeugdprofessional: null }),
    ggz_verwijzingen: referrals({ "basis-ggz": "basis", "gespecialiseerde ggz": "gespecialiseerd" }),
    gli_uitval: gliDropOut,
    meedenkconsulten: consultations((bij) => bij === "medisch specialist", "specialisme"),
    consultaties: consultations(() => true, "onderwerp"),
    consultaties_bij: consultations(() => true, "bij"),
    consultatie_binnen_5_dagen: answeredInFiveDays,
};
