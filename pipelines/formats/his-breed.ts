import { defineFormat, to } from "../format.ts";

const agb = to("practice_id", { reading: "agb" });
const patient_id = to("patient_id", { reading: "pseudonym" });

/** One or more practices, wide: commas, UTF-8, every field quoted, one column per bepaling. */
export default defineFormat({
    source: "HIS",
    sender: "either",
    dialect: { encoding: "utf-8", delimiter: ",", quoted: true, dates: "jjjj-mm-dd" },
    files: {
        "patient.csv": {
            table: "patients",
            columns: {
                agb,
                patient_id,
                geboortejaar: to("birth_year"),
                sekse: to("sex", { words: { man: "M", vrouw: "V", onbekend: "O" } }),
                pc4: to("postcode4"),
                ingeschreven_vanaf: to("registered_from"),
                ingeschreven_tot: to("registered_until"),
                type: to("category"),
            },
        },
        "probleem.csv": {
            table: "episodes",
            columns: {
                agb,
                patient_id,
                icpc: to("icpc", { reading: "upper" }),
                vanaf: to("start_date"),
                tot: to("end_date"),
                actief: to("status", { words: { j: "actief", n: "inactief" } }),
            },
        },
        "meetwaarden.csv": {
            table: "measurements",
            wide: true,
            columns: { agb, patient_id, datum: to("measured_on") },
        },
        "contact.csv": {
            table: "contacts",
            columns: {
                agb,
                patient_id,
                datum: to("contact_date"),
                soort: to("kind"),
                discipline: to("discipline"),
                icpc: to("icpc", { reading: "upper" }),
            },
        },
        "recept.csv": {
            table: "prescriptions",
            columns: {
                agb,
                patient_id,
                datum: to("prescribed_on"),
                atc: to("atc", { reading: "upper" }),
                dagen: to("days"),
            },
        },
        "verwijzing.csv": {
            table: "referrals",
            columns: {
                agb,
                patient_id,
                datum: to("referred_on"),
                bestemming: to("destination"),
                programma: to("programme"),
            },
        },
    },
});
