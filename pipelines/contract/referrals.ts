import { date, defineTable, optional, patientId, practiceId, text, word } from "../table.ts";

export default defineTable({
    meaning: "Verwijzingen door de praktijk",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        referred_on: date({ meaning: "Datum van de verwijzing", privacy: "zorggegeven", example: "2023-10-03" }),
        destination: word(
            [
                "GLI",
                "welzijn op recept",
                "clientondersteuner",
                "jeugdprofessional",
                "basis-ggz",
                "gespecialiseerde ggz",
                "dietist",
                "fysiotherapeut",
                "podotherapeut",
                "medisch specialist",
            ],
            { meaning: "Waarheen", privacy: "zorggegeven", example: "GLI" },
        ),
        programme: optional(
            text({ meaning: "GLI-programma of specialisme", privacy: "zorggegeven", example: "CooL" }, 60),
        ),
    },
    order: ["patient_id", "referred_on"],
    rules: [{ kind: "event", column: "referred_on" }],
});
