import { beforeAll, describe, expect, it } from "vitest";
import { type Protected, protect, type Readers } from "../pipelines/disclosure.ts";
import type { MartCell, MeasuredIndicator } from "../pipelines/publish/cell.ts";
import { practiceGroups } from "../pipelines/publish/practice-groups.ts";
import { DEFAULT_THRESHOLDS } from "../pipelines/publish/primary-suppression.ts";
import { loadSolver, type Solver } from "../pipelines/worlds/solver.ts";
import { countSystem } from "../pipelines/worlds/system.ts";
import { figure, measured } from "./support/cells.ts";

let solver: Solver;
beforeAll(async () => {
    solver = await loadSolver();
});

const flow = measured("beweging", { soort: "stroom", maat: "aantal" });
const area = (id: string, numerator: number, given: Partial<MartCell> = {}) =>
    figure({ id, numerator, denominator: 5_000, ...given });
const region = (numerator: number, given: Partial<MartCell> = {}) =>
    figure({ level: "region", id: "regio", numerator, denominator: 20_000, ...given });

function protectedFor(
    cells: readonly MartCell[],
    indicator: MeasuredIndicator = flow,
    given: Partial<Readers> = {},
): Protected {
    const indicators = new Map([["proef", indicator]]);
    const places = [...new Set(cells.filter(({ level }) => level === "practice").map(({ id }) => id))].map((id) => ({
        id,
        hagro: "noord",
        organisation: "bureau",
        area: "nissewaard",
    }));
    const readers: Readers = {
        indicators,
        places,
        groups: practiceGroups(
            cells.filter(({ level }) => level === "practice"),
            places,
        ),
        thresholds: DEFAULT_THRESHOLDS,
        knowing: [],
        mustStayHidden: new Set(),
        sees: ({ level }) => level !== "practice",
        seesPeer: () => true,
        ...given,
    };
    return protect(readers, countSystem([{ cells, places }], indicators), cells, solver);
}

const stateOf = ({ cells }: Protected) =>
    Object.fromEntries(
        cells.map(({ id, period, state, shown }) => [`${id} ${period}`, state === "suppressed" ? state : shown]),
    );
const reasons = ({ suppressed }: Protected) => suppressed.map(({ id, reason }) => `${id}: ${reason}`).sort();

describe("protect", () => {
    it("hides a small area, takes something else back beside it, and tells the operator why", () => {
        const found = protectedFor([
            region(77),
            area("nissewaard", 40),
            area("voorne-aan-zee", 20),
            area("rozenburg", 13),
            area("elders", 4),
        ]);
        expect(reasons(found)).toContain("elders: teller_te_klein");
        const states = Object.values(stateOf(found));
        expect(states.filter((state) => state === "exact").length).toBeGreaterThanOrEqual(3);
        expect(reasons(found).filter((line) => line.endsWith("herleidbaar"))).toHaveLength(1);
    });

    it("takes nothing back where two small counts leave each other six values, and something where they leave five", () => {
        const among = (one: number, other: number) =>
            protectedFor([
                region(60 + one + other),
                area("nissewaard", 40),
                area("voorne-aan-zee", 20),
                area("rozenburg", one),
                area("elders", other),
            ]);
        expect(reasons(among(3, 2))).toEqual(["elders: teller_te_klein", "rozenburg: teller_te_klein"]);
        expect(reasons(among(3, 1)).filter((line) => line.endsWith("herleidbaar"))).toHaveLength(1);
    });

    it("shows a zero of what practices do, and needs nothing beside it", () => {
        const found = protectedFor([region(60), area("nissewaard", 40), area("rozenburg", 20), area("elders", 0)]);
        expect(Object.values(stateOf(found))).toEqual(["exact", "exact", "exact", "exact"]);
    });

    it("keeps not delivered and not applicable as they are", () => {
        const found = protectedFor([
            figure({ state: "not_delivered", numerator: null, denominator: null, value: null }),
        ]);
        expect(found.cells[0]?.state).toBe("not_delivered");
    });

    it("shows nothing that has no definition", () => {
        expect(protectedFor([figure({ indicator: "onbekend" })]).cells[0]?.state).toBe("suppressed");
    });

    it("hides a quarter that would follow from the year and the three others", () => {
        const year = [12, 40, 35, 7];
        const found = protectedFor(
            year
                .map((count, place) => region(count, { period: `2024-Q${place + 1}` }))
                .concat(region(year.reduce((a, b) => a + b, 0))),
        );
        expect(stateOf(found)["regio 2024-Q4"]).toBe("suppressed");
        expect(Object.values(stateOf(found)).filter((state) => state === "suppressed")).toHaveLength(2);
    });

    it("shows practices and hagros as whole percents, and no strip of fewer than four", () => {
        const practices = (count: number) =>
            Array.from({ length: count }, (_, place) =>
                figure({ level: "practice", id: `p${place}`, numerator: 30 + place, denominator: 80 }),
            );
        const sum = (cells: readonly MartCell[], given: Partial<MartCell>) =>
            figure({
                ...given,
                numerator: cells.reduce((total, { numerator }) => total + (numerator ?? 0), 0),
                denominator: 80 * cells.length,
            });
        const whole = (count: number) => {
            const cells = practices(count);
            return [
                sum(cells, { level: "region", id: "regio" }),
                sum(cells, { level: "hagro", id: "noord" }),
                ...cells,
            ];
        };
        const five = protectedFor(whole(5), measured("proces"));
        expect(five.peers.size).toBe(5);
        expect(stateOf(five)).toEqual({ "regio 2024": "exact", "noord 2024": "percent" });
        expect(five.cells[1]).toMatchObject({ numerator: null, denominator: null, low: null, high: null });
        const three = protectedFor(whole(3), measured("proces"));
        expect(three.peers.size).toBe(0);
        expect(stateOf(three)["noord 2024"]).toBe("suppressed");
    });

    it("protects a practice from a reader who knows the others", () => {
        const counts = [5, 60, 50, 70, 40];
        const cells = counts.map((numerator, place) =>
            figure({ level: "practice", id: `p${place}`, numerator, denominator: 100 }),
        );
        const all = region(
            counts.reduce((a, b) => a + b, 0),
            { denominator: 500 },
        );
        const knowing = [new Set(["p1", "p2", "p3"]), new Set(["p4"])];
        const found = protectedFor([all, ...cells], measured("uitkomst"), { knowing, seesPeer: () => true });
        // p4 in a whole percent of an unknown number leaves the first of these readers in doubt; the region must not.
        expect(found.peers.has("proef\t\tpractice\tp0\t2024")).toBe(false);
        expect(found.given).toBe(0);
    });

    it("hides what cannot be judged any more", () => {
        const hidden = new Set(["proef\t\tarea\tnissewaard\t2024"]);
        const found = protectedFor([region(60), area("nissewaard", 40), area("elders", 20)], flow, {
            mustStayHidden: hidden,
        });
        expect(reasons(found)).toContain("nissewaard: eerder_afgeschermd");
    });
});
