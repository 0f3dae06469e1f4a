import { date, defineTable, optional, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Deelname aan ketenzorgprogramma's",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        programme: word(["DM2", "HVZ", "VRM", "ASTMA", "COPD", "OUDEREN"], {
            meaning: "Programma",
            privacy: "zorggegeven",
            example: "DM2",
        }),
        start_date: date({ meaning: "Begin van de deelname", privacy: "zorggegeven", example: "2019-04-01" }),
        end_date: optional(
            date({
                meaning: "Eerste dag dat de patiënt niet meer deelneemt",
                privacy: "zorggegeven",
                example: "2024-01-01",
            }),
        ),
        main_clinician: optional(
            word(["huisarts", "specialist"], {
                meaning: "Hoofdbehandelaar",
                privacy: "zorggegeven",
                example: "huisarts",
            }),
        ),
    },
    order: ["patient_id", "start_date"],
    rules: [
        { kind: "event", column: "start_date" },
        { kind: "not_before", column: "end_date", start: "start_date" },
    ],
});
