import { code, date, defineTable, integer, optional, patientId, practiceId, word } from "../table.ts";

export default defineTable({
    meaning: "Inschrijvingen van patiënten; wie tweemaal voorkomt heeft twee inschrijvingen",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        birth_year: integer({
            meaning: "Geboortejaar; ouder dan 90 op de peildatum staat op het jaar van 90",
            privacy: "persoonskenmerk",
            example: 1957,
            unit: "jaar",
        }),
        sex: optional(word(["M", "V", "O"], { meaning: "Geslacht", privacy: "persoonskenmerk", example: "V" })),
        postcode4: optional(
            code(/^[1-9][0-9]{3}$/, {
                meaning: "Vier cijfers van de postcode",
                privacy: "persoonskenmerk",
                example: "3201",
                problem: "postcode_onleesbaar",
            }),
        ),
        registered_from: date({ meaning: "Ingeschreven vanaf", privacy: "persoonskenmerk", example: "2011-03-01" }),
        registered_until: optional(
            date({
                meaning: "Eerste dag dat de inschrijving niet meer geldt",
                privacy: "persoonskenmerk",
                example: "2023-05-01",
            }),
        ),
        category: word(["vast", "passant"], {
            meaning: "Vast ingeschreven of passant",
            privacy: "persoonskenmerk",
            example: "vast",
        }),
    },
    order: ["patient_id", "registered_from"],
    rules: [
        { kind: "birth_year", column: "birth_year" },
        { kind: "not_before", column: "registered_until", start: "registered_from" },
    ],
});
