import { boolean, date, defineTable, double, optional, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Metingen van kwetsbaarheid bij ouderen",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        assessed_on: date({ meaning: "Datum van de meting", privacy: "zorggegeven", example: "2023-06-07" }),
        instrument: word(["TraZAG", "GFI", "oordeel"], {
            meaning: "Instrument",
            privacy: "zorggegeven",
            example: "TraZAG",
        }),
        score: optional(
            double({ meaning: "Score op het instrument", privacy: "zorggegeven", example: 4, unit: "punten" }),
        ),
        frail: optional(boolean({ meaning: "Kwetsbaar", privacy: "zorggegeven", example: true })),
        source: optional(
            word(["praktijk", "huisbezoek75"], {
                meaning: "Waar gemeten",
                privacy: "zorggegeven",
                example: "praktijk",
            }),
        ),
    },
    order: ["patient_id", "assessed_on"],
    rules: [{ kind: "event", column: "assessed_on" }],
});
