/**
 * The annual report of 2022 as printed, figure by figure, each with the figure of ours that must equal it
 * (indicators.md, "The published year 2022"; domain.md §2).
 */

/** Where our figure comes from. A `cell` is one figure of the audience, the others add a few of them. */
export type ComputedFrom =
    | {
          kind: "cell";
          indicator: string;
          level: "region" | "area";
          id: string;
          period: string;
          stratum?: string;
      }
    | { kind: "areaShareWithout"; indicator: string; period: string; without: string }
    | { kind: "strata"; indicator: string; level: "region"; id: string; period: string; strata: readonly string[] };

export interface PrintedFigure {
    id: string;
    group: string;
    figure: string;
    printed: string;
    from: ComputedFrom;
    how: string;
    note?: string;
}

const region = (indicator: string, period: string, stratum?: string): ComputedFrom => ({
    kind: "cell",
    indicator,
    level: "region",
    id: "regio",
    period,
    stratum,
});
const area = (indicator: string, id: string): ComputedFrom => ({
    kind: "cell",
    indicator,
    level: "area",
    id,
    period: "2022",
});
const END = "stand op 31 december 2022";
const YEAR = "som van de twaalf maanden van 2022";

function population(id: string, figure: string, printed: string, how = END): PrintedFigure {
    return { id, group: "Patiënten", figure, printed, from: region(id, "2022-12"), how };
}
function staff(functie: string, figure: string, printed: string, note?: string): PrintedFigure {
    return {
        id: `personeel-${functie.toLowerCase()}`,
        group: "Praktijken en medewerkers",
        figure,
        printed,
        from: region("personeel", "2022-12", functie),
        how: `laatste opgave per praktijk tot en met 31 december 2022, functie ${functie}, leden`,
        note,
    };
}
function consultation(onderwerp: string, figure: string, printed: string): PrintedFigure {
    return {
        id: `consultaties-${onderwerp.toLowerCase()}`,
        group: "Digitale consultaties naar onderwerp",
        figure,
        printed,
        from: region("consultaties", "2022", onderwerp),
        how: `${YEAR}, onderwerp ${onderwerp}`,
    };
}
function advisor(id: string, figure: string, printed: string, by: readonly string[], note?: string): PrintedFigure {
    return {
        id: `geraadpleegd-${id}`,
        group: "Digitale consultaties naar wie is geraadpleegd",
        figure,
        printed,
        from: {
            kind: "strata",
            indicator: "consultaties_bij",
            level: "region",
            id: "regio",
            period: "2022",
            strata: by,
        },
        how: `consultaties van 2022 met bij = ${by.join(" of ")}`,
        note,
    };
}
function training(code: string, figure: string, trainings: string, participants: string): PrintedFigure[] {
    return [
        {
            id: `scholingen-${code}`,
            group: "Scholingen",
            figure: `Scholingen ${figure}`,
            printed: trainings,
            from: region("scholingen", "2022", code),
            how: `${YEAR}, programma ${code}`,
        },
        {
            id: `deelnemers-${code}`,
            group: "Deelnemers aan scholingen",
            figure: `Deelnemers ${figure}`,
            printed: participants,
            from: region("scholing_deelnemers", "2022", code),
            how: `${YEAR}, programma ${code}`,
        },
    ];
}
function lifestyle(id: string, figure: string, printed: string, note?: string): PrintedFigure {
    return {
        id: `gli-${id}`,
        group: "Gecombineerde leefstijlinterventie",
        figure,
        printed,
        from: id === "totaal" ? region("gli_verwijzingen", "2022") : area("gli_verwijzingen", id),
        how: `${YEAR}, naar verwijsdatum en woongebied van de patiënt`,
        note,
    };
}

const trainings = [
    training("chronisch", "chronische zorg", "17", "180"),
    training("long", "longzorg", "7", "137"),
    training("ouderen", "ouderenzorg", "11", "114"),
    training("leefstijl", "leefstijl en welzijn", "11", "107"),
    training("digitalisering", "digitalisering en e-health", "11", "35"),
    training("personeel", "personeel en arbeidsmarkt", "7", "69"),
    training("divers", "divers", "9", "206"),
];

export const PRINTED_FIGURES: readonly PrintedFigure[] = [
    population("pop_ingeschreven", "Totaal aantal patiënten", "130.782"),
    population("pop_75plus", "75 jaar en ouder", "12.742", `${END}; leeftijd is jaar min geboortejaar`),
    population("pop_dm2_programma", "DMII", "7.227", `${END}, in het programma`),
    population("pop_cvrm_programma", "CVRM", "13.845", `${END}, in het programma HVZ of VRM, ieder één keer`),
    population("pop_astma_programma", "Astma", "1.846", `${END}, in het programma`),
    population("pop_copd_programma", "COPD", "1.117", `${END}, in het programma`),
    {
        id: "leden-2022",
        group: "Praktijken en medewerkers",
        figure: "Praktijken",
        printed: "40",
        from: region("prk_leden", "2022-12"),
        how: "leden op 31 december 2022",
        note: "Gelezen als de stand vóór de wisseling van 1 januari 2023.",
    },
    {
        id: "leden-2023",
        group: "Praktijken en medewerkers",
        figure: "Praktijken na toetreden van 5 en vertrek van 9 per 1 januari 2023",
        printed: "36",
        from: region("prk_leden", "2023-01"),
        how: "leden op 31 januari 2023",
        note: "Niet gedrukt: 40 + 5 − 9.",
    },
    staff("huisarts", "Huisartsen", "80", "Praktijkhouders, hidha's en vaste waarnemers."),
    staff("POH-S", "POH-Somatiek", "38"),
    staff("POH-GGZ", "POH-GGZ", "25"),
    staff("assistente", "Assistenten", "119"),
    staff("praktijkmanager", "Praktijkmanagers", "18"),
    {
        id: "consultaties",
        group: "Digitale consultaties naar onderwerp",
        figure: "Digitale consultaties",
        printed: "206",
        from: region("consultaties", "2022"),
        how: YEAR,
    },
    consultation("ouderenzorg", "Ouderenzorg", "63"),
    consultation("ggz", "POH-GGZ", "2"),
    consultation("diabetes", "Diabetes", "41"),
    consultation("CVRM", "CVRM", "2"),
    consultation("COPD", "COPD", "3"),
    consultation("meedenk", "Meedenkconsulten", "95"),
    {
        id: "meedenkconsulten",
        group: "Digitale consultaties naar onderwerp",
        figure: "Meedenkconsulten (basis van thema 19)",
        printed: "95",
        from: region("meedenkconsulten", "2022"),
        how: `${YEAR}, bij = medisch specialist`,
    },
    advisor("so", "Specialist ouderengeneeskunde", "35", ["SO"]),
    advisor("casemanager", "Casemanager dementie", "18", ["casemanager dementie"]),
    advisor(
        "apotheek",
        "Apotheek",
        "15",
        ["apotheek"],
        "Gedrukt bij drie onderwerpen: 10 ouderenzorg, 2 diabetes, 3 COPD.",
    ),
    advisor("pch", "Psychiatrische consultatielijn", "1", ["psychiatrische consultatielijn"]),
    advisor("ggz", "Ggz-instelling", "1", ["ggz"]),
    advisor("dvk", "Diabetesverpleegkundige", "29", ["diabetesverpleegkundige"]),
    advisor(
        "kaderhuisarts",
        "Kaderhuisarts",
        "12",
        ["kaderhuisarts"],
        "Gedrukt bij twee onderwerpen: 10 diabetes, 2 CVRM.",
    ),
    advisor("specialist", "Medisch specialist", "95", ["medisch specialist"]),
    lifestyle("totaal", "Verwijzingen", "357"),
    lifestyle("nissewaard", "Verwijzingen Nissewaard", "167"),
    lifestyle("voorne-aan-zee", "Verwijzingen Voorne aan Zee", "81", "De gemeente bestaat pas vanaf 1 januari 2023."),
    lifestyle("rozenburg", "Verwijzingen Rozenburg", "109", "Uitschieter per inwoner; oorzaak onbekend."),
    {
        id: "leefstijlcoaches",
        group: "Gecombineerde leefstijlinterventie",
        figure: "Leefstijlcoaches",
        printed: "7",
        from: region("leefstijlcoaches", "2022-12"),
        how: "laatste opgave per gebied tot en met 31 december 2022, opgeteld",
    },
    {
        id: "scholingen",
        group: "Scholingen",
        figure: "Scholingen",
        printed: "73",
        from: region("scholingen", "2022"),
        how: YEAR,
    },
    ...trainings.map(([given]) => given).filter((row): row is PrintedFigure => row !== undefined),
    {
        id: "deelnemers",
        group: "Deelnemers aan scholingen",
        figure: "Deelnemers",
        printed: "848",
        from: region("scholing_deelnemers", "2022"),
        how: YEAR,
    },
    ...trainings.map(([, attended]) => attended).filter((row): row is PrintedFigure => row !== undefined),
    {
        id: "portaal",
        group: "Digitaal",
        figure: "Patiënten op Voorne-Putten die inzage gebruikten",
        printed: "16,2%",
        from: { kind: "areaShareWithout", indicator: "portaal_gebruik", period: "2022", without: "rozenburg" },
        how: "december 2022, praktijken buiten Rozenburg, van de ingeschrevenen van 16 jaar en ouder",
        note: "Het verslag noemt de noemer niet.",
    },
    {
        id: "ict-scans",
        group: "Digitaal",
        figure: "Praktijken met een ICT-praktijkscan",
        printed: "18",
        from: region("prk_ict_scan", "2022-12"),
        how: "laatste opgave tot en met 31 december 2022 is ja, leden",
    },
    {
        id: "rcp-meldingen",
        group: "Regionaal Coördinatiepunt",
        figure: "Meldingen (maart tot en met december)",
        printed: "172",
        from: region("rcp_meldingen", "2022"),
        how: YEAR,
    },
    {
        id: "rcp-akkoord",
        group: "Regionaal Coördinatiepunt",
        figure: "Akkoord bevonden (gedrukt als 50% van 172)",
        printed: "86",
        from: region("rcp_akkoord", "2022"),
        how: YEAR,
    },
];

export interface Contradiction {
    title: string;
    printed: string;
    finding: string;
}

/** Where the report contradicts itself or cannot be pinned down; named here, smoothed nowhere (domain.md §2). */
export const CONTRADICTIONS: readonly Contradiction[] = [
    {
        title: "Totaal aantal samenwerkingspartners",
        printed: "Totaal partners 105",
        finding:
            "De losse aantallen (43 diëtisten, 6 ziekenhuizen, 34 podotherapeuten, 32 fysiotherapeuten, 31 apotheken, 4 kaderhuisartsen, 17 casemanagers dementie, 5 opleiders, 5 specialisten ouderengeneeskunde, 18 VVT-organisaties, 3 gemeenten, 6 ggz-organisaties) tellen op tot 204, met de verzekeraar erbij 205; waarschijnlijk lopen organisaties en personen door elkaar.",
    },
    {
        title: "Financieel resultaat",
        printed: "Resultaat 37.144",
        finding:
            "De gedrukte opbrengst (5.289.825) min zorgkosten (3.729.041) en ICT- en organisatiekosten (1.398.793) is 161.991; het verschil van 124.847 staat nergens genoemd.",
    },
    {
        title: "Soorten meldingen bij het Regionaal Coördinatiepunt",
        printed: "5%, 2%, 8% en 95%",
        finding:
            "De vier percentages tellen op tot 110%; met 85% in plaats van 95% zou het 100% zijn. Welk percentage bij welke soort hoort, is uit de tekst niet terug te halen.",
    },
    {
        title: "Redenen voor niet akkoord bij het Regionaal Coördinatiepunt",
        printed: "19, 3, 3, 5, 34, 12 en 2",
        finding:
            "De redenen tellen op tot 78, terwijl 50% akkoord van 172 meldingen 86 meldingen zonder akkoord overlaat: van 8 staat geen reden vermeld.",
    },
    {
        title: "Op welke datum de 40 praktijken slaan",
        printed: "40 praktijken; per 1-1-2023 5 praktijken toegetreden en 9 vertrokken",
        finding:
            "Het verslag zegt niet of 40 praktijken, 80 huisartsen en 130.782 patiënten vóór of na de wisseling gelden: ervóór gelezen blijven er 36 praktijken over, erna gelezen waren het er 44. Hier is ervóór gelezen.",
    },
    {
        title: "Voorne aan Zee in 2022",
        printed: "Verwijzingen Voorne aan Zee 81",
        finding:
            "De gemeente Voorne aan Zee bestaat pas vanaf 1 januari 2023; de 81 verwijzingen zijn die van Brielle, Hellevoetsluis en Westvoorne samen.",
    },
    {
        title: "Leefstijlverwijzingen in Rozenburg",
        printed: "Rozenburg 109 van de 357 verwijzingen",
        finding:
            "Per 1.000 inwoners is dat 8,7 tegen 2,0 in Nissewaard en 1,1 in Voorne aan Zee. Rozenburg is geen gemeente maar een gebied van Rotterdam; de oorzaak van het verschil is onbekend en het cijfer is niet aangepast.",
    },
    {
        title: "Gebruik van het patiëntportaal",
        printed: "16,2% van de patiënten op Voorne-Putten",
        finding:
            "Rozenburg telt niet mee, en of de noemer alle patiënten of die van 16 jaar en ouder zijn, staat er niet; hier zijn het de ingeschrevenen van 16 jaar en ouder.",
    },
    {
        title: "Praktijkmanagers in dienst",
        printed: "1,26 fte in praktijkmanagers, veertien praktijken voorzien",
        finding: "Dat is 0,09 fte per praktijk; zo gedrukt, en niet aannemelijk.",
    },
];
