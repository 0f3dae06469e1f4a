import { date, defineTable, icpc, optional, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Episodes: aandoeningen in het dossier",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        icpc: icpc("ICPC-1-NL-code van de episode"),
        start_date: date({ meaning: "Begin van de episode", privacy: "zorggegeven", example: "2015-09-14" }),
        end_date: optional(
            date({
                meaning: "Eerste dag dat de episode niet meer loopt",
                privacy: "zorggegeven",
                example: "2022-02-01",
            }),
        ),
        status: optional(
            word(["actief", "inactief"], { meaning: "Status in het HIS", privacy: "zorggegeven", example: "actief" }),
        ),
    },
    order: ["patient_id", "start_date"],
    rules: [{ kind: "not_before", column: "end_date", start: "start_date" }],
});
