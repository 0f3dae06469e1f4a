import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectsOn, type Sourced } from "../pipelines/quality/letter-effects.ts";
import type { Affected } from "../pipelines/quality/quality.ts";
import { inputsOf, readQueries } from "../pipelines/query.ts";
import { readIndicator } from "../pipelines/refresh/indicator.ts";

const queries = await readQueries();
const sourced = (...ids: string[]): Sourced[] =>
    ids.map((id) => {
        const query = queries.get(id);
        if (!query) throw new Error(`geen indicator ${id}`);
        return { indicator: readIndicator(query), tables: inputsOf(queries, id) };
    });

const every = (count: number): Record<string, number> => ({
    "1": count,
    "12": count,
    "36": count,
    "60": count,
    "1200": count,
});

function affected(change: Partial<Affected>): Affected {
    const base = { practice: "01900001", table: "measurements", concept: null, patients: every(0), without: every(0) };
    return { ...base, ...change };
}

const of100 = (indicator: string) => [{ indicator, practice: "01900001", numerator: 60, denominator: 100 }];

describe("the effect of set-aside rows on an indicator", () => {
    it("is one-sided for what was measured: only who has no other result, and only too low", () => {
        const rows = [affected({ concept: "hba1c", patients: every(5), without: every(3) })];
        expect(effectsOn(sourced("dm_hba1c_gemeten"), rows, of100("dm_hba1c_gemeten"))).toMatchObject([
            { patients: 3, value: { now: 60, low: 60, high: 63 }, points: 3 },
        ]);
    });

    it("is two-sided for the value itself", () => {
        const rows = [affected({ concept: "hba1c", patients: every(5), without: every(3) })];
        expect(effectsOn(sourced("dm_hba1c_tm53"), rows, of100("dm_hba1c_tm53"))).toMatchObject([
            { patients: 5, value: { low: 55, high: 65 }, points: 5 },
        ]);
    });

    it("reaches only indicators that need the concept, or all when the NHG number could not be read", () => {
        const two = sourced("dm_hba1c_gemeten", "copd_inhalatietechniek");
        const named = [affected({ concept: "inhalatietechniek", patients: every(2), without: every(2) })];
        expect(effectsOn(two, named, []).map(({ indicator }) => indicator)).toEqual(["copd_inhalatietechniek"]);
        const unnamed = [affected({ concept: null, patients: every(2), without: every(2) })];
        expect(effectsOn(two, unnamed, [])).toHaveLength(2);
        expect(effectsOn(two, [affected({ table: "acp_conversations", patients: every(2) })], [])).toEqual([]);
        expect(effectsOn(two, [affected({ table: null, patients: every(2), without: every(2) })], [])).toHaveLength(2);
    });

    it("looks as far back as the indicator does", () => {
        const old = { "1": 0, "12": 0, "36": 0, "60": 4, "1200": 4 };
        const rows = [affected({ concept: "ldl", patients: old, without: old })];
        const found = effectsOn(sourced("dm_ldl_gemeten", "vrm_ldl_gemeten"), rows, []);
        expect(found.map(({ indicator }) => indicator)).toEqual(["vrm_ldl_gemeten"]);
    });

    it("has no points where nothing was computed, and none for a practice that has something or not", () => {
        const rows = [affected({ table: "patients", patients: every(2) })];
        expect(effectsOn(sourced("pop_75plus"), rows, [])).toMatchObject([{ patients: 2, value: null, points: null }]);
        expect(effectsOn(sourced("prk_zorgstraten"), rows, of100("prk_zorgstraten"))[0]?.points ?? null).toBeNull();
    });

    it("bounds whatever k patients could have changed, in numerator, denominator or both", () => {
        const patient = fc.record({
            before: fc.constantFrom("out", "no", "yes"),
            after: fc.constantFrom("out", "no", "yes"),
        });
        fc.assert(
            fc.property(fc.array(patient, { maxLength: 12 }), fc.nat(40), fc.nat(40), (touched, yes, no) => {
                const count = (moment: "before" | "after", word: string) =>
                    touched.filter((one) => one[moment] === word).length;
                const share = (moment: "before" | "after") => {
                    const numerator = yes + count(moment, "yes");
                    return { numerator, denominator: numerator + no + count(moment, "no") };
                };
                const [now, then] = [share("before"), share("after")];
                fc.pre(now.denominator > 0 && then.denominator > 0 && touched.length > 0);
                const rows = [affected({ concept: "hba1c", patients: every(touched.length) })];
                const computed = [{ indicator: "dm_hba1c_tm53", practice: "01900001", ...now }];
                const [effect] = effectsOn(tm53, rows, computed);
                const truth = (100 * then.numerator) / then.denominator;
                expect(truth).toBeGreaterThanOrEqual((effect?.value?.low ?? 100) - 1e-9);
                expect(truth).toBeLessThanOrEqual((effect?.value?.high ?? 0) + 1e-9);
            }),
            { numRuns: process.env.PROVE === "1" ? 20_000 : 300 },
        );
    });
});

const tm53 = sourced("dm_hba1c_tm53");
