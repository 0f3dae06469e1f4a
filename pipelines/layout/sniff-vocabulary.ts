import { CONTRACT } from "../contract.ts";
import type { Field, NamedFormat, Reading } from "../format.ts";
import { columnsOf } from "../table.ts";

/** What exports call things, as far as known: learned from the layouts there are, and listed below. */
export interface Vocabulary {
    source: NamedFormat["source"];
    table: string;
    /** Names that files of this table go by. */
    fileNames: readonly string[];
    columns: readonly KnownColumn[];
}

export interface KnownColumn {
    /** Lake column, or `unit`, which is read and not kept. */
    to: string;
    reading: Reading;
    names: readonly string[];
    required: boolean;
}

/** Further names of lake columns, Dutch and English. A name of the table itself goes before one for all tables. */
const NAMES: Readonly<Record<string, string>> = {
    practice_id:
        "agb, agb code, praktijk, praktijkcode, praktijknummer, praktijk agb, practice, practice code, zorgverlener agb",
    patient_id:
        "patient, patientnr, patientnummer, patient id, pat nr, pat id, pseudoniem, pseudonym, client, clientnummer, persoon id, patient key, deelnemer, patientsleutel",
    birth_year: "geboortejaar, geb jaar, birth year, year of birth, jaar geboren, yob",
    sex: "geslacht, sekse, sex, gender",
    postcode4: "postcode, pc4, postcode4, postcode cijfers, zip, postal code",
    registered_from:
        "inschrijfdatum, ingeschreven vanaf, ingeschreven op, datum inschrijving, registered from, registration date, enrolled on, datum in",
    registered_until:
        "uitschrijfdatum, ingeschreven tot, uitgeschreven op, datum uitschrijving, registered until, deregistration date, datum uit",
    category: "categorie, type, soort patient, patientsoort, inschrijfvorm, patient type, soort inschrijving",
    icpc: "icpc, icpc code, icpc1, diagnose, diagnosecode, aandoening code",
    start_date: "startdatum, begindatum, datum start, datum begin, vanaf, van, start, begin, start date, ingangsdatum",
    end_date: "einddatum, datum einde, datum eind, tot, eind, end, end date, stopdatum, beeindigd op",
    status: "status, actief, active, episode status, toestand",
    nhg_number:
        "nhgnr, nhg nummer, nhg code, bepalingnummer, bepaling, bepalingscode, measurement code, test code, nhg tabel 45",
    measured_on: "datum, meetdatum, datum bepaling, datum meting, measured on, date, afnamedatum",
    "measurements.value": "waarde, uitslag, meetwaarde, resultaat, value, result",
    unit: "eenheid, unit, maateenheid",
    contact_date: "datum, contactdatum, datum contact, contact date, date, consultdatum",
    "contacts.kind": "soort, soort contact, contactsoort, contacttype, type, kind, verrichting",
    discipline: "discipline, uitvoerder, functie, rol, medewerker soort, role",
    prescribed_on: "datum, voorschrijfdatum, datum recept, receptdatum, prescribed on, date, datum voorschrift",
    atc: "atc, atc code, middel code, atc5",
    days: "dagen, aantal dagen, duur, days, duration, gebruiksduur",
    referred_on: "datum, verwijsdatum, datum verwijzing, referred on, referral date, date",
    destination: "bestemming, verwezen naar, naar, destination, verwijzing naar, soort verwijzing",
    "referrals.programme": "programma, specialisme, programme, program, specialism",
    programme: "programma, programme, program, zorgprogramma, keten",
    main_clinician: "hoofdbehandelaar, behandelaar, main clinician, behandeld door",
    held_on: "datum, gespreksdatum, datum gesprek, held on, date",
    form: "vorm, soort, form, type gesprek, gespreksvorm",
    assessed_on: "datum, meetdatum, datum meting, assessed on, date, scoredatum",
    instrument: "instrument, vragenlijst, meetinstrument, test",
    score: "score, punten, totaalscore, points",
    frail: "kwetsbaar, frail, is kwetsbaar, kwetsbaarheid",
    "frailty_assessments.source": "bron, source, herkomst, afgenomen bij, meetplaats",
    planned_on: "datum, plandatum, datum plan, planned on, date, opgesteld op",
    "care_plans.kind": "soort, soort plan, type plan, kind, type",
    intake_date: "intakedatum, datum intake, intake, intake date",
    outcome: "einde, afloop, uitkomst, outcome, resultaat, beeindiging",
    asked_on: "datum, vraagdatum, datum vraag, aangevraagd op, asked on, date, datum aanvraag",
    answered_on: "antwoorddatum, datum antwoord, beantwoord op, answered on, answer date",
    subject: "onderwerp, thema, subject, topic",
    advisor: "bij, adviseur, aan wie, gevraagd aan, advisor, geconsulteerde",
    specialism: "specialisme, specialism, vakgebied",
    hospital: "ziekenhuis, hospital, instelling",
    condition: "aandoening, condition, ziektebeeld, diagnose",
    month: "maand, month, periode, period",
    enrolled_16plus: "ingeschreven 16plus, aantal 16plus, ingeschrevenen, enrolled, patienten 16plus",
    used_access: "gebruikt inzage, inzage, aantal inzage, used access, gebruikers inzage, inzage gebruikt",
    "platform_use.function": "functie, functionaliteit, onderdeel, function, module",
    users: "gebruikers, aantal gebruikers, users",
    "practices.name": "naam, praktijknaam, name, practice name",
    organisation: "organisatie, zorggroep, organisation, organization",
    hagro: "hagro, huisartsengroep, waarneemgroep",
    area_id: "gebied, gebied id, gebiedscode, area, regio, gemeente",
    his: "his, huisartsinformatiesysteem, his naam, system",
    joined_on: "toegetreden, lid vanaf, joined, joined on, datum toetreding, deelnemer vanaf",
    left_on: "vertrokken, lid tot, left, left on, datum vertrek, deelnemer tot",
    "areas.name": "naam, gebiedsnaam, name, area name, omschrijving gebied",
    cbs_code: "cbs code, cbs, gemeentecode",
    postcodes: "postcodes, postcodegebied, pc4 lijst, zip codes",
    valid_from: "van, geldig vanaf, valid from, begindatum, ingangsdatum",
    valid_until: "tot, geldig tot, valid until, einddatum",
    fact: "feit, kenmerk, fact, onderwerp, item",
    fact_date: "datum, peildatum, datum feit, date, per datum",
    "practice_facts.value": "waarde, value, uitkomst, antwoord",
    quantity: "aantal, quantity, count, hoeveelheid, number",
    code: "code, subcode, toevoeging, detail code",
    counted_on: "datum, peildatum, teldatum, counted on, date",
    "staff.function": "functie, function, beroep, rol",
    fte: "fte, omvang, formatie",
};

/** Further names of the files of a table. */
const FILE_NAMES: Readonly<Record<string, string>> = {
    patients: "patienten, patient, personen, ingeschrevenen, patients",
    episodes: "episodes, problemen, probleem, diagnoses, aandoeningen",
    measurements: "bepalingen, metingen, meetwaarden, uitslagen, lab, measurements, results",
    contacts: "contacten, contact, consulten, verrichtingen, contacts, encounters",
    prescriptions: "medicatie, recepten, recept, voorschriften, prescriptions, medication",
    referrals: "verwijzingen, verwijzing, referrals",
    programmes: "ketenzorg, programmas, ketens, zorgprogrammas, programmes",
    acp_conversations: "acp, proactieve zorgplanning, acp gesprekken, gesprekken",
    frailty_assessments: "kwetsbaarheid, kwetsbare ouderen, frailty",
    care_plans: "zorgplannen, zorgplan, care plans, behandelplannen",
    lifestyle_programmes: "gli, leefstijl, lifestyle, leefstijlinterventie",
    consultations: "consultaties, consultatie, teleconsultatie, meedenkconsulten, consultations",
    telemonitoring: "telemonitoring, thuismeten, monitoring",
    portal_use: "portaal, portaalgebruik, patientportaal, portal",
    platform_use: "gebruik, platformgebruik, gebruik platform, usage",
    practices: "praktijken, praktijk, register, practices",
    areas: "gebieden, gebied, gemeenten, areas",
    practice_facts: "praktijkfeiten, praktijkkenmerken, practice facts",
    region_facts: "regiofeiten, regiokenmerken, region facts",
    staff: "personeel, medewerkers, formatie, staff",
};

/** Other words for coded words, per lake column: `word of an export` to the word of the contract. */
export const SYNONYMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    sex: {
        man: "M",
        vrouw: "V",
        onbekend: "O",
        mannelijk: "M",
        vrouwelijk: "V",
        overig: "O",
        male: "M",
        female: "V",
        other: "O",
        unknown: "O",
        f: "V",
        w: "V",
        u: "O",
        x: "O",
    },
    category: {
        v: "vast",
        p: "passant",
        regulier: "vast",
        ion: "vast",
        ingeschreven: "vast",
        permanent: "vast",
        tijdelijk: "passant",
    },
    status: {
        a: "actief",
        i: "inactief",
        j: "actief",
        n: "inactief",
        ja: "actief",
        nee: "inactief",
        active: "actief",
        inactive: "inactief",
    },
    kind: {
        lang_consult: "consult_lang",
        kort_consult: "consult_kort",
        dubbel_consult: "consult_lang",
        huisbezoek: "visite",
        telefonisch_consult: "telefonisch",
        tel: "telefonisch",
        email: "e-consult",
        econsult: "e-consult",
        lange_visite: "visite_lang",
    },
    discipline: { ha: "huisarts", poh: "poh-s", doktersassistente: "assistente", da: "assistente" },
    programme: { dm: "DM2", diabetes: "DM2", astma_bronchiale: "ASTMA", ouderenzorg: "OUDEREN" },
    main_clinician: { ha: "huisarts", spec: "specialist" },
    outcome: { voltooid: "afgerond", gestopt: "uitval", lopend: "loopt" },
};

/** Vocabulary per lake table that some layout fills, in the order of the contract. */
export function vocabularyOf(formats: ReadonlyMap<string, NamedFormat>): Vocabulary[] {
    return [...CONTRACT.values()].flatMap((table) => {
        const layouts = [...formats.values()].flatMap((format) => layoutsOf(format, table.name));
        const [source] = layouts.map((layout) => layout.source);
        if (source === undefined) return [];
        const fields = layouts.flatMap((layout) => layout.fields);
        const unit = fields.some(([, field]) => field.reading === "unit") ? ["unit"] : [];
        const filled = new Set(fields.map(([, field]) => field.to));
        // a result fills value, comparator and answer together
        const columns = columnsOf(table).filter(({ name }) => filled.has(name) || name === "practice_id");
        const known = [...columns.map(({ name }) => name), ...unit].map((to): KnownColumn => {
            const learned = fields.filter(([, field]) => field.to === to);
            const declared = columns.find(({ name }) => name === to);
            return {
                to,
                reading: learned[0]?.[1].reading ?? (to === "practice_id" ? "agb" : "by_column"),
                names: [...new Set([...learned.map(([title]) => title), ...listed(table.name, to)])].filter(Boolean),
                required: to === "value" || (declared !== undefined && !declared.nullable),
            };
        });
        const fileNames = [
            ...layouts.map(({ file }) => file),
            ...(FILE_NAMES[table.name]?.split(", ") ?? []),
            table.name,
        ];
        return [{ source, table: table.name, fileNames: [...new Set(fileNames)].filter(Boolean), columns: known }];
    });
}

const listed = (table: string, column: string): string[] =>
    (NAMES[`${table}.${column}`] ?? NAMES[column])?.split(", ") ?? [];

/** A layout's fields for a table, with their delivered names (none in a journal). */
function layoutsOf(
    { source, files, records }: NamedFormat,
    table: string,
): { source: NamedFormat["source"]; file: string; fields: [string, Field][] }[] {
    const named = Object.entries(files ?? {})
        .filter(([, layout]) => layout.table === table)
        .map(([file, { columns }]) => ({
            source,
            file: file.replace(/\.[a-z]+$/, ""),
            fields: Object.entries(columns),
        }));
    const placed = Object.values(records ?? {})
        .filter((layout) => layout.table === table)
        .map(({ fields }) => ({ source, file: "", fields: fields.map((field): [string, Field] => ["", field]) }));
    return [...named, ...placed];
}

const plain = (name: string): string =>
    name
        .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .toLowerCase();

const partsOf = (name: string): string[] =>
    plain(name)
        .split(/[^a-z0-9]+/)
        .filter(Boolean);

/** Likeness of two names, 0 to 1: equal but for signs is 1; else by the words and letter pairs they share. */
export function likeness(a: string, b: string): number {
    const [one, two] = [partsOf(a), partsOf(b)];
    const [left, right] = [one.join(""), two.join("")];
    if (left === "" || right === "") return 0;
    if (left === right) return 1;
    if ([...one].sort().join(" ") === [...two].sort().join(" ")) return 0.97;
    const shared = one.filter((part) => two.includes(part)).length;
    const words = (2 * shared) / (one.length + two.length);
    const within = left.length >= 4 && right.length >= 4 && (left.includes(right) || right.includes(left)) ? 0.75 : 0;
    return Math.max(0.85 * words, within, 0.9 * pairsShared(left, right));
}

function pairsShared(a: string, b: string): number {
    const pairs = (text: string): string[] =>
        Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));
    const others = pairs(b);
    const total = a.length - 1 + others.length;
    let shared = 0;
    for (const pair of pairs(a)) {
        const at = others.indexOf(pair);
        if (at === -1) continue;
        others.splice(at, 1);
        shared += 1;
    }
    return total <= 0 ? 0 : (2 * shared) / total;
}

/** The best likeness of a name with any of a list. */
export const likest = (name: string, names: readonly string[]): number =>
    names.reduce((best, known) => Math.max(best, likeness(name, known)), 0);
