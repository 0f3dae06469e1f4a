import { date, defineTable, optional, practiceId, text } from "../table.ts";

export default defineTable({
    meaning: "Register van praktijken",
    columns: {
        practice_id: practiceId(),
        name: text({
            meaning: "Naam van de praktijk",
            privacy: "organisatie",
            example: "Huisartsenpraktijk De Reiger",
        }),
        organisation: optional(text({ meaning: "Organisatie", privacy: "organisatie", example: "Cohaesie" }, 80)),
        hagro: optional(text({ meaning: "Huisartsengroep", privacy: "organisatie", example: "hagro-west" }, 80)),
        area_id: optional(text({ meaning: "Gebied", privacy: "organisatie", example: "nissewaard" }, 80)),
        his: optional(text({ meaning: "Huisartsinformatiesysteem", privacy: "organisatie", example: "his-lang" }, 80)),
        joined_on: optional(date({ meaning: "Deelnemer vanaf", privacy: "organisatie", example: "2009-01-01" })),
        left_on: optional(
            date({ meaning: "Eerste dag geen deelnemer meer", privacy: "organisatie", example: "2023-01-01" }),
        ),
    },
    order: ["practice_id"],
    rules: [{ kind: "not_before", column: "left_on", start: "joined_on" }],
});
