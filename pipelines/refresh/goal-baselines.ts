// A computed baseline is frozen with the release that first published it; what a later release makes of it is "herzien".
// The marts stay a function of the deliveries alone: frozen values live beside them and are put in when publishing.
import { z } from "zod";
import { KEYS, type Lake, readRelease } from "../lake.ts";
import type { Store } from "../store.ts";
import { percent, whole } from "./goal-words.ts";

export const baselinesKey = KEYS.baselines;

const frozenSchema = z.record(
    z.string(),
    z.object({ value: z.number(), yearValue: z.number().nullable(), release: z.string() }),
);
export type FrozenBaselines = z.output<typeof frozenSchema>;

const computedSchema = z.looseObject({
    year: z.number(),
    period: z.string(),
    value: z.number(),
    yearValue: z.number().nullable(),
    computed: z.literal(true),
    release: z.string(),
});

const publishedSchema = z.object({
    goals: z.array(
        z.looseObject({ id: z.string(), goals: z.array(z.looseObject({ id: z.string(), baseline: z.unknown() })) }),
    ),
});

/** The part of an evaluated theme that baselines are about; publishing hands it on with more. */
interface ThemeWithBaselines {
    id: string;
    goals: {
        id: string;
        unit?: string | null | undefined;
        reason?: string | null | undefined;
        baseline?: unknown;
    }[];
}

/** Reads the frozen baselines of a lake; none yet is an empty record. */
export async function readBaselines(store: Store): Promise<FrozenBaselines> {
    const stored = await store.get(baselinesKey);
    return stored ? frozenSchema.parse(jsonOf(stored.body)) : {};
}

/**
 * The frozen baselines that the current marts are published with. None when those marts are of an older release: what was
 * published later does not make them "herzien".
 */
export async function baselinesToPublish(lake: Lake): Promise<FrozenBaselines> {
    const pointer = await lake.store.get("marts/current.json");
    if (!pointer) return {};
    const { release } = z.object({ release: z.string().optional() }).parse(jsonOf(pointer.body));
    const current = await readRelease(lake);
    return release === undefined || release === current?.release.id ? readBaselines(lake.store) : {};
}

/** Keeps the baselines of one refresh's marts, which these marts publish for the first time. */
export async function keepPublishedBaselines(store: Store, refresh: string): Promise<void> {
    const catalogue = await store.get(`marts/${refresh}/catalogue.json`);
    if (!catalogue) return;
    const { goals } = publishedSchema.parse(jsonOf(catalogue.body));
    await keepBaselines(store, goals);
}

/** Adds the baselines that these themes publish for the first time; what is frozen stays as it is. */
export async function keepBaselines(store: Store, themes: readonly ThemeWithBaselines[]): Promise<void> {
    for (let attempt = 0; attempt < 10; attempt++) {
        const stored = await store.get(baselinesKey);
        const known = stored ? frozenSchema.parse(jsonOf(stored.body)) : {};
        const all = freeze(known, themes);
        if (Object.keys(all).length === Object.keys(known).length) return;
        const body = new TextEncoder().encode(`${JSON.stringify(all, null, 1)}\n`);
        if ((await store.putIfMatch(baselinesKey, body, stored?.etag ?? null)) !== null) return;
    }
    throw new Error(`${baselinesKey} werd tien keer door een ander gewijzigd; draai regiospiegel refresh opnieuw.`);
}

/** Frozen baselines with those of the themes that are new among them, sorted by key. */
export function freeze(known: FrozenBaselines, themes: readonly ThemeWithBaselines[]): FrozenBaselines {
    const all = new Map(Object.entries(known));
    for (const theme of themes)
        for (const goal of theme.goals) {
            const { success, data } = computedSchema.safeParse(goal.baseline);
            if (!success) continue;
            const key = keyOf(theme.id, goal.id, data);
            const { value, yearValue, release } = data;
            if (!all.has(key)) all.set(key, { value, yearValue, release });
        }
    return Object.fromEntries([...all].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The themes with the baselines as first published; where this release gives another value, `restated` holds both. */
export function withFrozenBaselines<Theme extends ThemeWithBaselines>(
    themes: readonly Theme[],
    frozen: FrozenBaselines,
    release: string,
): Theme[] {
    return themes.map((theme) => ({ ...theme, goals: theme.goals.map((goal) => withFrozen(theme.id, goal)) }));

    function withFrozen<Goal extends ThemeWithBaselines["goals"][number]>(theme: string, goal: Goal): Goal {
        const { success, data } = computedSchema.safeParse(goal.baseline);
        const first = success ? frozen[keyOf(theme, goal.id, data)] : undefined;
        if (!success || !first) return goal;
        const baseline = { ...data, ...first };
        const part = differs(first.value, data.value);
        if (!part && !differs(first.yearValue, data.yearValue)) return { ...goal, baseline };
        const [old, now] = part ? [first.value, data.value] : [first.yearValue ?? 0, data.yearValue ?? 0];
        const write = goal.unit === "aandeel" ? percent : whole;
        const what = part ? data.period : `heel ${data.year}`;
        const note = `Herzien: het vertrekpunt (${what}) was ${write(old)} en is nu ${write(now)}.`;
        return { ...goal, baseline, restated: { old, now, release }, reason: `${goal.reason ?? ""} ${note}`.trim() };
    }
}

function keyOf(theme: string, goal: string, { year, period }: { year: number; period: string }): string {
    return `${theme}/${goal}/${year}/${period}`;
}

function differs(left: number | null, right: number | null): boolean {
    if (left === null || right === null) return left !== right;
    return Math.abs(left - right) > 1e-9;
}

function jsonOf(body: Uint8Array): unknown {
    return JSON.parse(new TextDecoder().decode(body));
}
