/** Everything that a visitor reads at the door, in Dutch. A second language is a file beside this one with the same names. */

export const language = "nl";

export const door = {
    name: "Regiospiegel",
    skip: "Naar de inhoud",
    nav: "Hoofdmenu",
    home: "Start",
    definitions: "Definities",
    signOut: "Uitloggen",
    toStart: "Naar de startpagina",
    toSignIn: "Inloggen",
    toPages: "Naar uw pagina’s",
    foot: "Wie welke pagina’s opent, wordt vastgelegd (NEN 7513).",
};

export const overview = {
    title: "Uw pagina’s",
    lead: (name: string): string => `U bent ingelogd als ${name}.`,
    note: (minutes: number): string =>
        `Een pagina blijft na het openen ${minutes} minuten leesbaar. Daarna vernieuwt u de toegang met één klik.`,
    none: "Voor u staat er op dit moment geen pagina in de publicatie.",
    kinds: {
        coalitie: "Regionale coalitie",
        gemeente: "Gemeente",
        vakgroep: "Vakgroep",
        hagro: "Hagro",
        praktijk: "Praktijkspiegel",
        adviseur: "Adviseur",
        beheer: "Beheer",
    } as Record<string, string>,
};

/** The same page for who is not logged in, whose time is over, and whose page it is not: it tells nobody what exists. */
export const closed = {
    title: "Deze pagina is nu niet open voor u",
    lead: "Misschien bent u nog niet ingelogd, of is uw toegang verlopen. Log in, dan gaat de pagina open als zij voor u is.",
    again: "Inloggen of toegang vernieuwen",
    why: "Waarom zie ik dit?",
    reasons: [
        "Elke praktijk ziet alleen haar eigen spiegel, en elke groep alleen haar eigen pagina’s.",
        "Toegang duurt kort, zodat niemand meeleest op een computer die u vergat af te sluiten.",
        "Hoort de pagina wel bij u en gaat zij na het inloggen niet open? Vraag dan de regionale organisatie om toegang.",
    ],
};

export const refused = {
    title: "Deze pagina is niet voor u",
    lead: (name: string): string => `U bent ingelogd als ${name}. Bij dat account horen andere pagina’s.`,
    none: "Bij dit account horen op dit moment geen pagina’s.",
    other: "Met een ander account inloggen",
    ask: "Hoort zij wel bij u? Vraag dan de regionale organisatie om toegang.",
};

export const missing = {
    title: "Deze pagina bestaat niet",
    lead: "Het adres klopt niet, of de pagina staat niet meer in de publicatie.",
};

export const signedOut = {
    title: "U bent uitgelogd",
    lead: "Uw pagina’s zijn dicht, ook voor wie na u achter deze computer zit.",
    again: "Opnieuw inloggen",
};

export const confirm = {
    title: "Wilt u uitloggen?",
    lead: "U kwam hier niet vanaf een pagina van Regiospiegel, daarom vragen we het even.",
    yes: "Ja, uitloggen",
    no: "Nee, naar mijn pagina’s",
};

export const problems = {
    verlopen: {
        title: "Het inloggen duurde te lang",
        lead: "Het inloggen is verlopen, werd in een andere browser begonnen, of uw browser bewaart geen cookies. Begin opnieuw; dat is met een klik gebeurd.",
    },
    geweigerd: {
        title: "Inloggen is niet gelukt",
        lead: "De inlogdienst gaf geen geldig antwoord, of u brak het inloggen af. Probeer het nog eens.",
    },
    ingetrokken: {
        title: "Uw toegang is ingetrokken",
        lead: "Dit account kan geen pagina’s meer openen. Klopt dat niet, neem dan contact op met de regionale organisatie.",
    },
    "geen-paginas": {
        title: "Bij dit account horen nog geen pagina’s",
        lead: "U bent bekend bij de inlogdienst, maar er is nog niet vastgelegd welke pagina’s u mag lezen. De regionale organisatie kan dat doen.",
    },
    onbereikbaar: {
        title: "Inloggen kan nu even niet",
        lead: "Er is een storing bij het inloggen. Er is niets opengegaan. Probeer het over enkele minuten opnieuw.",
    },
    onbekend: { title: missing.title, lead: missing.lead },
} as const;

export const demo = {
    title: "Kies wie u bent",
    banner: "Deze inlogdienst en haar accounts bestaan alleen op deze computer.",
    lead: "Dit is een inlogdienst om mee te proberen. In het echt logt u hier in bij uw eigen organisatie, met een tweede factor.",
    closed: "Open eerst de link uit de terminal",
    closedLead:
        "Deze pagina’s gaan over echte praktijken. Alleen wie Regiospiegel op deze computer startte, kan hier inloggen.",
    practices: (count: number): string => `Alle ${count} praktijken`,
    several: "Meer dan één rol",
    texts: {
        coalitie: "Doelen, gebieden en het jaarverslag; geen enkele praktijk.",
        gemeente: "De regio en het eigen gebied.",
        vakgroep: "De regio en de spreiding over anonieme praktijken.",
        hagro: "De hagro naast de regio.",
        praktijk: "De eigen cijfers naast de regio.",
        adviseur: "De toegewezen praktijken, zoals elk zichzelf ziet.",
        beheer: "Leveringen, kwaliteit en wat is afgeschermd; geen cijfers van patiënten.",
    } as Record<string, string>,
    failed: "Deze inlogpoging bestaat niet meer",
    failedLead: "De pagina van de inlogdienst stond te lang open. Begin opnieuw bij Regiospiegel.",
};
