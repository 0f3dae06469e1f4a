import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { Cell, Engine } from "../pipelines/engine.ts";
import { readQueries } from "../pipelines/query.ts";
import { readGoals } from "../pipelines/refresh/goal.ts";
import { evaluateGoals, inParts } from "../pipelines/refresh/goals.ts";
import { readIndicator } from "../pipelines/refresh/indicator.ts";

const themes = await readGoals();
const queries = await readQueries();
const indicators = [...queries.values()].filter((query) => query.layer === "indicators").map(readIndicator);
const known = new Set(indicators.map((indicator) => indicator.id));
const goals = themes.flatMap((theme) => theme.doelen.map((goal) => ({ theme, goal })));
const ofKind = (kind: string) =>
    goals.filter(({ goal }) => goal.soort === kind).map(({ theme, goal }) => [theme.thema, goal.streef ?? null]);

describe("queries/goals holds every theme of the Koers and every intervention of Meer Tijd voor de Patiënt", () => {
    it("each of the 42 themes and nine interventions once", () => {
        const numbers = (kind: "thema" | "mtvp") => themes.map((theme) => theme[kind]).filter((one) => one !== null);
        expect(numbers("thema")).toEqual(Array.from({ length: 42 }, (_, at) => at + 1));
        expect(numbers("mtvp")).toEqual(Array.from({ length: 9 }, (_, at) => at + 1));
    });

    it("the kinds and targets of indicators.md", () => {
        expect(ofKind("share")).toEqual([
            [6, 0.8],
            [14, 0.8],
            [32, 0.75],
            [39, 0.5],
        ]);
        expect(ofKind("all").map(([theme]) => theme)).toEqual([5, 9, 11, 30, 36, 39]);
        expect(ofKind("growth")).toEqual([
            [19, 0.2],
            [35, 0.05],
            [35, 0.05],
            [40, 1],
        ]);
        expect(goals.filter(({ goal }) => goal.soort === "growth").every(({ goal }) => goal.basisjaar === 2023)).toBe(
            true,
        );
        expect(ofKind("range").map(([theme]) => theme)).toEqual([23]);
        expect(ofKind("at_least")).toEqual([
            [13, 1],
            [38, 2],
            [41, 2],
        ]);
        expect(ofKind("zero").map(([theme]) => theme)).toEqual([20]);
        expect(ofKind("direction").map(([theme]) => theme)).toEqual([5, 12, 15, 18, 23, 31]);
        const gli = goals.find(({ goal }) => goal.soort === "range")?.goal;
        expect([gli?.van, gli?.tot]).toEqual([15, 20]);
        const lung = themes.find((theme) => theme.thema === 32)?.doelen[0];
        expect([lung?.streef, lung?.boven, lung?.norm]).toEqual([0.75, true, 1]);
    });

    it("every indicator that a file names exists, and ids are unique within a file", () => {
        for (const theme of themes) {
            const named = [
                ...theme.gevolgd,
                ...theme.doelen.flatMap((goal) => [goal.indicator, goal.vergrijzing]),
            ].filter((id) => typeof id === "string");
            expect(
                named.filter((id) => !known.has(id)),
                theme.id,
            ).toEqual([]);
            for (const ids of [theme.doelen.map((goal) => goal.id), theme.mijlpalen.map((one) => one.id)])
                expect(new Set(ids).size, theme.id).toBe(ids.length);
        }
    });

    it("a theme without a goal, a milestone or an indicator to follow does not exist, nor one without a word on its source", () => {
        for (const theme of themes) {
            expect(theme.doelen.length + theme.mijlpalen.length + theme.gevolgd.length, theme.id).toBeGreaterThan(0);
            const measured = theme.gevolgd.length > 0 || theme.doelen.some((goal) => goal.indicator !== null);
            expect(measured || theme.bron.startsWith("geen bron"), theme.id).toBe(true);
        }
    });

    it("interventions are mirror information: followed, without a goal or deadline", () => {
        for (const theme of themes.filter((one) => one.mtvp !== null)) {
            expect([theme.doelen, theme.deadline]).toEqual([[], null]);
            expect(theme.gevolgd.filter((id) => id.startsWith("prk_mtvp_"))).toHaveLength(1);
        }
        const followed = themes.filter((one) => one.mtvp !== null).flatMap((theme) => theme.gevolgd);
        const all = [...known].filter((id) => id.startsWith("prk_mtvp_"));
        expect(followed.filter((id) => id.startsWith("prk_mtvp_")).sort()).toEqual(all.sort());
    });

    it("every milestone that the demo's bureau keeps has a place", () => {
        const demo = readFileSync(
            fileURLToPath(new URL("../pipelines/demo/region-facts.ts", import.meta.url)),
            "utf8",
        ).matchAll(/^ {4}\[(\d+), "([a-z_]+)", \d+, \d+\],$/gm);
        const codes = [...demo].map(([, theme, code]) => `${theme} ${code}`);
        expect(codes.length).toBeGreaterThan(20);
        const places = themes.flatMap((theme) => theme.mijlpalen.map((milestone) => `${theme.thema} ${milestone.id}`));
        expect(codes.filter((code) => !places.includes(code))).toEqual([]);
    });
});

describe("reading a goal file", () => {
    const place = mkdtempSync(join(tmpdir(), "regiospiegel-goals-"));
    afterAll(() => rmSync(place, { recursive: true, force: true }));
    const head = [
        "titel: Proef",
        "tafel: null",
        "vakgroepen: []",
        "toewijzing: van ons",
        "beoogd: [iets]",
        "bron: geen bron",
    ];
    const read = (name: string, lines: string[]) => {
        const folder = mkdtempSync(join(place, "een-"));
        writeFileSync(join(folder, name), [...head, ...lines].join("\n"));
        return readGoals(folder);
    };
    const goal = "doelen: [{ id: meer, titel: Meer, soort: growth, indicator: x, doel: meer, streef: 1";

    it("names the file, and what a kind still needs", async () => {
        const rest = ["deadline: 2024-12-31", `${goal} }]`, "mijlpalen: []", "gevolgd: []"];
        await expect(read("07_proef.yaml", rest)).rejects.toThrow(/07_proef\.yaml.*growth.*basisjaar/);
    });

    it("refuses a goal without a deadline, an unknown key and a name without a number", async () => {
        const whole = `${goal}, basisjaar: 2023 }]`;
        const rest = (deadline: string, last = "gevolgd: []") => [deadline, whole, "mijlpalen: []", last];
        await expect(read("07_proef.yaml", rest("deadline: null"))).rejects.toThrow(/deadline/);
        await expect(read("07_proef.yaml", [...rest("deadline: 2024-12-31"), "kleur: rood"])).rejects.toThrow(/kleur/);
        await expect(read("proef.yaml", rest("deadline: 2024-12-31"))).rejects.toThrow(/themanummer/);
        expect((await read("m3_proef.yaml", rest("deadline: 2024-12-31")))[0]).toMatchObject({ thema: null, mtvp: 3 });
    });
});

describe("the goals of a refresh", () => {
    type Row = Record<string, Cell>;
    const point = (row: Partial<Row>): Row => ({
        stratum: null,
        level: "region",
        id: "regio",
        name: null,
        denominator: null,
        value: Number(row.numerator ?? 0),
        low: null,
        high: null,
        state: "value",
        delivered: 2,
        members: 2,
        ...row,
    });
    /** Answers each question of `evaluateGoals` by the table that it reads from. */
    const engineOf = (tables: { values?: Row[]; region?: Row[]; practices?: Row[] }): Engine => {
        const rows = async (sql: string): Promise<Row[]> =>
            (sql.includes("from region_facts")
                ? tables.region
                : sql.includes("from practice_facts")
                  ? tables.practices
                  : tables.values?.filter(
                        ({ level }) => (level === "practice") === sql.includes("level = 'practice'"),
                    )) ?? [];
        return new Proxy({} as Engine, { get: (_, name) => (name === "rows" ? rows : undefined) });
    };
    const evaluate = (engine: Engine) => evaluateGoals({ engine, themes, indicators, to: "2024-06", release: "r" });
    const themeOf = async (engine: Engine, number: number) =>
        (await evaluate(engine)).find((theme) => theme.thema === number);

    it("are read in parts whose figures fit in memory, in order, no theme divided", () => {
        const together = inParts(themes, 1);
        expect(together).toEqual([themes]);
        const apart = inParts(themes, 1_000_000);
        expect(apart.flat()).toEqual(themes);
        expect(apart.length).toBeGreaterThan(20);
    });

    it("without any figure every goal is 'niet meetbaar' and every milestone 'geen opgave', never open", async () => {
        const all = await evaluate(engineOf({}));
        expect(all).toHaveLength(51);
        expect(new Set(all.flatMap((theme) => theme.goals.map((goal) => goal.status)))).toEqual(
            new Set(["niet meetbaar"]),
        );
        expect(new Set(all.flatMap((theme) => theme.milestones.map((one) => one.status)))).toEqual(
            new Set(["geen opgave"]),
        );
    });

    it("a milestone has the state of its latest fact", async () => {
        const fact = (fact_date: string, quantity: number) => ({
            fact: "milestone:42",
            code: "Kit",
            fact_date,
            quantity,
        });
        const region = [fact("2023-01-09", 0), fact("2023-10-15", 1), fact("2024-02-15", 2)];
        expect((await themeOf(engineOf({ region }), 42))?.milestones).toMatchObject([
            { id: "kit", status: "gedaan", date: "2024-02-15" },
        ]);
    });

    it("the pilot of theme 38 is counted over its milestones", async () => {
        const fact = (code: string, quantity: number) => ({
            fact: "milestone:38",
            code,
            fact_date: "2024-03-01",
            quantity,
        });
        const statusWith = async (...quantities: number[]) => {
            const region = quantities.map((quantity, at) => fact(`pilotpraktijk_${at + 1}`, quantity));
            return (await themeOf(engineOf({ region }), 38))?.goals[0]?.status;
        };
        expect(await statusWith(2, 2)).toBe("gehaald");
        expect(await statusWith(2, 1)).toBe("op koers");
        expect(await statusWith(2)).toBe("te vroeg om te zeggen");
    });

    it("meetings in Spijkenisse are counted in Nissewaard, by the area's key or by its name", async () => {
        const months = ["01", "02", "03", "04", "05", "06"].map((month) => `2024-${month}`);
        const meetings = (id: string, name: string, each: number) =>
            months.map((period) =>
                point({ indicator: "patz_bijeenkomsten", level: "area", id, name, period, numerator: each }),
            );
        const statusOf = async (values: Row[]) => (await themeOf(engineOf({ values }), 41))?.goals[0]?.status;
        expect(await statusOf(meetings("N1", "Nissewaard", 1))).toBe("gehaald");
        expect(await statusOf(meetings("nissewaard", "N", 1))).toBe("gehaald");
        expect(await statusOf(meetings("V1", "Voorne aan Zee", 1))).toBe("niet meetbaar");
    });

    it("no fax is reached only when every member said so", async () => {
        const practice = (id: string, numerator: number) =>
            point({ indicator: "prk_fax", level: "practice", id, period: "2024-06", numerator, denominator: 1 });
        const values = [
            point({ indicator: "prk_fax", period: "2024-06", numerator: 0, denominator: 2 }),
            practice("01000001", 0),
            practice("01000002", 0),
        ];
        const told = (...ids: string[]) =>
            ids.map((practice_id) => ({ fact: "fax", practice_id, first_day: "2023-05-01" }));
        const goalWith = async (practices: Row[]) => (await themeOf(engineOf({ values, practices }), 20))?.goals[0];
        expect((await goalWith(told("01000001", "01000002")))?.status).toBe("gehaald");
        expect(await goalWith(told("01000001"))).toMatchObject({
            status: "te vroeg om te zeggen",
            reason: expect.stringContaining("Van 1 praktijk is er geen opgave"),
        });
        expect((await goalWith([]))?.status).toBe("niet meetbaar");
    });
});
