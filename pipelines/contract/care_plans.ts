import { date, defineTable, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Zorgplannen en besprekingen bij ouderen",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        planned_on: date({ meaning: "Datum", privacy: "zorggegeven", example: "2023-09-28" }),
        kind: word(["IZP", "MDO", "MBO"], {
            meaning: "Individueel zorgplan, multidisciplinair overleg of medicatiebeoordeling",
            privacy: "zorggegeven",
            example: "IZP",
        }),
    },
    order: ["patient_id", "planned_on"],
    rules: [{ kind: "event", column: "planned_on" }],
});
