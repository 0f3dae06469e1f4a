import { z } from "zod";
import { changesSchema } from "./changes.ts";
import { assignedSchema, comparisonsSchema } from "./comparisons.ts";
import { detailsSchema } from "./details.ts";

/** What pages know: one bundle per audience, already suppressed by publish, as bundle-reader.ts reads it. Nothing else is read. */

const text = z
    .string()
    .nullish()
    .transform((value) => value ?? null);
const number = z
    .number()
    .nullish()
    .transform((value) => value ?? null);
const list = <Item extends z.ZodType>(item: Item) =>
    z
        .array(item)
        .nullish()
        .transform((value) => value ?? []);

/** A figure as this audience may see it (publish decides). */
export interface Cell {
    indicator: string;
    stratum: string | null;
    level: Level;
    id: string;
    period: string;
    state: "value" | "zero" | "suppressed" | "not_delivered" | "not_applicable";
    numerator: number | null;
    denominator: number | null;
    value: number | null;
    low: number | null;
    high: number | null;
    delivered: number | null;
    members: number | null;
    /** 'percent': a whole percent and nothing beside it. */
    shown: "exact" | "percent";
    /** Own practice, shares only: the count to expect of patients of this age and sex. */
    expected?: number;
}

export type Level = "practice" | "hagro" | "area" | "organisation" | "region";

/** An anonymous practice's figure in whole percents. */
export interface BundlePeer {
    indicator: string;
    period: string;
    label: string;
    percent: number;
}

const LEVELS = new Set(["practice", "hagro", "area", "organisation", "region"]);
const STATES = new Set(["value", "zero", "suppressed", "not_delivered", "not_applicable"]);
const PERIOD = /^\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$/;
const NUMBERS = ["numerator", "denominator", "value", "low", "high", "delivered", "members"] as const;

type Row = Record<string, unknown>;

function isRow(item: unknown): item is Row {
    return typeof item === "object" && item !== null;
}

/** What is wrong with a cell, as the name of its field; null when nothing is. */
export function wrongField(item: unknown): string | null {
    if (!isRow(item)) return "cel";
    for (const name of ["indicator", "id", "period"]) if (typeof item[name] !== "string") return name;
    if (!PERIOD.test(item.period as string)) return "period";
    if (!LEVELS.has(item.level as string)) return "level";
    if (!STATES.has(item.state as string)) return "state";
    for (const name of NUMBERS) if (item[name] !== null && typeof item[name] !== "number") return name;
    if (item.expected !== undefined && typeof item.expected !== "number") return "expected";
    if (item.stratum !== null && typeof item.stratum !== "string") return "stratum";
    return item.shown === "exact" || item.shown === "percent" ? null : "shown";
}

export function wrongPeerField(item: unknown): string | null {
    if (!isRow(item)) return "praktijk";
    for (const name of ["indicator", "period", "label"]) if (typeof item[name] !== "string") return name;
    return Number.isInteger(item.percent) && (item.percent as number) >= 0 ? null : "percent";
}

/** Cells and peers are most of a bundle (tens of thousands of small records), so they are checked in place, not copied. */
const checked = <Item>(wrong: (item: unknown) => string | null) =>
    z.custom<Item[]>().superRefine((value: unknown, context) => {
        if (!Array.isArray(value)) {
            context.addIssue({ code: "custom", message: "lijst verwacht" });
            return;
        }
        const at = value.findIndex((item) => wrong(item) !== null);
        if (at >= 0) context.addIssue({ code: "custom", path: [at, wrong(value[at]) ?? ""], message: "klopt niet" });
    });

const plainValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const exampleTable = z.object({
    name: text,
    columns: z.array(z.string()),
    rows: z.array(z.array(plainValue)),
});

const indicator = z.object({
    id: z.string(),
    titel: z.string(),
    vraag: text,
    waarom: text,
    teller: text,
    noemer: text,
    uitsluitingen: text,
    maat: z.enum(["aandeel", "aantal", "ratio"]),
    schaal: z.number().nullish(),
    soort: z.enum(["stand", "stroom", "praktijk", "regio"]),
    klasse: z.enum(["populatie", "proces", "uitkomst", "beweging", "praktijk", "bureau"]),
    bronnen: list(z.string()),
    venster: number,
    beter: z
        .enum(["hoger", "lager", "geen"])
        .nullish()
        .transform((value) => value ?? "geen"),
    thema: number,
    vakgroep: text,
    strata: text,
    bron: text,
    referentie: text,
    auteur: text,
    gecontroleerd: text,
    herzien: text,
    opnieuw: text,
    aanpak: text,
    bevestigd: z
        .boolean()
        .nullish()
        .transform((value) => value ?? false),
    recept: list(z.string()),
    voorbeelden: list(
        z
            .object({ title: z.string(), tables: list(exampleTable), expect: exampleTable.nullish() })
            .transform((value) => ({
                ...value,
                expect: value.expect ?? null,
            })),
    ),
    queryHash: text,
});

export const indicatorsSchema = list(indicator);

const area = z.object({ id: z.string(), name: z.string(), predecessors: list(z.string()) });
const named = z.object({ id: z.string(), name: z.string() });
const practice = z.object({
    id: z.string(),
    name: text,
    hagro: text,
    area: text,
    organisation: text,
    his: text,
    joined: text,
    left: text,
});

const goalPoint = z.object({ period: z.string(), value: number, state: text });
const growth = z
    .object({ baseline: number, now: number, growth: number, practices: number })
    .nullish()
    .transform((value) => value ?? null);
const status = z.enum(["gehaald", "op koers", "te vroeg om te zeggen", "niet op koers", "niet meetbaar"]);

const goal = z.object({
    id: z.string(),
    titel: z.string(),
    kind: z.string(),
    indicator: text,
    indicatorTitle: text,
    unit: z
        .enum(["aandeel", "aantal"])
        .nullish()
        .transform((value) => value ?? "aantal"),
    baseline: z
        .object({
            year: number,
            period: text,
            value: number,
            yearValue: number,
            computed: z.boolean().nullish(),
            release: text,
        })
        .nullish()
        .transform((value) => value ?? null),
    now: z
        .object({ period: text, value: number, low: number, high: number, delivered: number, members: number })
        .nullish()
        .transform((value) => value ?? null),
    target: number,
    targetText: text,
    streefwaarde: number,
    norm: number,
    deadline: text,
    /** A baseline that was published before and that this release computes anew. */
    restated: z
        .object({ old: z.number(), now: z.number() })
        .nullish()
        .transform((value) => value ?? null),
    panel: growth,
    all: growth,
    ageing: number,
    path: list(goalPoint),
    projection: z
        .object({ value: number, low: number, high: number })
        .nullish()
        .transform((value) => value ?? null),
    status,
    reason: text,
});

const theme = z.object({
    /** Number in the Koers; null for an intervention of Meer Tijd voor de Patiënt, which has `mtvp`. */
    thema: number,
    mtvp: number,
    id: z.string(),
    titel: z.string(),
    tafel: text,
    vakgroep: text,
    toelichting: text,
    toewijzing: text,
    /** Themes of the Koers that an intervention belongs to. */
    koers: list(z.number()),
    beoogd: list(z.string()),
    /** Where the figures come from; begins with "geen bron" where nothing measures the result. */
    bron: text,
    /** Ids of indicators to follow without a goal for them. */
    followed: list(z.string()),
    goals: list(goal),
    milestones: list(z.object({ id: z.string(), titel: z.string(), status: z.string(), date: text })),
});

const coverage = z.looseObject({ practice: text, source: text, delivery: text, peildatum: text, historyFrom: text });

const reconciliationRow = z.object({
    id: z.string(),
    figure: z.string(),
    group: text,
    printed: z.union([z.string(), z.number()]).transform(String),
    computed: z
        .union([z.string(), z.number()])
        .nullish()
        .transform((value) => value ?? null),
    equal: z.boolean(),
    how: text,
    indicator: text,
    note: text,
});
const contradiction = z.object({ title: z.string(), printed: text, finding: text });

const receipt = z.looseObject({
    delivery: text,
    accepted: z.boolean().nullish(),
    code: text,
    message: text,
    files: list(
        z.looseObject({
            name: z.string(),
            rows: number,
            kept: number,
            aside: z.record(z.string(), z.number()).nullish(),
        }),
    ),
    ignoredColumns: z.unknown().optional(),
});

/** What the operator's page shows; filled as far as publish knows it. */
const operator = z.looseObject({
    deliveries: list(
        z.looseObject({
            id: text,
            name: text,
            format: text,
            source: text,
            peildatum: text,
            practices: list(z.string()),
            historyFrom: text,
            receipt: receipt.nullish(),
        }),
    ),
    receipts: list(receipt),
    held: list(
        z.object({
            name: z.string(),
            source: z.string(),
            peildatum: z.string(),
            practices: z.array(z.string()),
            checks: z.array(z.string()),
        }),
    ),
    /** Current deliveries that differ from the one before: another layout, or what a check says jumps. */
    quality: list(
        z.object({
            practice: z.string(),
            source: z.string(),
            peildatum: z.string(),
            relaid: z.object({ from: z.string(), to: z.string() }).nullable(),
            warnings: z.array(z.string()),
        }),
    ),
    releases: list(z.looseObject({ id: text, deliveries: z.unknown().optional() })),
    suppression: list(
        z.looseObject({
            audience: text,
            indicator: text,
            stratum: text,
            level: text,
            id: text,
            period: text,
            reason: text,
        }),
    ),
});

const catalogue = z.object({
    release: text,
    refresh: text,
    demo: z.boolean().nullish(),
    from: text,
    to: text,
    peildatum: text,
    indicators: indicatorsSchema,
    practices: list(practice),
    hagros: list(named),
    areas: list(area),
    organisations: list(named),
    coverage: list(coverage),
});

const bundle = z.object({
    publication: z.object({
        id: z.string(),
        release: text,
        peildatum: text,
        from: text,
        to: text,
        demo: z
            .boolean()
            .nullish()
            .transform((value) => value ?? false),
        made: text,
    }),
    audience: z.object({
        id: z.string(),
        kind: z.enum(["coalitie", "gemeente", "vakgroep", "hagro", "praktijk", "adviseur", "beheer", "openbaar"]),
        title: z.string(),
        path: z.string(),
        hagro: text,
    }),
    catalogue,
    goals: list(theme),
    values: checked<Cell>(wrongField),
    peers: checked<BundlePeer>(wrongPeerField),
    /** Practices of the reader's own hagro, in whole percents, by name or by label. */
    members: list(
        z.object({
            name: z.string(),
            values: z.array(z.object({ indicator: z.string(), period: z.string(), percent: z.number() })),
        }),
    ),
    own: z
        .object({ agb: z.string(), name: text, hagro: text, area: text })
        .nullish()
        .transform((value) => value ?? null),
    /** Deliveries of the own practice, or of an adviser's, that came in and do not count, because a check holds them. */
    held: list(z.object({ practice: z.string(), source: z.string(), peildatum: z.string() })),
    kept: list(z.object({ page: z.string(), cells: z.number(), shown: z.number() })),
    operator: operator.nullish().transform((value) => value ?? null),
    reconciliation: z
        .union([
            z.array(reconciliationRow).transform((rows) => ({ rows, contradictions: [] as Contradiction[] })),
            z.object({ rows: list(reconciliationRow), contradictions: list(contradiction) }),
        ])
        .nullish()
        .transform((value) => value ?? null),
    contradictions: list(contradiction),
    changes: changesSchema.nullish().transform((value) => value ?? null),
    comparisons: comparisonsSchema,
    /** The practices of an adviser's list, whose newest figures stand among the values. */
    assigned: assignedSchema.nullish().transform((value) => value ?? []),
    details: detailsSchema,
});

export type Indicator = z.infer<typeof indicator>;
export type Area = z.infer<typeof area>;
export type Goal = z.infer<typeof goal>;
export type GoalStatus = z.infer<typeof status>;
export type Theme = z.infer<typeof theme>;
export type ReconciliationRow = z.infer<typeof reconciliationRow>;
export type Contradiction = z.infer<typeof contradiction>;
export type Receipt = z.infer<typeof receipt>;
export type Member = Bundle["members"][number];
export type Operator = z.infer<typeof operator>;
export type Bundle = z.infer<typeof bundle>;
export type BundleInput = z.input<typeof bundle>;
export type AudienceKind = Bundle["audience"]["kind"];

/** Checks an already parsed bundle. Throws one sentence that names the first field that is wrong; never a value. */
export function checkBundle(value: unknown, where: string): Bundle {
    const result = bundle.safeParse(value);
    if (result.success) return result.data;
    const first = result.error.issues[0];
    const field = first ? first.path.join(".") : "";
    throw new Error(
        `Bundel ${where}: veld "${field}" klopt niet (${first?.code ?? "onbekend"}); publiceer opnieuw met dezelfde versie van publish en dashboards.`,
    );
}
