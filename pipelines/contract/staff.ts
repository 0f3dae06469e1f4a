import { code, date, defineTable, double, integer, optional, word } from "../table.ts";

export default defineTable({
    meaning: "Personeel per praktijk, en van het bureau zelf",
    columns: {
        practice_id: code(/^([0-9]{8}|bureau)$/, {
            meaning: "AGB-code van de praktijk, of bureau",
            privacy: "organisatie",
            example: "01900001",
            problem: "praktijk_onbekend",
        }),
        counted_on: date({ meaning: "Peildatum van de telling", privacy: "organisatie", example: "2022-12-31" }),
        function: word(["huisarts", "POH-S", "POH-GGZ", "POH-O", "assistente", "praktijkmanager", "SOH", "PA", "VS"], {
            meaning: "Functie",
            privacy: "organisatie",
            example: "assistente",
        }),
        quantity: integer(
            { meaning: "Aantal medewerkers", privacy: "telling", example: 3, unit: "personen" },
            { min: 0 },
        ),
        fte: optional(double({ meaning: "Omvang", privacy: "telling", example: 2.4, unit: "fte" }, { min: 0 })),
    },
    order: ["practice_id", "counted_on"],
});
