import { date, defineTable, optional, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Gecombineerde leefstijlinterventie (GLI): van verwijzing tot einde",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        referred_on: date({ meaning: "Datum van de verwijzing", privacy: "zorggegeven", example: "2022-05-10" }),
        programme: word(["CooL", "BeweegKuur", "SSiB", "kind"], {
            meaning: "Programma",
            privacy: "zorggegeven",
            example: "CooL",
        }),
        intake_date: optional(date({ meaning: "Datum van de intake", privacy: "zorggegeven", example: "2022-05-30" })),
        start_date: optional(
            date({ meaning: "Begin van het programma", privacy: "zorggegeven", example: "2022-06-15" }),
        ),
        end_date: optional(date({ meaning: "Einde van het programma", privacy: "zorggegeven", example: "2024-06-01" })),
        outcome: optional(
            word(["afgerond", "uitval", "loopt"], { meaning: "Afloop", privacy: "zorggegeven", example: "loopt" }),
        ),
    },
    order: ["patient_id", "referred_on"],
    rules: [
        { kind: "event", column: "referred_on" },
        { kind: "not_before", column: "end_date", start: "start_date" },
    ],
});
