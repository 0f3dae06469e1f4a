import { date, defineTable, integer, practiceId } from "../table.ts";

export default defineTable({
    meaning: "Gebruik van het patiëntportaal per maand",
    columns: {
        practice_id: practiceId(),
        month: date({ meaning: "Eerste dag van de maand", privacy: "telling", example: "2022-12-01" }),
        enrolled_16plus: integer(
            {
                meaning: "Ingeschreven patiënten van 16 jaar en ouder",
                privacy: "telling",
                example: 2400,
                unit: "patiënten",
            },
            { min: 0 },
        ),
        used_access: integer(
            { meaning: "Daarvan gebruikte inzage", privacy: "telling", example: 390, unit: "patiënten" },
            { min: 0 },
        ),
    },
    order: ["practice_id", "month"],
    rules: [{ kind: "event", column: "month" }],
});
