import { date, defineTable, optional, patientId, practiceId, text, word } from "../table.ts";

export default defineTable({
    meaning: "Digitale consultaties; elke rij telt, ook twee gelijke",
    columns: {
        practice_id: practiceId(),
        patient_id: optional(patientId()),
        asked_on: date({ meaning: "Datum van de vraag", privacy: "zorggegeven", example: "2022-08-22" }),
        answered_on: optional(
            date({ meaning: "Datum van het antwoord", privacy: "zorggegeven", example: "2022-08-24" }),
        ),
        subject: word(["ouderenzorg", "ggz", "diabetes", "CVRM", "COPD", "meedenk", "overig"], {
            meaning: "Onderwerp",
            privacy: "zorggegeven",
            example: "meedenk",
        }),
        advisor: word(
            [
                "SO",
                "casemanager dementie",
                "apotheek",
                "diabetesverpleegkundige",
                "kaderhuisarts",
                "psychiatrische consultatielijn",
                "ggz",
                "medisch specialist",
            ],
            { meaning: "Aan wie de vraag is gesteld", privacy: "zorggegeven", example: "medisch specialist" },
        ),
        specialism: optional(text({ meaning: "Specialisme", privacy: "zorggegeven", example: "cardiologie" }, 60)),
        hospital: optional(text({ meaning: "Ziekenhuis", privacy: "organisatie", example: "streekziekenhuis" }, 60)),
    },
    order: ["asked_on", "patient_id"],
    duplicates: "keep",
    rules: [{ kind: "event", column: "asked_on" }],
});
