/** Kinds of data that identify people (exports.md, last section), in the words of a refusal. */
export const IDENTIFIERS = {
    bsn: "burgerservicenummer",
    name: "naam van een persoon",
    birth_date: "volledige geboortedatum",
    postcode: "postcode met letters",
    street: "straat of adres",
    phone: "telefoonnummer",
    email: "e-mailadres",
    insurance: "verzekeringsnummer",
    document: "documentnaam",
    free_text: "vrije tekst",
} as const;

export type Identifier = keyof typeof IDENTIFIERS;

/** Column names as one word, without separators, that say outright what the column holds. */
const WORDS: Readonly<Record<Identifier, RegExp>> = {
    bsn: /^(.*bsn|bsn(nr|nummer)?|.*burgerservice(nr|nummer)?|.*sofi(nr|nummer)?|ssn)$/,
    name: /^((patient|client|persoons?|volledige|arts|huisarts|zorgverlener|behandelaar|medewerkers?|contactpersoons?|partner|moeder|vader|voogd)?(naam|namen|name)|(voor|achter|roep|familie|meisjes|geslachts|doop|eigen)na(am|men)|naam(patient|client|persoon|arts|huisarts|zorgverlener|behandelaar|medewerker|contactpersoon|partner)|tussenvoegsels?|voorvoegsels?|voorletters?|initialen|initials|(first|last|full|sur|family|given|middle|patient)name)$/,
    birth_date:
        /^(.*geboorte(datum|dag|dat|dd)|geb(datum|dat|dd|dag)?|gbdatum|gebdatumpatient|.*birth(date|day)|.*dateofbirth|dob)$/,
    postcode: /^(pc6|postcode6|.*postcode6|zipcode6|postcodevolledig|volledigepostcode)$/,
    street: /^(.*straat(naam)?|.*(woon|post|huis)?adres(regel[0-9]?|sen)?|huis(nr|nummer)(toevoeging)?|.*street(name)?|.*address|address(line)?[0-9]?)$/,
    phone: /^(.*telefoon(nr|nummers?)?|tel(nr|nummer|[0-9])?|.*mobiel(e)?(nr|nummer|telefoon)?|gsm(nr|nummer)?|.*phone(number|nr)?|mobile(number)?|06(nr|nummer)|fax(nr|nummer))$/,
    email: /^(.*e?mail(adres(sen)?|address)?|emails?)$/,
    insurance:
        /^(verzeker(ings|den|de|ing)?(nr|nummer)|.*polis(nr|nummer)?|insurance(number|nr|id)|zorgverzekering(s)?(nr|nummer)|relatienummerverzekeraar)$/,
    document: /^(document(naam|name|titel)?|documenten|bestands?naam|filename|bijlagen?|brief(naam)?|attachments?)$/,
    free_text:
        /^(.*opmerking(en)?|.*toelichting(en)?|.*notities?|.*vrijetekst|.*freetext|tekst|text|soep(tekst|regels?|code)?|[soep](regels?|tekst)|subjectief|objectief|evaluatie|anamnese|conclusie|.*commentaar|comments?|remarks?|notes?|journaal(tekst|regels?)|(episode|probleem)(titel|omschrijving|naam|tekst)|titel(episode|probleem)?|omschrijvingepisode|klacht(en)?|verslag(tekst)?|brieftekst)$/,
};

/** Things whose address or name is no person's. */
const NOT_PERSONAL = /(ip|mac|web|url)adres$|adresboek/;

/** What the name of a column says it holds, or null. Only for columns that the layout does not declare. */
export function identifierByName(column: string): Identifier | null {
    const word = column
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "");
    if (NOT_PERSONAL.test(word)) return null;
    for (const [kind, names] of Object.entries(WORDS)) if (names.test(word)) return kind as Identifier;
    return null;
}

/** Columns named after the four lines of a Dutch consultation note, when at least three of them are there. */
export function soepColumns(columns: readonly string[]): boolean {
    const letters = new Set(columns.map((column) => column.trim().toLowerCase()));
    return ["s", "o", "e", "p"].filter((letter) => letters.has(letter)).length >= 3;
}

const AREA_CODES_OF_THREE = "1[035]|2[0346]|3[03568]|4[03568]|5[03058]|7[0-9]|8[2-578]|9[17]";
const AREA_CODES_OF_FOUR =
    "11[1-8]|16[1-8]|17[1-4]|18[0-7]|22[2-9]|25[125]|29[479]|31[3-8]|32[01]|34[1-8]|41[1-8]|47[58]|48[15-8]|49[2579]|51[1-9]|52[1-9]|54[1-8]|56[126]|57[0-35-8]|59[1-9]";

/** SQL for the year of a text that is a full date: of eight digits the last four when the middle two are no month but a century. */
export const YEAR_OF_DATE = `(CASE WHEN strlen(v) = 8 AND substr(v, 5, 2) IN ('18', '19', '20') THEN right(v, 4) ELSE regexp_extract(v, '(1[89]|20)[0-9]{2}') END)::INTEGER`;

/**
 * SQL conditions over a text `v`, one per shape. RE2 has no look-around, so that boundaries are part of the pattern.
 * They run only over texts that are long enough to matter: see conform.ts.
 */
export const SHAPES = {
    email: `contains(v, '@') AND regexp_matches(v, '[^\\s@<>;,"]+@[^\\s@<>;,"]+\\.[A-Za-z]{2,}')`,
    /** Written as people write telephone numbers, or bare with a Dutch area code. */
    phone: `regexp_matches(v, '(^|[^0-9A-Za-z.,+])\\(?0(6[ -]{0,3}[1-58]( ?-?[0-9]){7}|(${AREA_CODES_OF_THREE})\\)?[ -]{0,3}[1-9]( ?[0-9]){6}|(${AREA_CODES_OF_FOUR})\\)?[ -]{0,3}[1-9]( ?[0-9]){5})($|[^0-9A-Za-z.,-]|[.,-]($|[^0-9A-Za-z]))')
        OR regexp_matches(v, '(^|[^0-9A-Za-z])(\\+ ?31|00 ?31[ -])[ ()0-]{0,5}[1-9]([ -]?[0-9]){8}($|[^0-9A-Za-z])')
        OR regexp_full_match(v, '00316[1-58][0-9]{7}')
        OR regexp_full_match(v, '0[1-9][0-9]?-[0-9]{7,8}|0[1-9][0-9]{2}-[0-9]{6}|0[89]0[0-9][ -][0-9]{4,7}')`,
    ten_digits: "regexp_full_match(v, '[0-9]{10}')",
    postcode_spaced: `regexp_matches(v, '(^|[^0-9A-Za-z])[1-9][0-9]{3} [A-Z]{2}($|[^0-9A-Za-z])') AND ${notUnit()}`,
    postcode: `regexp_full_match(v, '[1-9][0-9]{3} ?([A-Z]{2}|[a-z]{2})') AND ${notUnit()}`,
    street: `regexp_matches(v, '(?i)^[a-zà-ÿ.'' -]*(straat|laan|weg|plein|dijk|kade|singel|hof|gracht|dreef|pad|plantsoen|steeg|markt|haven|baan|lei|wal|hoeve|park|ring|erf|werf|brink|zoom|boulevard|str\\.) +[0-9]{1,5} ?-?[a-z0-9]{0,4}($|[ ,])')`,
    person: `regexp_matches(v, '^([A-Z]\\. ?){1,5}((van|de|der|den|het|ter|ten|te|op|in|v\\.?d\\.?) ){0,3}(''t )?[A-Z][a-zà-ÿ]+')
        OR regexp_matches(v, '^[A-Z][a-zà-ÿ''-]+( [a-z]+)*, ?([A-Z]\\.|[A-Z][a-zà-ÿ]+)')
        OR regexp_matches(v, '(?i)^(dhr|mevr|mw|drs?|de heer|mevrouw|meneer)\\.? +[a-z]')
        OR regexp_matches(v, '^[A-Z][a-zà-ÿ]+ (van|de|der|den|ter|ten|van der|van den|van de) [A-Z][a-zà-ÿ]+$')`,
    two_names: `regexp_full_match(v, '[A-Z][a-zà-ÿ]+(-[A-Z][a-zà-ÿ]+)? ((van|de|der|den|ter|ten|te|op|in) ){0,3}[A-Z][a-zà-ÿ]+(-[A-Z][a-zà-ÿ]+)?|[A-Z]{2,} ((VAN|DE|DER|DEN|TER|TEN|TE) ){0,3}[A-Z]{3,}(-[A-Z]+)?')`,
    /** A surname that begins with a small word, as a quarter of Dutch ones do. */
    prefixed_name: `regexp_full_match(v, '(van|de|der|den|ter|ten|te|op|in|''t)( (de|den|der|het|''t))? [A-Z][a-zà-ÿ]+(-[A-Z][a-zà-ÿ]+)?')`,
    /** The name of a street without a number. */
    street_alone: `regexp_full_match(v, '(?i)[a-zà-ÿ.'' -]{2,}(straat|laan|weg|plein|kade|dijk|singel|gracht|dreef|pad|hof|plantsoen|steeg)')`,
    soep: `strlen(v) >= 12 AND regexp_matches(v, '(^|[\\s;|.])[SOEP] ?[:=] ?[A-Za-z0-9]')`,
    sentence: `strlen(v) >= 20 AND regexp_matches(v, '^\\s*\\S+(\\s+\\S+){4,}') AND regexp_matches(v, '(?i)(^|[^a-z])(ik|hij|zij|ze|haar|hem|mijn|heeft|had|wil|wordt|is|was|gaat|kan|moet|mw|dhr|mevr|pt|patient|patiënt|gebeld|belt|belde|verteld|vertelt|klaagt|klachten|sinds)($|[^a-z])')`,
    long_text: `strlen(v) >= 30 AND regexp_matches(v, '[A-Za-z]{2,}(\\s+\\S+){4,}')`,
    document: `regexp_matches(v, '(?i)[^\\s.]\\.(pdf|docx?|odt|rtf|jpe?g|png|tiff?|xlsx?|msg|eml|dcm)$')`,
    full_date: `regexp_full_match(v, '(?i)(([0-3]?[0-9][-/. ][01]?[0-9][-/. ](1[89]|20)[0-9]{2}|(1[89]|20)[0-9]{2}[-/. ][01]?[0-9][-/. ][0-3]?[0-9]|(1[89]|20)[0-9]{2}[01][0-9][0-3][0-9])([ T][0-9:.]+)?|[0-3][0-9][01][0-9](1[89]|20)[0-9]{2}|[0-3]?[0-9][-. ]+(jan|feb|mrt|maa|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*[-. ]+(1[89]|20)[0-9]{2})')`,
} as const;

export type Shape = keyof typeof SHAPES;

/** Letters that stand behind four digits without being a postcode: units, and pairs that postcodes do not use. */
function notUnit(): string {
    const pairs = "ML|MG|KG|CM|MM|KM|DL|PG|NG|UG|MU|KU|IE|GR|CC|UR|KJ|SA|SD|SS";
    return `NOT regexp_matches(v, '(?i)[0-9] ?(${pairs})($|[^A-Za-z])')`;
}

/** The eight or nine digits of a possible BSN in `v` (a lost leading zero put back), or NULL. */
export const BSN_DIGITS = `lpad(nullif(CASE
    WHEN regexp_full_match(v, '[0-9]{3}[. -][0-9]{3}[. -][0-9]{3}|[0-9]{4}[. -][0-9]{2}[. -][0-9]{3}') THEN regexp_replace(v, '[. -]', '', 'g')
    ELSE regexp_extract(v, '^[^0-9]*([0-9]{8,9})([.,]0+)?[^0-9.,]*$', 1) END, ''), 9, '0')`;

/** The 11-proef over nine digits in `digits`. */
export const ELEVEN_PROOF = `digits <> '000000000' AND (${[9, 8, 7, 6, 5, 4, 3, 2]
    .map((weight, at) => `${weight} * (ascii(substr(digits, ${at + 1}, 1)) - 48)`)
    .join(" + ")} - (ascii(substr(digits, 9, 1)) - 48)) % 11 = 0`;

/** By chance one in eleven numbers passes. */
const CHANCE = 1 / 11;
const FEWEST_NUMBERS = 20;
const LEAST_SHARE = 0.15;
const CERTAINTY = 1e-6;

/**
 * Whether so many passing numbers cannot be chance: at least 20 values, well over one in eleven of the distinct ones, and a
 * binomial tail below one in a million.
 */
export function looksLikeBsn(values: number, distinct: number, passing: number): boolean {
    if (values < FEWEST_NUMBERS || distinct === 0 || passing / distinct < LEAST_SHARE) return false;
    return binomialTail(distinct, passing, CHANCE) < CERTAINTY;
}

/** P(X >= k) for X ~ Binomial(n, p). */
export function binomialTail(n: number, k: number, p: number): number {
    if (k <= 0) return 1;
    let logTerm = k * Math.log(p) + (n - k) * Math.log1p(-p);
    for (let i = 1; i <= k; i++) logTerm += Math.log(n - k + i) - Math.log(i);
    let term = Math.exp(logTerm);
    let sum = term;
    for (let i = k + 1; i <= n && term > sum * 1e-12; i++) {
        term *= ((n - i + 1) / i) * (p / (1 - p));
        sum += term;
    }
    return sum;
}
