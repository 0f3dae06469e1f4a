import { code, date, defineTable, optional, text } from "../table.ts";

export default defineTable({
    meaning: "Gebieden met hun postcodes",
    columns: {
        area_id: text({ meaning: "Sleutel van het gebied", privacy: "organisatie", example: "nissewaard" }, 80),
        name: text({ meaning: "Naam", privacy: "organisatie", example: "Nissewaard" }, 80),
        cbs_code: optional(text({ meaning: "Code van het CBS", privacy: "organisatie", example: "GM1930" }, 20)),
        postcodes: optional(
            code(/^[1-9][0-9]{3}( [1-9][0-9]{3})*$/, {
                meaning: "Postcodes (vier cijfers), gescheiden door een spatie",
                privacy: "organisatie",
                example: "3201 3202",
                problem: "postcode_onleesbaar",
            }),
        ),
        valid_from: optional(date({ meaning: "Geldig vanaf", privacy: "organisatie", example: "2015-01-01" })),
        valid_until: optional(
            date({ meaning: "Eerste dag niet meer geldig", privacy: "organisatie", example: "2023-01-01" }),
        ),
    },
    order: ["area_id"],
    rules: [{ kind: "not_before", column: "valid_until", start: "valid_from" }],
});
