import { code, date, defineTable, integer, optional, text } from "../table.ts";

export default defineTable({
    meaning: "Feiten over een gebied of de regio",
    columns: {
        area_id: text({ meaning: "Gebied, of regio", privacy: "organisatie", example: "regio" }, 80),
        fact: code(
            /^(gli_groep_gestart|patz_bijeenkomst|digivitaler_cursus|scholing|scholing_deelnemers|huisarts_dementie_geschoold|leefstijlcoach|rcp_melding|rcp_akkoord|casuistiektafel|milestone:[0-9]{1,2})$/,
            {
                meaning: "Feit; milestone:<thema> is een mijlpaal van een Koersthema",
                privacy: "organisatie",
                example: "scholing",
                problem: "woord_onbekend",
            },
        ),
        fact_date: date({ meaning: "Datum", privacy: "organisatie", example: "2022-11-15" }),
        quantity: integer(
            { meaning: "Aantal; bij een mijlpaal 0 open, 1 bezig, 2 gedaan", privacy: "telling", example: 12 },
            { min: 0 },
        ),
        code: optional(
            code(
                /^[A-Za-zÀ-ɏ0-9 ._/-]+$/u,
                {
                    meaning: "Korte code, zoals bibliotheek, programma of mijlpaal",
                    privacy: "organisatie",
                    example: "ouderen",
                    problem: "woord_onbekend",
                },
                40,
            ),
        ),
    },
    order: ["area_id", "fact", "fact_date"],
});
