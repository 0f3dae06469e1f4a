import { date, defineTable, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Proactieve zorgplanning (ACP)",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        held_on: date({ meaning: "Datum", privacy: "zorggegeven", example: "2024-03-19" }),
        form: word(["gesprek", "vragenlijst", "bijstelling"], {
            meaning: "Vorm",
            privacy: "zorggegeven",
            example: "gesprek",
        }),
    },
    order: ["patient_id", "held_on"],
    rules: [{ kind: "event", column: "held_on" }],
});
