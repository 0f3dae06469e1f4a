// A goal: what its file says, and what an evaluation adds. The wording of a goal is the source's, not ours.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { queriesFolder } from "../query.ts";

export const goalKinds = ["share", "all", "growth", "range", "at_least", "zero", "direction"] as const;
export const statuses = ["gehaald", "op koers", "te vroeg om te zeggen", "niet op koers", "niet meetbaar"] as const;
export type Status = (typeof statuses)[number];

const word = z.string().regex(/^[a-z0-9_]+$/);

const goalSchema = z.strictObject({
    id: word,
    titel: z.string(),
    soort: z.enum(goalKinds),
    /** Null where no delivery measures it; then `mijlpalen` may stand for it, or it is `niet meetbaar`. */
    indicator: z.string().nullable(),
    /** share: the value that counts as reached, a fraction. growth: the relative change, 0.05 is +5 %. at_least: a count. */
    streef: z.number().optional(),
    /** share: more than `streef`, not equal to it. */
    boven: z.boolean().optional(),
    /** share: the norm where it differs from what is aimed at. */
    norm: z.number().optional(),
    /** at_least: the count that is hoped for beyond `streef`. */
    liefst: z.number().int().optional(),
    /** at_least: what the strata of the indicator are, in the plural; each must reach `streef` on its own. */
    per: z.string().optional(),
    /** Only this area, by its key or name in the register, as a slug. */
    gebied: z.string().optional(),
    /** range: lowest and highest count in a calendar year. */
    van: z.number().int().optional(),
    tot: z.number().int().optional(),
    richting: z.enum(["omhoog", "omlaag"]).optional(),
    basisjaar: z.number().int().optional(),
    /** The baseline that the source itself prints; without it the baseline is computed, and shown as computed. */
    vertrekpunt: z.strictObject({ jaar: z.number().int(), waarde: z.number(), bron: z.string() }).optional(),
    /** `aantal` where the source speaks of a number of practices and the indicator gives their share. */
    eenheid: z.enum(["aandeel", "aantal"]).optional(),
    /** The practice fact behind the indicator: a practice without it gave "geen opgave". */
    feit: z.string().optional(),
    /** at_least without an indicator: the milestones that are counted. */
    mijlpalen: z.array(word).min(1).optional(),
    /** The group whose ageing alone would already move the count. */
    vergrijzing: z.string().optional(),
    /** How the target is said to people. */
    doel: z.string(),
});

const themeSchema = z
    .strictObject({
        titel: z.string(),
        tafel: z.string().nullable(),
        /** Those whose subject it is, first the one that leads. */
        vakgroepen: z.array(z.string().regex(/^[a-z-]+$/)),
        /** The sources assign no theme to a table or vakgroep; this says whose assignment it is. */
        toewijzing: z.string(),
        /** Themes of the Koers that an intervention of Meer Tijd voor de Patiënt belongs to. */
        koers: z.array(z.number().int()).optional(),
        /** The expected result, word for word. */
        beoogd: z.array(z.string()).min(1),
        /** What a reader must know about the printed text or about how it is measured. */
        toelichting: z.string().optional(),
        /** Where the figures come from; begins with "geen bron" where no delivery measures the result. */
        bron: z.string().min(1),
        /** Null where the source names no date. */
        deadline: z.iso.date().nullable(),
        doelen: z.array(goalSchema),
        mijlpalen: z.array(z.strictObject({ id: word, titel: z.string() })),
        /** Indicators to follow without a goal for them. */
        gevolgd: z.array(z.string()),
    })
    .superRefine((theme, context) => {
        const known = theme.mijlpalen.map((milestone) => milestone.id);
        const problem = (message: string): void => context.addIssue({ code: "custom", message });
        if (theme.doelen.length > 0 && theme.deadline === null) problem("een doel vraagt een deadline");
        for (const goal of theme.doelen) {
            const unknown = (goal.mijlpalen ?? []).filter((id) => !known.includes(id));
            if (unknown.length > 0) problem(`${goal.id} telt mijlpalen die er niet zijn: ${unknown.join(", ")}`);
            const missing = needed[goal.soort].filter((key) => goal[key] === undefined);
            if (missing.length > 0) problem(`${goal.id} (${goal.soort}) mist ${missing.join(", ")}`);
        }
    });

export type GoalDefinition = z.output<typeof goalSchema>;
export type ThemeDefinition = z.output<typeof themeSchema> & {
    /** Name of the file without its ending. */
    id: string;
    /** Number in the Koers; null for an intervention of Meer Tijd voor de Patiënt, which has `mtvp`. */
    thema: number | null;
    mtvp: number | null;
};

/** What a kind cannot be judged without. */
const needed: Record<(typeof goalKinds)[number], (keyof GoalDefinition)[]> = {
    share: ["streef"],
    all: [],
    growth: ["streef", "basisjaar"],
    range: ["van", "tot"],
    at_least: ["streef"],
    zero: [],
    direction: ["richting"],
};

export interface PanelGrowth {
    practices: number;
    baseline: number;
    now: number;
    growth: number | null;
}

export interface Baseline {
    year: number;
    /** A month or span in words, a year, or where a printed baseline stands. */
    period: string;
    value: number;
    /** Of the whole base year, where `value` is of a part of it. */
    yearValue: number | null;
    /** False: printed in the source. */
    computed: boolean;
    /** The release that it was computed from, or first published with; null when printed. */
    release: string | null;
}

export interface GoalEvaluated {
    id: string;
    titel: string;
    kind: (typeof goalKinds)[number];
    indicator: string | null;
    indicatorTitle: string | null;
    unit: "aandeel" | "aantal";
    baseline: Baseline | null;
    /** A published baseline that this release restates ("herzien"); filled when publishing (`goal-baselines.ts`). */
    restated: { old: number; now: number; release: string } | null;
    now: {
        period: string;
        value: number;
        low: number | null;
        high: number | null;
        delivered: number;
        members: number;
    } | null;
    target: number | null;
    targetText: string;
    streefwaarde: number | null;
    norm: number | null;
    deadline: string;
    panel: PanelGrowth | null;
    all: { baseline: number; now: number; growth: number | null } | null;
    ageing: number | null;
    path: { period: string; value: number | null; state: string }[];
    projection: { value: number; low: number; high: number } | null;
    status: Status;
    reason: string;
}

export interface Milestone {
    id: string;
    titel: string;
    status: "open" | "bezig" | "gedaan" | "geen opgave";
    date: string | null;
}

export interface ThemeEvaluated {
    thema: number | null;
    mtvp: number | null;
    id: string;
    titel: string;
    tafel: string | null;
    vakgroep: string | null;
    vakgroepen: string[];
    toewijzing: string;
    koers: number[];
    beoogd: string[];
    toelichting: string | null;
    bron: string;
    goals: GoalEvaluated[];
    milestones: Milestone[];
    /** Ids of indicators to follow; pages look up their figures as far as their audience may see them. */
    followed: string[];
}

const fileName = /^(?:(\d{2})|m([1-9]))_[a-z0-9_]+\.yaml$/;

/** Reads queries/goals/: one file per theme, `<theme>_<title>.yaml`, and per intervention, `m<number>_<title>.yaml`. */
export async function readGoals(folder = join(queriesFolder, "goals")): Promise<ThemeDefinition[]> {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
    return Promise.all(
        names.map(async (name) => {
            const parsed = themeSchema.safeParse(parse(await readFile(join(folder, name), "utf8")));
            const numbers = fileName.exec(name);
            if (!parsed.success || !numbers) {
                const problems = parsed.error?.issues
                    .map((issue) => [issue.path.join("."), issue.message].filter((part) => part !== "").join(": "))
                    .join("; ");
                throw new Error(
                    `queries/goals/${name}: klopt niet (${problems ?? "de naam begint niet met het themanummer of met m en een cijfer"}); vul aan of verbeter.`,
                );
            }
            const [, thema, mtvp] = numbers;
            return {
                ...parsed.data,
                id: name.slice(0, -".yaml".length),
                thema: thema ? Number(thema) : null,
                mtvp: mtvp ? Number(mtvp) : null,
            };
        }),
    );
}
