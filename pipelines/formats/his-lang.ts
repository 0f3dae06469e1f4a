import { defineFormat, to } from "../format.ts";

const patientnr = to("patient_id", { reading: "pseudonym" });

/** One practice, long: semicolons, windows-1252, decimal comma. */
export default defineFormat({
    source: "HIS",
    sender: "practice",
    dialect: { encoding: "windows-1252", delimiter: ";", quoted: true, dates: "dd-mm-jjjj" },
    files: {
        "patienten.csv": {
            table: "patients",
            columns: {
                patientnr,
                geboortejaar: to("birth_year"),
                geslacht: to("sex"),
                postcode4: to("postcode4"),
                inschrijfdatum: to("registered_from"),
                uitschrijfdatum: to("registered_until"),
                categorie: to("category"),
            },
        },
        "episodes.csv": {
            table: "episodes",
            columns: {
                patientnr,
                icpc: to("icpc", { reading: "upper" }),
                startdatum: to("start_date"),
                einddatum: to("end_date"),
                status: to("status"),
            },
        },
        "bepalingen.csv": {
            table: "measurements",
            columns: {
                patientnr,
                nhgnr: to("nhg_number"),
                datum: to("measured_on"),
                waarde: to("value", { reading: "result" }),
                eenheid: to("unit", { reading: "unit" }),
            },
        },
        "contacten.csv": {
            table: "contacts",
            columns: {
                patientnr,
                datum: to("contact_date"),
                soort: to("kind"),
                discipline: to("discipline"),
                icpc: to("icpc", { reading: "upper" }),
            },
        },
        "medicatie.csv": {
            table: "prescriptions",
            columns: {
                patientnr,
                datum: to("prescribed_on"),
                atc: to("atc", { reading: "upper" }),
                dagen: to("days"),
            },
        },
        "verwijzingen.csv": {
            table: "referrals",
            columns: {
                patientnr,
                datum: to("referred_on"),
                bestemming: to("destination"),
                programma: to("programme"),
            },
        },
    },
});
