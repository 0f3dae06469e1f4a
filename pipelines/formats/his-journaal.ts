import { defineFormat, to } from "../format.ts";

const patientnr = to("patient_id", { reading: "pseudonym" });

/** One practice, one multiplexed file: the first field of a line says what the line is. */
export default defineFormat({
    source: "HIS",
    sender: "practice",
    dialect: { encoding: "utf-8", delimiter: "|", quoted: false, dates: "jjjjmmdd", comment: "#" },
    records: {
        P: {
            table: "patients",
            fields: [
                patientnr,
                to("birth_year"),
                to("sex"),
                to("postcode4"),
                to("registered_from"),
                to("registered_until"),
                to("category", { words: { v: "vast", p: "passant" } }),
            ],
        },
        E: {
            table: "episodes",
            fields: [
                patientnr,
                to("icpc", { reading: "upper" }),
                to("start_date"),
                to("end_date"),
                to("status", { words: { a: "actief", i: "inactief" } }),
            ],
        },
        M: {
            table: "measurements",
            fields: [
                patientnr,
                to("nhg_number"),
                to("measured_on"),
                to("value", { reading: "result" }),
                to("unit", { reading: "unit" }),
            ],
        },
        C: {
            table: "contacts",
            fields: [patientnr, to("contact_date"), to("kind"), to("discipline"), to("icpc", { reading: "upper" })],
        },
        R: {
            table: "prescriptions",
            fields: [patientnr, to("prescribed_on"), to("atc", { reading: "upper" }), to("days")],
        },
        V: {
            table: "referrals",
            fields: [patientnr, to("referred_on"), to("destination"), to("programme")],
        },
    },
});
