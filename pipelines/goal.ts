// A goal: what its file says, and what an evaluation adds. The wording of a goal is the Koers's, not ours.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { queriesFolder } from "./query.ts";

export const goalKinds = ["share", "all", "growth", "range", "at_least", "zero", "direction"] as const;
export const statuses = ["gehaald", "op koers", "te vroeg om te zeggen", "niet op koers", "niet meetbaar"] as const;
export type Status = (typeof statuses)[number];

const goalSchema = z.strictObject({
    id: z.string().regex(/^[a-z0-9_]+$/),
    titel: z.string(),
    soort: z.enum(goalKinds),
    indicator: z.string(),
    /** share: the value that counts as reached, a fraction. growth: the relative change, 0.05 is +5 %. */
    streef: z.number().optional(),
    /** share: the norm where it differs from what is aimed at. */
    norm: z.number().optional(),
    /** range: lowest and highest count in a calendar year. */
    van: z.number().int().optional(),
    tot: z.number().int().optional(),
    richting: z.enum(["omhoog", "omlaag"]).optional(),
    basisjaar: z.number().int().optional(),
    /** The group whose ageing alone would already move the count. */
    vergrijzing: z.string().optional(),
    /** How the target is said to people. */
    doel: z.string(),
});

const themeSchema = z.strictObject({
    titel: z.string(),
    tafel: z.string().nullable(),
    vakgroep: z.string().nullable(),
    /** The Koers assigns no theme to a table or vakgroep; this says whose assignment it is. */
    toewijzing: z.string(),
    beoogd: z.array(z.string()).min(1),
    deadline: z.iso.date(),
    doelen: z.array(goalSchema),
    mijlpalen: z.array(z.strictObject({ id: z.string(), titel: z.string() })),
});

export type GoalDefinition = z.output<typeof goalSchema>;
export type ThemeDefinition = z.output<typeof themeSchema> & { id: string; thema: number };

export interface PanelGrowth {
    practices: number;
    baseline: number;
    now: number;
    growth: number | null;
}

export interface GoalEvaluated {
    id: string;
    titel: string;
    kind: (typeof goalKinds)[number];
    indicator: string;
    unit: "aandeel" | "aantal";
    baseline: {
        year: number;
        period: string;
        value: number;
        yearValue: number | null;
        computed: boolean;
        release: string;
    } | null;
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
    thema: number;
    id: string;
    titel: string;
    tafel: string | null;
    vakgroep: string | null;
    toewijzing: string;
    beoogd: string[];
    goals: GoalEvaluated[];
    milestones: Milestone[];
}

/** Reads queries/goals/: one file per theme, named `<theme>_<title>.yaml`. */
export async function readGoals(folder = join(queriesFolder, "goals")): Promise<ThemeDefinition[]> {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
    return Promise.all(
        names.map(async (name) => {
            const parsed = themeSchema.safeParse(parse(await readFile(join(folder, name), "utf8")));
            const thema = Number(/^(\d+)_/.exec(name)?.[1]);
            if (!parsed.success || Number.isNaN(thema)) {
                const problems = parsed.error?.issues
                    .map((issue) => `${issue.path.join(".")}: ${issue.message}`)
                    .join("; ");
                throw new Error(
                    `queries/goals/${name}: klopt niet (${problems ?? "de naam begint niet met het themanummer"}); vul aan of verbeter.`,
                );
            }
            return { ...parsed.data, id: name.slice(0, -".yaml".length), thema };
        }),
    );
}
