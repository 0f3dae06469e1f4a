import { code, date, defineTable, double, practiceId } from "../table.ts";

const FACTS = [
    "praktijkmanager",
    "his_protocol",
    "fax",
    "portaallink",
    "ict_scan",
    "vaste_so",
    "vaste_casemanager",
    "infobeveiligingsbeleid",
    "digivaardig",
    "laaggeletterdheid",
    "triagetool",
    "positieve_gezondheid",
    "nulmeting",
    "intervisie",
    "soh",
    "pa_vs",
    "stageplaats",
    "mtvp_triage",
    "mtvp_een_kanaal",
    "mtvp_consultduur",
    "mtvp_lean",
    "mtvp_sociaal_domein",
    "mtvp_pa_vs",
    "mtvp_soh",
    "mtvp_positieve_gezondheid",
    "mtvp_alk",
    "patientervaring",
    "hagro_bij_naam",
];

export default defineTable({
    meaning: "Feiten over een praktijk, zoals het bureau die bijhoudt",
    columns: {
        practice_id: practiceId(),
        fact: code(new RegExp(`^(${FACTS.join("|")}|adviseur:[a-z][a-z0-9-]{0,30})$`), {
            meaning:
                "Feit; hagro_bij_naam: de praktijk stemt in met haar naam op de pagina's van haar hagro; adviseur:<naam>: deze adviseur begeleidt de praktijk (een naam die het bureau kiest, geen persoonsnaam)",
            privacy: "organisatie",
            example: "ict_scan",
            problem: "woord_onbekend",
        }),
        fact_date: date({ meaning: "Datum vanaf wanneer het geldt", privacy: "organisatie", example: "2022-09-01" }),
        value: double({
            meaning: "Waarde: ja is 1, nee is 0, anders het getal",
            privacy: "organisatie",
            example: 1,
            problem: "waarde_onleesbaar",
        }),
    },
    order: ["practice_id", "fact", "fact_date"],
});
