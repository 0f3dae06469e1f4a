import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type Change, isComparable } from "../pipelines/changes/change.ts";
import { definitionReport, needsAcceptance } from "../pipelines/changes/definition-report.ts";
import { oldCounts } from "../pipelines/changes/old-definitions.ts";
import { readChanges } from "../pipelines/changes/read-changes.ts";
import { NotComparable, readSide } from "../pipelines/changes/side.ts";
import { changesSince, redefinedSince } from "../pipelines/changes/since-publication.ts";
import type { Summary } from "../pipelines/changes/summary.ts";
import { compare } from "../pipelines/changes.ts";
import { main } from "../pipelines/cli.ts";
import { collect } from "../pipelines/lake/collect.ts";
import { forget } from "../pipelines/lake/forget.ts";
import { KEYS, type Lake } from "../pipelines/lake.ts";
import type { ChangesOfBundle } from "../pipelines/publish/shown-change.ts";
import { DefinitionsNotAccepted, publish } from "../pipelines/publish.ts";
import { type Query, readQueries } from "../pipelines/query.ts";
import { refresh } from "../pipelines/refresh.ts";
import { scratch } from "./support/scratch.ts";
import { CORRECTS, firstDeliveries, IMPROVES, JOINS, RELAYS, secondDeliveries } from "./support/two-deliveries.ts";

/** Indicators in which something happens, and three in which nothing does. */
const INDICATORS = [
    "dm_hba1c_gemeten",
    "pop_75plus",
    "pop_ingeschreven",
    "pop_dm2",
    "pop_hvz",
    "pop_copd",
    "prk_fax",
    "gli_groepen",
];

/** Definitions of these indicators; `before`: K76 was not yet counted as cardiovascular disease. */
async function definitions(moment: "before" | "now"): Promise<Map<string, Query>> {
    const all = [...(await readQueries())].filter(
        ([id, { layer }]) => layer !== "indicators" || INDICATORS.includes(id),
    );
    return new Map(
        all.map(([id, query]) => {
            if (id !== "stg_conditions" || moment === "now") return [id, query];
            return [id, { ...query, body: query.body.replace(/\n[^\n]*'hvz', 'K76'[^\n]*/, "") }];
        }),
    );
}

let lake: Lake;
let root: string;
let first: string;
let second: string;
let summary: Summary;
let changes: Change[];

const publishTo = (bundles: string, acceptDefinitions?: string) =>
    publish({
        lake,
        site: join(root, "site"),
        bundles: join(root, bundles),
        now: () => new Date("2024-04-10"),
        acceptDefinitions,
    });

beforeAll(async () => {
    root = await scratch();
    lake = await firstDeliveries();
    const months = { from: "2023-10", to: "2023-12" };
    first = (await refresh(lake, months, { queries: await definitions("before") })).refresh;
    await publishTo("eerste");
    await secondDeliveries(lake);
    second = (await refresh(lake, { ...months, to: "2024-03" }, { queries: await definitions("now") })).refresh;
    summary = await compare(lake, { before: first, now: second });
    changes = await readChanges(lake, summary.id);
});

const NEWEST = { from: "2023-Q4", to: "2024-Q1" };
const AGAIN = { from: "2023-Q4", to: "2023-Q4" };

/** The numerator's parts of one change. */
function partsOf(
    indicator: string,
    place: Pick<Change, "level" | "id">,
    periods: { from: string; to: string } = NEWEST,
): Record<string, number> {
    const found = changes.find(
        (change) =>
            change.indicator === indicator &&
            change.stratum === null &&
            change.level === place.level &&
            change.id === place.id &&
            change.from === periods.from &&
            change.to === periods.to,
    );
    if (!found) throw new Error(`${indicator} is niet vergeleken`);
    const parts = Object.entries(found.parts).map(([cause, part]) => [cause, part.numerator] as const);
    return Object.fromEntries(parts.filter(([, many]) => many !== 0));
}

const region = { level: "region", id: "regio" } as const;
const practice = (id: string) => ({ level: "practice", id }) as const;

describe("what happens to one practice has its own cause", () => {
    it("a value that is measured again is care", () => {
        expect(partsOf("dm_hba1c_gemeten", region)).toEqual({ care: 1 });
        expect(partsOf("dm_hba1c_gemeten", practice(IMPROVES))).toEqual({ care: 1 });
    });

    it("a birthday into 75 is ageing", () => {
        expect(partsOf("pop_75plus", region)).toEqual({ ageing: 1 });
    });

    it("who came and who left is registration: two came, one left", () => {
        expect(partsOf("pop_ingeschreven", practice(IMPROVES))).toEqual({ moves: 1 });
    });

    it("a practice that joined is membership, with all its patients", () => {
        expect(summary.joined).toEqual([JOINS]);
        expect(partsOf("pop_ingeschreven", practice(JOINS))).toEqual({});
        expect(partsOf("pop_ingeschreven", region)).toEqual({ membership: 11, moves: 1, correction: -1 });
    });

    it("another layout that tells less of the same months is named as such", () => {
        expect(summary.relaid).toEqual([{ practice: RELAYS, from: "his-lang", to: "his-breed" }]);
        expect(partsOf("pop_dm2", practice(RELAYS))).toEqual({ layout: -1 });
        expect(partsOf("pop_dm2", practice(RELAYS), AGAIN)).toEqual({ layout: -1 });
    });

    it("a correction that removes rows is a correction, and restates what was published", () => {
        expect(partsOf("pop_dm2", practice(CORRECTS))).toEqual({ correction: -1 });
        expect(partsOf("pop_dm2", practice(CORRECTS), AGAIN)).toEqual({ correction: -1 });
        expect(partsOf("pop_dm2", region)).toEqual({ membership: 1, layout: -1, correction: -1 });
    });

    it("a code added to a code list is a definition, in every period", () => {
        expect(partsOf("pop_hvz", region)).toEqual({ definition: 1 });
        expect(partsOf("pop_hvz", region, AGAIN)).toEqual({ definition: 1 });
    });
});

describe("every change", () => {
    it("is the sum of its parts, numerator and denominator, at every level", () => {
        const comparable = changes.filter((change) => change.stratum === null && isComparable(change));
        expect(comparable.length).toBeGreaterThan(50);
        for (const { before, after, parts } of comparable)
            for (const measure of ["numerator", "denominator"] as const)
                expect(Object.values(parts).reduce((sum, part) => sum + part[measure], 0)).toBe(
                    (after[measure] ?? 0) - (before[measure] ?? 0),
                );
    });

    it("is nothing when nothing changed, and nothing is restated", async () => {
        const same = await compare(lake, { before: second, now: second });
        const found = await readChanges(lake, same.id);
        expect(found.length).toBeGreaterThan(50);
        expect(found.filter(({ parts }) => Object.keys(parts).length > 0)).toEqual([]);
        expect(same.definitions.mark).toBeNull();
        expect([same.joined, same.left, same.relaid]).toEqual([[], [], []]);
    });
});

describe("a definition that changed", () => {
    it("is reported by its codes and with before and after at every level, and must be accepted", () => {
        const report = definitionReport(summary, changes);
        expect(report?.queries.map(({ query, codes }) => ({ query, codes }))).toEqual([
            {
                query: "stg_conditions",
                codes: { added: ["hvz · K76 · false · hart- en vaatziekte"], removed: [] },
            },
        ]);
        const hvz = report?.moved.find(({ indicator }) => indicator === "pop_hvz");
        const quarter = hvz?.cells.filter(({ period }) => period === "2024-Q1") ?? [];
        expect(quarter.map(({ level, before, after }) => [level, before.numerator, after.numerator])).toEqual([
            ["area", 0, 1],
            ["hagro", 0, 1],
            ["organisation", 0, 1],
            ["practice", 0, 1],
            ["region", 0, 1],
        ]);
        expect(hvz?.restated).toBeGreaterThan(0);
        expect(report?.unmoved).toContain("pop_dm2");
        expect(needsAcceptance(report)).toBe(true);
    });
});

describe("what is no longer there", () => {
    it("an old text that asks for a column that is gone is not run again, and the report will say so", async () => {
        const before = await readSide(lake, first);
        const concepts = before.queries.get("stg_conditions");
        const broken = new Map(before.queries);
        if (concepts) broken.set("stg_conditions", { ...concepts, body: concepts.body.replace("title\n", "weg\n") });
        const now = await readSide(lake, second);
        const old = await oldCounts(lake, { ...before, queries: broken }, now, ["pop_dm2"], await scratch());
        expect(old).toEqual({ files: [], isRerun: false });
        expect((await oldCounts(lake, before, now, ["pop_dm2"], await scratch())).isRerun).toBe(true);
    });

    it("outcomes that are gone are not comparable, in a sentence that readers see", async () => {
        await expect(compare(lake, { before: "0000000000000000", now: second })).rejects.toThrow(NotComparable);
        await expect(readSide(lake, "0000000000000000")).rejects.toThrow(/opgeruimd, of vervallen na een bezwaar/);
    });
});

describe("regiospiegel changes", () => {
    const said = async (...words: string[]): Promise<string> => {
        let text = "";
        const spy = vi.spyOn(process.stdout, "write").mockImplementation((part) => {
            text += String(part);
            return true;
        });
        expect(await main(["changes", "--lake", lake.location, ...words])).toBe(0);
        spy.mockRestore();
        return text;
    };

    it("tells what changed since the last publication, in words and as JSON", async () => {
        const text = await said();
        expect(text).toContain(`Lid geworden: ${JOINS}.`);
        expect(text).toContain(`Andere indeling: ${RELAYS} levert nu his-breed in plaats van his-lang.`);
        expect(text).toMatch(/\+ hvz · K76/);
        expect(text).toMatch(/pop_75plus {2}regio regio {2}2023-Q4 -> 2024-Q1 .* vergrijzing \+1/);
        const told = JSON.parse(await said("--json", "--indicator", "pop_dm2")) as {
            joined: string[];
            definitions: { mark: string };
            changes: { indicator: string; drift: { verdict: string } }[];
        };
        expect(told.joined).toEqual([JOINS]);
        expect(told.definitions.mark).toBe(summary.definitions.mark);
        expect(new Set(told.changes.map(({ indicator }) => indicator))).toEqual(new Set(["pop_dm2"]));
    });
});

describe("publishing what was published before", () => {
    const changesIn = async (bundles: string, audience: string): Promise<ChangesOfBundle> => {
        const text = await readFile(join(root, bundles, audience, "bundle.json"), "utf8");
        return (JSON.parse(text) as { changes: ChangesOfBundle }).changes;
    };

    it("the first time has nothing to compare with, and says so", async () => {
        expect((await changesIn("eerste", "coalitie")).state).toBe("first");
    });

    it("is refused while new definitions move figures that nobody has looked at, and nothing goes live", async () => {
        const live = await readFile(join(root, "site", "current.json"), "utf8");
        await expect(publishTo("geweigerd")).rejects.toThrow(DefinitionsNotAccepted);
        await expect(publishTo("geweigerd", "00000000")).rejects.toThrow(/--accept-definitions [0-9a-f]{8}/);
        expect(await readFile(join(root, "site", "current.json"), "utf8")).toBe(live);
        expect((await redefinedSince(lake, second))?.mark).toBe(summary.definitions.mark);
    });

    it("goes live once that is seen; a practice sees its own causes, the region none that are too small", async () => {
        const report = await publishTo("tweede", summary.definitions.mark ?? "");
        expect(report.definitions?.moved.map(({ indicator }) => indicator)).toContain("pop_hvz");
        const own = await changesIn("tweede", `praktijk/${IMPROVES}`);
        expect(own.practices).toEqual({ joined: 1, left: 0, relaid: 1 });
        const mine = own.newest.find(({ indicator, level }) => indicator === "pop_75plus" && level === "practice");
        expect(mine).toMatchObject({
            parts: [
                { classes: ["ageing"], numerator: 1 },
                { classes: ["registration"], denominator: 1 },
            ],
        });
        for (const audience of ["coalitie", `praktijk/${CORRECTS}`]) {
            const { newest } = await changesIn("tweede", audience);
            const groups = newest.filter(
                ({ level, indicator }) => level !== "practice" && indicator.startsWith("pop_"),
            );
            expect(groups.flatMap(({ parts }) => parts ?? [])).toEqual([]);
        }
        expect((await changesIn("tweede", `praktijk/${RELAYS}`)).relaid).toEqual({ from: "his-lang", to: "his-breed" });
    });

    it("the same outcomes again are compared with what they were compared with before", async () => {
        expect((await publishTo("nogmaals", summary.definitions.mark ?? "")).reused).toBe(true);
        expect(await changesIn("nogmaals", "coalitie")).toEqual(await changesIn("tweede", "coalitie"));
    });

    it("what was published can still be compared after clearing up, with the same outcome", async () => {
        await collect(lake, { keep: 1 }, { now: () => new Date().toISOString() });
        for (const key of await lake.store.list(KEYS.changes)) await lake.store.erase(key);
        expect(await compare(lake, { before: first, now: second })).toEqual(summary);
        expect(await readChanges(lake, summary.id)).toEqual(changes);
    });

    it("nothing of it stays after an objection: the next publication begins anew", async () => {
        await forget(lake, { practice: IMPROVES, patient: "PERSOON-1-HART" }, { now: () => new Date().toISOString() });
        expect(await lake.store.list(KEYS.changes)).toEqual([]);
        expect(await changesSince(lake, second)).toEqual({ state: "first" });
    });
});
