import { defineFormat, to } from "../format.ts";

const agb = to("practice_id", { reading: "agb" });
const patientnr = to("patient_id", { reading: "pseudonym" });
const maand = to("month", { reading: "month" });

/** The whole region, from VIPLive: programmes, ACP, frailty, care plans, GLI, consultations, portal. */
export default defineFormat({
    source: "VIPLive",
    sender: "region",
    dialect: { encoding: "utf-8", delimiter: ";", quoted: true, dates: "dd-mm-jjjj" },
    files: {
        "ketenzorg.csv": {
            table: "programmes",
            columns: {
                agb,
                patientnr,
                programma: to("programme"),
                startdatum: to("start_date"),
                einddatum: to("end_date"),
                hoofdbehandelaar: to("main_clinician"),
            },
        },
        "acp.csv": {
            table: "acp_conversations",
            columns: { agb, patientnr, datum: to("held_on"), vorm: to("form") },
        },
        "kwetsbaarheid.csv": {
            table: "frailty_assessments",
            columns: {
                agb,
                patientnr,
                datum: to("assessed_on"),
                instrument: to("instrument"),
                score: to("score"),
                kwetsbaar: to("frail"),
                bron: to("source"),
            },
        },
        "zorgplannen.csv": {
            table: "care_plans",
            columns: { agb, patientnr, datum: to("planned_on"), soort: to("kind") },
        },
        "gli.csv": {
            table: "lifestyle_programmes",
            columns: {
                agb,
                patientnr,
                verwijsdatum: to("referred_on"),
                programma: to("programme"),
                intakedatum: to("intake_date"),
                startdatum: to("start_date"),
                einddatum: to("end_date"),
                einde: to("outcome"),
            },
        },
        "consultaties.csv": {
            table: "consultations",
            columns: {
                agb,
                patientnr,
                datum: to("asked_on"),
                antwoorddatum: to("answered_on"),
                onderwerp: to("subject"),
                bij: to("advisor"),
                specialisme: to("specialism"),
                ziekenhuis: to("hospital"),
            },
        },
        "telemonitoring.csv": {
            table: "telemonitoring",
            columns: {
                agb,
                patientnr,
                startdatum: to("start_date"),
                einddatum: to("end_date"),
                aandoening: to("condition"),
            },
        },
        "portaal.csv": {
            table: "portal_use",
            columns: {
                agb,
                maand,
                ingeschreven_16plus: to("enrolled_16plus"),
                gebruikt_inzage: to("used_access"),
            },
        },
        "gebruik.csv": {
            table: "platform_use",
            optional: true,
            columns: { agb, maand, functie: to("function"), gebruikers: to("users") },
        },
    },
});
