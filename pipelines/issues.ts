/**
 * Every problem a delivery can have: its code, its sentence (Dutch), why it matters and what the sender can do.
 * `row` problems set one row (in a wide file: one cell) aside; `delivery` problems refuse the whole delivery.
 */
export interface Issue {
    level: "row" | "delivery";
    /** What is wrong, as one clause without a value of the delivery in it. */
    sentence: string;
    why: string;
    remedy: string;
}

const row = (sentence: string, why: string, remedy: string): Issue => ({ level: "row", sentence, why, remedy });
const delivery = (sentence: string, why: string, remedy: string): Issue => ({
    level: "delivery",
    sentence,
    why,
    remedy,
});

const RENAME =
    "hernoem de levering naar <indeling>_<agb of regio>_<peildatum jjjjmmdd>[_<volgnr>] met .zip, .gz of een map";
const EXPORT_AGAIN = "maak de export opnieuw en lever die met een hoger volgnummer aan";
const CORRECT = "verbeter de registratie in het HIS en lever opnieuw aan";

export const ISSUES = {
    buiten_bereik: row(
        "de waarde ligt buiten het lichamelijk mogelijke bereik van de bepaling",
        "een onmogelijke waarde vertekent gemiddelden en streefwaarden",
        CORRECT,
    ),
    na_peildatum: row("de datum ligt na de peildatum", "wat nog niet gebeurd is telt niet mee", CORRECT),
    voor_1990: row("de datum ligt voor 1 januari 1990", "zulke datums zijn bijna altijd tikfouten", CORRECT),
    geboortejaar_onmogelijk: row(
        "het geboortejaar ligt voor 1900 of na de peildatum",
        "zonder geboortejaar is er geen leeftijd en dus geen noemer",
        CORRECT,
    ),
    einde_voor_start: row("het einde ligt voor het begin", "de periode is niet te bepalen", CORRECT),
    icpc_onbekend: row(
        "de ICPC-code heeft niet de vorm letter, twee cijfers en eventueel punt en twee cijfers",
        "de episode of het contact telt bij geen enkele aandoening mee",
        CORRECT,
    ),
    atc_onbekend: row("de ATC-code heeft geen geldige vorm", "het recept telt bij geen enkel middel mee", CORRECT),
    nhgnr_onbekend: row(
        "het NHG-nummer is geen geheel getal",
        "de bepaling is niet te herkennen",
        "vul in de export het nummer uit NHG-tabel 45 in",
    ),
    patient_onbekend: row(
        "de patiënt staat niet in het patiëntenbestand van deze levering",
        "de rij is aan niemand te koppelen",
        "exporteer patiënten en hun gegevens in één keer",
    ),
    praktijk_onbekend: row(
        "de praktijk staat niet in het register of hoort niet bij deze levering",
        "de rij hoort bij geen enkele deelnemer",
        "laat het bureau de praktijk in het register opnemen of controleer de AGB-code",
    ),
    pseudoniem_lengte: row(
        "het pseudoniem heeft minder dan 8 of meer dan 64 tekens",
        "een te kort pseudoniem is niet betrouwbaar uniek",
        "lever het pseudoniem dat bij de bron is gemaakt",
    ),
    woord_onbekend: row(
        "het codewoord staat niet in de lijst van deze kolom",
        "de rij is niet in te delen",
        "gebruik de woorden uit de beschrijving van de indeling",
    ),
    waarde_onleesbaar: row(
        "de waarde is niet te lezen als uitslag van deze bepaling",
        "een gok zou de cijfers vertekenen",
        "lever een getal, ja/nee of een kort codewoord",
    ),
    datum_onleesbaar: row(
        "de datum is niet te lezen",
        "zonder datum is niet te zeggen in welke periode de rij telt",
        "lever datums in de vorm die bij de indeling hoort",
    ),
    getal_onleesbaar: row("het getal is niet te lezen", "de rij is niet te tellen", "lever een gewoon getal"),
    postcode_onleesbaar: row(
        "de postcode bestaat niet uit vier cijfers",
        "de patiënt is niet in een gebied in te delen",
        "lever alleen de vier cijfers van de postcode, of laat het veld leeg",
    ),
    veld_ontbreekt: row("een verplicht veld is leeg", "de rij is niet te gebruiken", CORRECT),
    velden_te_weinig: row(
        "de regel heeft minder velden dan de kop",
        "niet is vast te stellen welk veld ontbreekt",
        EXPORT_AGAIN,
    ),
    velden_te_veel: row(
        "de regel heeft meer velden dan de kop",
        "niet is vast te stellen welk veld te veel is",
        EXPORT_AGAIN,
    ),
    aanhaling_onleesbaar: row(
        "een aanhalingsteken staat midden in een veld dat al gesloten was",
        "niet is vast te stellen waar het veld ophoudt",
        EXPORT_AGAIN,
    ),
    recordtype_onbekend: row(
        "het recordtype is niet P, E, M, C, R of V",
        "niet is vast te stellen wat de regel bevat",
        EXPORT_AGAIN,
    ),

    naam_onbekend: delivery(
        "de naam heeft niet de verwachte vorm",
        "de naam zegt wie wat levert en over welke dag",
        RENAME,
    ),
    indeling_onbekend: delivery("de indeling is niet bekend", "zonder indeling is de export niet te lezen", RENAME),
    niet_gevonden: delivery("er is geen bestand of map met deze naam", "er valt niets te lezen", "controleer het pad"),
    archief_onleesbaar: delivery(
        "het archief is niet te lezen of is afgebroken",
        "een half archief geeft te lage aantallen",
        EXPORT_AGAIN,
    ),
    bestand_ontbreekt: delivery("een verplicht bestand ontbreekt", "een ontbrekend bestand lijkt op nul", EXPORT_AGAIN),
    bestand_dubbel: delivery(
        "een bestand komt tweemaal voor",
        "niet is vast te stellen welk het juiste is",
        EXPORT_AGAIN,
    ),
    kolom_ontbreekt: delivery("een verplichte kolom ontbreekt", "een ontbrekende kolom lijkt op leeg", EXPORT_AGAIN),
    kolom_dubbel: delivery("een kolom komt tweemaal voor", "niet is vast te stellen welke de juiste is", EXPORT_AGAIN),
    praktijk_niet_in_register: delivery(
        "de praktijk staat niet in het register",
        "alleen deelnemers tellen mee",
        "laat het bureau de praktijk in het register opnemen en lever daarna opnieuw aan",
    ),
    register_ontbreekt: delivery(
        "er is nog geen register",
        "zonder register is niet bekend wie deelnemer is",
        "lees eerst de levering van het bureau in (bureau_regio_<peildatum>)",
    ),
    peildatum_in_toekomst: delivery(
        "de peildatum ligt na vandaag",
        "over de toekomst zijn geen cijfers",
        "controleer de peildatum in de naam",
    ),
    pad_buiten_archief: delivery(
        "het archief bevat een pad dat buiten het archief wijst",
        "zo'n archief kan bestanden overschrijven",
        EXPORT_AGAIN,
    ),
    link_in_archief: delivery(
        "de levering bevat een koppeling naar een ander bestand",
        "een koppeling kan buiten de levering wijzen",
        "lever de bestanden zelf",
    ),
    archief_in_archief: delivery(
        "de levering bevat een archief",
        "een archief in een archief wordt niet geopend",
        "zet de bestanden los in de levering",
    ),
    archief_te_groot: delivery(
        "het archief gaat over de grenzen voor grootte, verhouding of aantal bestanden",
        "zo'n archief kan de verwerking stilleggen",
        "lever een kleiner archief of laat de beheerder de grens aanpassen",
    ),
    tekens_ongeldig: delivery(
        "het bestand bevat tekens die in de codering van de indeling niet bestaan",
        "een verkeerde codering maakt woorden onherkenbaar",
        EXPORT_AGAIN,
    ),
    nul_byte: delivery("het bestand bevat een nul-byte", "het is geen gewone tekst", EXPORT_AGAIN),
    regel_te_lang: delivery("een regel is langer dan 1 MB", "zo'n regel is geen gegevensregel", EXPORT_AGAIN),
    aanhaling_open: delivery(
        "een aanhalingsteken wordt nergens gesloten",
        "de rest van het bestand valt dan in één veld",
        EXPORT_AGAIN,
    ),
    levering_json_onleesbaar: delivery(
        "levering.json is niet te lezen",
        "de controlegegevens zijn dan niet te gebruiken",
        "herstel levering.json of laat het weg",
    ),
    hash_klopt_niet: delivery(
        "de inhoud van een bestand is anders dan levering.json opgeeft",
        "onderweg is iets veranderd",
        EXPORT_AGAIN,
    ),
    rijen_kloppen_niet: delivery(
        "het aantal rijen van een bestand is anders dan levering.json opgeeft",
        "onderweg is iets weggevallen",
        EXPORT_AGAIN,
    ),
    naam_hergebruikt: delivery(
        "onder deze naam is al een andere levering ingelezen",
        "welke van de twee geldt is niet vast te stellen",
        "geef de verbeterde levering een hoger volgnummer",
    ),
    persoonsgegevens: delivery(
        "de levering bevat gegevens waarmee mensen te herkennen zijn",
        "herleidbare gegevens mogen niet worden opgeslagen",
        "laat de kolom of deze gegevens weg uit de export en lever opnieuw aan",
    ),
    te_veel_terzijde: delivery(
        "er zijn te veel rijen terzijde gelegd",
        "wat overblijft is geen volledig beeld",
        "verbeter de export aan de hand van de aantallen per probleem",
    ),
    aangehouden: delivery(
        "een controle die leveringen mag aanhouden gaat niet op",
        "zo'n verschil met de vorige levering is vaker een fout in de export dan een verandering in de zorg",
        "controleer de export en lever opnieuw aan; klopt zij, neem deze levering dan op zonder die controle te laten aanhouden",
    ),
} satisfies Record<string, Issue>;

export type ProblemCode = keyof typeof ISSUES;

/** A refusal of a whole delivery: a code and the particulars (what, where, expected, got), never a value of the delivery. */
export class Refusal extends Error {
    readonly code: ProblemCode;
    constructor(code: ProblemCode, particulars: string) {
        super(particulars);
        this.name = "Refusal";
        this.code = code;
    }
}

/** One Dutch sentence for a receipt: what is wrong, the particulars, and what to do. */
export function sentenceOf(code: ProblemCode, delivered: string, particulars: string): string {
    const issue = ISSUES[code];
    // Names inside a delivery are its maker's: none may steer a terminal or hide a part of the sentence.
    const plain = particulars.replace(/[\p{Cc}\p{Cf}]/gu, "?");
    const detail = plain === "" ? "" : ` (${plain})`;
    return `Levering ${delivered} is geweigerd: ${issue.sentence}${detail}; ${issue.remedy}.`;
}
