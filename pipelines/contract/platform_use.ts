import { date, defineTable, integer, practiceId, text } from "../table.ts";

export default defineTable({
    meaning: "Gebruik van VIPLive door zorgprofessionals per maand",
    columns: {
        practice_id: practiceId(),
        month: date({ meaning: "Eerste dag van de maand", privacy: "telling", example: "2024-05-01" }),
        function: text({ meaning: "Functie van VIPLive", privacy: "telling", example: "dashboard" }, 60),
        users: integer({ meaning: "Gebruikers", privacy: "telling", example: 4, unit: "personen" }, { min: 0 }),
    },
    order: ["practice_id", "month"],
    rules: [{ kind: "event", column: "month" }],
});
