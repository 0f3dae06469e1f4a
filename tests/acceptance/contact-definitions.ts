import { type Definition, type Measure, registered } from "./definition.ts";
import type { PracticeAtMonth } from "./practice-at-month.ts";
import type { Contact } from "./region.ts";

/** A stand of what happened in the twelve months up to P, by the area of each patient. */
function lastYear(measure: Measure, count: Definition["count"]): Definition {
    return { sources: ["his"], window: 12, measure, span: "last", count };
}

/** Happenings against who is registered at P: one who left still counts with what was before that. */
function perRegistered(
    measure: Measure,
    happened: (practice: PracticeAtMonth) => readonly { patientnr: string }[],
): Definition {
    return lastYear(measure, (practice) => [
        ...registered(practice),
        ...happened(practice).map(({ patientnr }) => ({
            area: practice.area(patientnr),
            stratum: null,
            numerator: 1,
            denominator: 0,
        })),
    ]);
}

/** Of some contacts the share that is of a kind. */
function shareOfContacts(belongs: (row: Contact) => boolean, counts: (row: Contact) => boolean): Definition {
    return lastYear("aandeel", (practice) =>
        practice
            .contacts(12)
            .filter(belongs)
            .map((row) => ({
                area: practice.area(row.patientnr),
                stratum: null,
                numerator: counts(row) ? 1 : 0,
                denominator: 1,
            })),
    );
}

/** Everything that is called a consult or a visite; an e-consult is called otherwise. */
const CONSULTATIONS = ["consult", "consult_lang", "consult_kort", "visite", "visite_lang"];
const LONG = ["consult_lang", "visite_lang"];
const OTHERS_THAN_THE_DOCTOR = ["poh-s", "poh-ggz", "poh-o", "pa", "vs", "soh"];

/** More time for the patient: shares of contacts, which are no shares of patients and so have no standardised value. */
export const CONTACT_DEFINITIONS: Readonly<Record<string, Definition>> = {
    mtvp_consulten_per_patient: perRegistered("ratio", (practice) => practice.contacts(12)),
    mtvp_verwijzingen_msz: perRegistered("ratio per 1.000", (practice) =>
        practice.his.referrals.filter(
            (row) =>
                row.bestemming === "medisch specialist" &&
                practice.inWindow(row.datum, 12) &&
                practice.isRegistered(row.patientnr, row.datum),
        ),
    ),
    mtvp_lange_consulten: shareOfContacts(
        ({ soort }) => CONSULTATIONS.includes(soort),
        ({ soort }) => LONG.includes(soort),
    ),
    mtvp_taakherschikking: shareOfContacts(
        () => true,
        ({ discipline }) => OTHERS_THAN_THE_DOCTOR.includes(discipline),
    ),
};
