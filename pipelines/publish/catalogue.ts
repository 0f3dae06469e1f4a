import { z } from "zod";
import type { MeasuredIndicator } from "./cell.ts";

/**
 * `catalogue.json` of the marts: what was computed, for whom, with which definitions. Publishing reads the fields named
 * here and hands the rest on as it is, so that a definition may gain a field without this file.
 */

const text = z.string();
const named = z.looseObject({ id: text, name: text });

const indicatorSchema = z.looseObject({
    id: text,
    titel: text,
    teller: z.string().nullish(),
    noemer: z.string().nullish(),
    maat: z.enum(["aandeel", "aantal", "ratio"]),
    soort: z.enum(["stand", "stroom", "praktijk", "regio"]),
    klasse: z.enum(["populatie", "proces", "uitkomst", "beweging", "praktijk", "bureau"]),
    beter: z.enum(["hoger", "lager", "geen"]).nullish(),
    thema: z.number().nullish(),
    vakgroep: z.string().nullish(),
    schaal: z.number().nullish(),
});

const practiceSchema = z.looseObject({
    id: text,
    name: z.string().nullish(),
    hagro: z.string().nullish(),
    area: z.string().nullish(),
    organisation: z.string().nullish(),
    joined: z.string().nullish(),
    left: z.string().nullish(),
});

const measuredSchema = z.looseObject({ period: text, value: z.number().nullable() });
const pairSchema = z.looseObject({ baseline: z.number().nullish(), now: z.number().nullish() });

const goalSchema = z.looseObject({
    id: text,
    titel: text,
    kind: text,
    indicator: z.string().nullish(),
    unit: z.string().nullish(),
    baseline: z.looseObject({ value: z.number().nullish(), computed: z.boolean().nullish() }).nullish(),
    restated: z.looseObject({ old: z.number(), now: z.number() }).nullish(),
    now: measuredSchema.nullish(),
    panel: pairSchema.nullish(),
    all: pairSchema.nullish(),
    path: z.array(measuredSchema).nullish(),
    status: text,
    reason: z.string().nullish(),
});

const themeSchema = z.looseObject({
    /** Null for an intervention of Meer Tijd voor de Patiënt. */
    thema: z.number().nullable(),
    id: text,
    titel: text,
    /** All whose subject it is, first the one that leads (which `vakgroep` names too). */
    vakgroepen: z.array(text).nullish(),
    vakgroep: z.string().nullish(),
    goals: z.array(goalSchema),
});

const catalogueSchema = z.looseObject({
    release: text,
    refresh: text,
    demo: z.boolean(),
    from: z.string().regex(/^\d{4}-\d{2}$/),
    to: z.string().regex(/^\d{4}-\d{2}$/),
    peildatum: text,
    indicators: z.array(indicatorSchema),
    practices: z.array(practiceSchema),
    hagros: z.array(named),
    areas: z.array(named),
    organisations: z.array(named),
    coverage: z.array(z.looseObject({ practice: text })),
    /** What practices agreed to and who advises them: latest answer per practice and fact, 1 is yes. */
    agreements: z.array(z.looseObject({ practice: text, fact: text, value: z.number() })).nullish(),
    goals: z.array(themeSchema),
});

export type Catalogue = z.infer<typeof catalogueSchema>;
export type IndicatorDefinition = z.infer<typeof indicatorSchema>;
export type PracticeEntry = z.infer<typeof practiceSchema>;
export type Theme = z.infer<typeof themeSchema>;
export type Goal = z.infer<typeof goalSchema>;

/** Reads a catalogue; throws one sentence that names the first field that is not as expected. */
export function parseCatalogue(json: unknown, where: string): Catalogue {
    const result = catalogueSchema.safeParse(json);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    throw new Error(
        `Catalogus ${where}: veld '${issue?.path.join(".") ?? ""}' is niet zoals verwacht (${issue?.message ?? "onbekend"}); draai 'regiospiegel refresh' opnieuw.`,
    );
}

/** What disclosure needs of the definitions. */
export function measuredIndicators(catalogue: Catalogue): Map<string, MeasuredIndicator> {
    return new Map(
        catalogue.indicators.map(({ id, maat, soort, klasse, noemer, schaal }) => {
            const denominator = noemer ?? "";
            const wholeGroup = isWholeGroup(id, denominator);
            return [id, { id, maat, soort, klasse, wholeGroup, denominator, scale: schaal ?? undefined }];
        }),
    );
}

/** indicators.md: "pop_ingeschreven: registered (denominator the same)"; a definition says so in exactly these words. */
function isWholeGroup(id: string, noemer: string): boolean {
    return id === "pop_ingeschreven" || /^dezelfde patiënten\.?$/i.test(noemer.trim());
}

/** Practices with a page of their own: member on the last day, or ever delivered (disclosure.md, praktijk). */
export function practicesWithPage(catalogue: Catalogue): PracticeEntry[] {
    const delivered = new Set(catalogue.coverage.map(({ practice }) => practice));
    const day = catalogue.peildatum;
    return catalogue.practices
        .filter(({ id, joined, left }) => delivered.has(id) || ((!joined || joined <= day) && (!left || left > day)))
        .sort((a, b) => a.id.localeCompare(b.id));
}
