import { date, defineTable, optional, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Telemonitoring thuis",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        start_date: date({ meaning: "Begin", privacy: "zorggegeven", example: "2023-02-01" }),
        end_date: optional(
            date({
                meaning: "Eerste dag dat er niet meer wordt gemeten",
                privacy: "zorggegeven",
                example: "2024-02-01",
            }),
        ),
        condition: word(["CVRM", "COPD"], { meaning: "Aandoening", privacy: "zorggegeven", example: "CVRM" }),
    },
    order: ["patient_id", "start_date"],
    rules: [
        { kind: "event", column: "start_date" },
        { kind: "not_before", column: "end_date", start: "start_date" },
    ],
});
