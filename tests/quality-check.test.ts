import { describe, expect, it } from "vitest";
import type { DeliveryProfile, PracticeProfile, Snapshot } from "../pipelines/quality/quality.ts";
import { readChecks, runChecks } from "../pipelines/quality/quality-check.ts";

const checks = new Map((await readChecks()).map((check) => [check.id, check]));

const quiet: PracticeProfile = {
    rows: { patients: 2000, measurements: 5000, contacts: 9000, referrals: 4 },
    lastDay: { measurements: "2024-06-28", contacts: "2024-06-28" },
    lastYearRows: { measurements: 1200, contacts: 2400 },
    registered: 2000,
    populations: { COPD: 60, "diabetes mellitus type 2": 120 },
    measured: { HbA1c: 110, LDL: 300 },
    measuredNumbers: { "2816": 100, "3266": 12, "542": 300 },
};

function snapshot(change: Partial<PracticeProfile> = {}, peildatum = "2024-06-30", from = "2019-06-30"): Snapshot {
    return { practice: "01900001", peildatum, historyFrom: from, profile: { ...quiet, ...change } };
}

function verdictOf(id: string, now: Snapshot, before: Snapshot | null = snapshot()): [string, number] {
    const check = checks.get(id);
    if (!check) throw new Error(`geen controle ${id}`);
    const { verdict, findings } = check.judge(now, before);
    return [verdict, findings.length];
}

describe("every check", () => {
    for (const [id, { judge, title, why, remedy }] of checks) {
        it(`${id} holds for a delivery equal to the one before, and says what, why and what to do`, () => {
            expect(judge(snapshot(), snapshot())).toEqual({ verdict: "holds", findings: [] });
            expect([title, why, remedy].every((text) => text.length > 20 && !text.endsWith("."))).toBe(true);
        });
    }

    it("cannot tell without history, save the one that looks inside the delivery", () => {
        const verdicts = [...checks].map(([id]) => [id, verdictOf(id, snapshot(), null)[0]]);
        expect(verdicts.filter(([, verdict]) => verdict !== "cannot_tell")).toEqual([["datums-stoppen", "holds"]]);
    });
});

describe("populatie-sprong", () => {
    it("fails when the list or a population leaps, not when it grows or when few are concerned", () => {
        expect(verdictOf("populatie-sprong", snapshot({ registered: 2201 }))).toEqual(["does_not_hold", 1]);
        expect(verdictOf("populatie-sprong", snapshot({ registered: 2199 }))).toEqual(["holds", 0]);
        expect(verdictOf("populatie-sprong", snapshot({ populations: { COPD: 60 } }))).toEqual(["does_not_hold", 1]);
        expect(verdictOf("populatie-sprong", snapshot({ populations: { ...quiet.populations, COPD: 42 } }))).toEqual([
            "holds",
            0,
        ]);
        const small = snapshot({ registered: 40, populations: {} });
        expect(verdictOf("populatie-sprong", small, snapshot({ registered: 60, populations: {} }))[0]).toBe("holds");
    });
});

describe("meetaandeel-sprong", () => {
    it("fails for a share that chance does not explain, in either direction", () => {
        expect(verdictOf("meetaandeel-sprong", snapshot({ measured: { HbA1c: 110, LDL: 150 } }))[0]).toBe(
            "does_not_hold",
        );
        expect(verdictOf("meetaandeel-sprong", snapshot({ measured: { HbA1c: 220, LDL: 300 } }))[0]).toBe(
            "does_not_hold",
        );
        expect(verdictOf("meetaandeel-sprong", snapshot({ measured: { HbA1c: 90, LDL: 270 } }))[0]).toBe("holds");
    });

    it("looks at shares: half the patients with half the results is no jump", () => {
        const half = snapshot({ registered: 1000, measured: { HbA1c: 55, LDL: 150 } });
        expect(verdictOf("meetaandeel-sprong", half)).toEqual(["holds", 0]);
        expect(verdictOf("meetaandeel-sprong", snapshot({ registered: 0 }))[0]).toBe("cannot_tell");
    });
});

describe("bepaling-verdwenen", () => {
    it("names the concept and the number that are gone, and lets go of what hardly occurred", () => {
        const gone = snapshot({ measured: { LDL: 300 }, measuredNumbers: { "542": 300 } });
        expect(verdictOf("bepaling-verdwenen", gone)).toEqual(["does_not_hold", 3]);
        const rare = snapshot({ measuredNumbers: { ...quiet.measuredNumbers, "3014": 9 } });
        expect(verdictOf("bepaling-verdwenen", snapshot(), rare)[0]).toBe("holds");
    });
});

describe("bestand-gekrompen", () => {
    it("fails for an empty or far smaller file", () => {
        expect(verdictOf("bestand-gekrompen", snapshot({ rows: { ...quiet.rows, contacts: 0 } }))[0]).toBe(
            "does_not_hold",
        );
        expect(verdictOf("bestand-gekrompen", snapshot({ rows: { ...quiet.rows, contacts: 5000 } }))[0]).toBe(
            "does_not_hold",
        );
        expect(verdictOf("bestand-gekrompen", snapshot({ rows: { ...quiet.rows, contacts: 6000 } }))[0]).toBe("holds");
        expect(verdictOf("bestand-gekrompen", snapshot({ rows: { ...quiet.rows, referrals: 0 } }))[0]).toBe("holds");
    });

    it("expects fewer events of a source that tells of fewer months, not fewer patients", () => {
        const half = snapshot({ rows: { ...quiet.rows, measurements: 2500, contacts: 4500 } }, undefined, "2021-12-30");
        expect(verdictOf("bestand-gekrompen", half)[0]).toBe("holds");
        const lost = snapshot({ rows: { ...quiet.rows, patients: 1000 } }, undefined, "2021-12-30");
        expect(verdictOf("bestand-gekrompen", lost)[0]).toBe("does_not_hold");
    });
});

describe("datums-stoppen", () => {
    it("fails when busy tables fall silent before the peildatum, and not for rare events", () => {
        const early = snapshot({ lastDay: { ...quiet.lastDay, contacts: "2024-06-01" } });
        expect(verdictOf("datums-stoppen", early)).toEqual(["does_not_hold", 1]);
        const rare = snapshot({ lastDay: { referrals: "2024-03-01" }, lastYearRows: { referrals: 13 } });
        expect(verdictOf("datums-stoppen", rare)[0]).toBe("holds");
        expect(verdictOf("datums-stoppen", snapshot({ lastDay: {}, lastYearRows: {} }))[0]).toBe("cannot_tell");
    });
});

describe("over a whole delivery", () => {
    const delivery = (practices: Record<string, PracticeProfile>): DeliveryProfile => ({
        delivery: "d",
        name: "his-breed_regio_20240630_1",
        format: "his-breed",
        source: "HIS",
        peildatum: "2024-06-30",
        sequence: 1,
        historyFrom: "2019-06-30",
        practices,
        affected: [],
    });

    it("one failure is a failure; else one unknown is an unknown; settings are per check", () => {
        const now = delivery({ a: quiet, b: { ...quiet, registered: 3000 }, c: quiet });
        const before = delivery({ a: quiet, b: quiet });
        const results = runChecks(
            [...checks.values()],
            now,
            new Map([
                ["a", before],
                ["b", before],
            ]),
            ["populatie-sprong"],
        );
        const of = (id: string) => results.find(({ check }) => check === id);
        expect(of("populatie-sprong")).toMatchObject({
            verdict: "does_not_hold",
            setting: "hold",
            practices: { holds: 1, does_not_hold: 1, cannot_tell: 1 },
        });
        expect(of("bestand-gekrompen")).toMatchObject({ verdict: "cannot_tell", setting: "warn" });
        expect(of("datums-stoppen")?.verdict).toBe("holds");
    });

    it("a check of another source kind is not run", () => {
        const register = { ...delivery({ regio: quiet }), source: "bureau" as const };
        expect(runChecks([...checks.values()], register, new Map(), []).map(({ check }) => check)).toEqual([
            "bestand-gekrompen",
        ]);
    });
});
