import { date, defineTable, icpc, optional, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Contacten met de praktijk",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        contact_date: date({ meaning: "Datum van het contact", privacy: "zorggegeven", example: "2024-02-12" }),
        kind: word(
            ["consult", "consult_lang", "consult_kort", "visite", "visite_lang", "telefonisch", "e-consult", "passant"],
            { meaning: "Soort contact", privacy: "zorggegeven", example: "consult" },
        ),
        discipline: optional(
            word(["huisarts", "poh-s", "poh-ggz", "poh-o", "assistente", "soh", "pa", "vs"], {
                meaning: "Wie het contact had",
                privacy: "organisatie",
                example: "huisarts",
            }),
        ),
        icpc: optional(icpc("ICPC-1-NL-code van het contact")),
    },
    order: ["patient_id", "contact_date"],
    rules: [{ kind: "event", column: "contact_date" }],
});
