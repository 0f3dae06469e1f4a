// What the header of an indicator must say; the published definition of a number.
import { z } from "zod";
import type { Query } from "../query.ts";

const list = z.string().transform((text) => (text === "" ? [] : text.split(",").map((word) => word.trim())));
const optionalNumber = z
    .string()
    .regex(/^\d*$/)
    .transform((text) => (text === "" ? null : Number(text)));
const optionalText = z.string().transform((text) => (text === "" ? null : text));
const filled = z.string().min(1);

const headerSchema = z.strictObject({
    titel: filled,
    vraag: filled,
    waarom: filled,
    teller: filled,
    noemer: filled,
    uitsluitingen: filled,
    maat: z.enum(["aandeel", "aantal", "ratio"]),
    soort: z.enum(["stand", "stroom", "praktijk", "regio"]),
    klasse: z.enum(["populatie", "proces", "uitkomst", "beweging", "praktijk", "bureau"]),
    gebied: z.enum(["patiënt", "praktijk", "regio"]),
    bronnen: list.pipe(z.array(z.enum(["HIS", "VIPLive", "bureau"])).min(1)),
    venster: optionalNumber,
    beter: z.enum(["hoger", "lager", "geen"]),
    thema: optionalNumber,
    vakgroep: optionalText,
    aandoeningen: list,
    begrippen: list,
    strata: optionalText,
    /** `december` where a soort that is summed by default is a stock after all. */
    jaarcijfer: z.enum(["", "december"]),
    bron: filled,
    referentie: filled,
    bevestigd: z.enum(["ja", "nee"]).transform((word) => word === "ja"),
    auteur: filled,
    gecontroleerd: filled,
    herzien: z.iso.date(),
    opnieuw: z.iso.date(),
    aanpak: z.string(),
    /** The query counts per age group and sex, so that a standardised value stands beside the crude one. */
    uitsplitsing: z.literal("leeftijd en geslacht").optional(),
    /** Days that the delivery must reach past the month, where an answer may still come in. */
    wachtdagen: z.string().regex(/^\d+$/).transform(Number).optional(),
    /** `niet geleverd` where a month without a row means that nothing was delivered. */
    legemaand: z.literal("niet geleverd").optional(),
    /** What a ratio is multiplied by: 1000 for per 1.000. */
    schaal: z.string().regex(/^\d+$/).transform(Number).optional(),
});

export type IndicatorHeader = z.output<typeof headerSchema>;
export interface Indicator extends IndicatorHeader {
    id: string;
}

/** Parses the header of one indicator; an unknown or missing key is an error that names file and key. */
export function readIndicator(query: Query): Indicator {
    const parsed = headerSchema.safeParse(query.header);
    if (parsed.success) return { id: query.id, ...parsed.data };
    const problems = parsed.error.issues
        .map((issue) => `${issue.path.join(".") || "sleutels"}: ${issue.message}`)
        .join("; ");
    throw new Error(`queries/indicators/${query.id}.sql: de kop klopt niet (${problems}); vul aan of verbeter.`);
}

/** The row of `indicator_catalogue` that the marts read. */
export interface CatalogueRow {
    indicator_id: string;
    measure: string;
    scale: number;
    geography: string;
    has_denominator: boolean;
    sums_months: boolean;
    /** Indicators with the same requirement have a value for the same practices and months. */
    requirement: string;
    needs_his: boolean;
    needs_viplive: boolean;
    needs_bureau: boolean;
    needs_row: boolean;
    window_months: number;
    grace_days: number;
}

/** Derives from a header what decides states and sums (`indicators.md`, Terms used by all). */
export function catalogueRow(indicator: Indicator): CatalogueRow {
    // A flow looks at its own month; a stock without a window looks at one day, which no month-start bounds.
    const window = indicator.venster ?? (indicator.soort === "stroom" || indicator.soort === "regio" ? 1 : 0);
    const grace = indicator.wachtdagen ?? 0;
    const needsRow = indicator.legemaand !== undefined;
    const summed = (indicator.soort === "stroom" || indicator.soort === "regio") && indicator.jaarcijfer !== "december";
    return {
        indicator_id: indicator.id,
        measure: indicator.maat,
        scale: indicator.maat === "aantal" ? 1000 : (indicator.schaal ?? 1),
        geography: indicator.gebied === "patiënt" ? "patient" : indicator.gebied,
        has_denominator: !/^geen\b/i.test(indicator.noemer),
        sums_months: summed,
        requirement: [indicator.bronnen.join("+"), window, grace, needsRow ? indicator.id : ""].join("/"),
        needs_his: indicator.bronnen.includes("HIS"),
        needs_viplive: indicator.bronnen.includes("VIPLive"),
        needs_bureau: indicator.bronnen.includes("bureau"),
        needs_row: needsRow,
        window_months: window,
        grace_days: grace,
    };
}
