import { code, date, defineTable, integer, optional, patientId, practiceId } from "../table.ts";

export default defineTable({
    meaning: "Voorschriften van medicatie",
    columns: {
        practice_id: practiceId(),
        patient_id: patientId(),
        prescribed_on: date({ meaning: "Datum van het voorschrift", privacy: "zorggegeven", example: "2024-01-08" }),
        atc: code(/^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?$/, {
            meaning: "ATC-code van het middel",
            privacy: "zorggegeven",
            example: "A10BA02",
            problem: "atc_onbekend",
        }),
        days: optional(
            integer(
                {
                    meaning: "Aantal dagen waarvoor is voorgeschreven",
                    privacy: "zorggegeven",
                    example: 90,
                    unit: "dagen",
                },
                { min: 0 },
            ),
        ),
    },
    order: ["patient_id", "prescribed_on"],
    rules: [{ kind: "event", column: "prescribed_on" }],
});
