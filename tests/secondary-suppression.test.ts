import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ProtectedCount, secondarySuppression } from "../pipelines/publish/secondary-suppression.ts";
import type { Sum } from "../pipelines/worlds/system.ts";

const runs = process.env.PROVE === "1" ? 20_000 : 300;
const counts = (...numbers: number[]): ProtectedCount[] => numbers.map((count) => ({ count, rest: null }));
const hide = (numbers: number[], primary: number[], relations: Sum[]) =>
    [...secondarySuppression(counts(...numbers), new Set(primary), relations)].sort((a, b) => a - b);

describe("secondarySuppression", () => {
    it("hides the smallest further figure beside a single hidden one", () => {
        // 100 = 50 + 30 + 16 + 4: the 4 alone would follow from the others.
        expect(hide([100, 50, 30, 16, 4], [4], [{ whole: 0, parts: [1, 2, 3, 4] }])).toEqual([3]);
    });

    it("adds nothing when two hidden figures leave room", () => {
        expect(hide([100, 50, 30, 11, 9], [3, 4], [{ whole: 0, parts: [1, 2, 3, 4] }])).toEqual([]);
    });

    it("hides a third when two together are too few", () => {
        // 3 + 2 = 5 hidden: each would have at most 6 values, and fewer when a zero is known to be shown.
        expect(hide([100, 50, 45, 3, 2], [3, 4], [{ whole: 0, parts: [1, 2, 3, 4] }])).toEqual([2]);
    });

    it("takes zeros last, because they add no room", () => {
        expect(hide([60, 0, 56, 4], [3], [{ whole: 0, parts: [1, 2, 3] }])).toEqual([2]);
    });

    it("hides the whole when there is nothing else", () => {
        expect(hide([9, 9], [1], [{ whole: 0, parts: [1] }])).toEqual([0]);
    });

    it("follows a hidden figure into its other sums", () => {
        // Area x quarter: the area's quarter is hidden, so another area of that quarter and another quarter must be.
        const relations = [
            { whole: 4, parts: [0, 1] },
            { whole: 5, parts: [2, 3] },
            { whole: 6, parts: [0, 2] },
            { whole: 7, parts: [1, 3] },
        ];
        expect(hide([5, 20, 30, 40, 25, 70, 35, 60], [0], relations)).toEqual([1, 2, 3]);
    });

    it("keeps the rest of the group hidden too", () => {
        // Of the hidden 9 + 30 nearly everybody counts: the rest, 0 + 3, would be known.
        const cells = [
            { count: 139, rest: 63 },
            { count: 9, rest: 0 },
            { count: 30, rest: 3 },
            { count: 100, rest: 60 },
        ];
        expect([...secondarySuppression(cells, new Set([1]), [{ whole: 0, parts: [1, 2, 3] }])]).toEqual([2, 3]);
    });

    it("leaves no sum with exactly one hidden figure, in any table of areas by quarters", () => {
        const table = fc.record({
            rows: fc.integer({ min: 2, max: 5 }),
            columns: fc.integer({ min: 2, max: 5 }),
            numbers: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 25, maxLength: 25 }),
        });
        fc.assert(
            fc.property(table, ({ rows, columns, numbers }) => {
                const { cells, relations } = tableOf(rows, columns, numbers);
                const primary = new Set(cells.flatMap((count, place) => (count > 0 && count < 10 ? [place] : [])));
                const added = secondarySuppression(counts(...cells), primary, relations);
                const hidden = new Set([...primary, ...added]);
                for (const { whole, parts } of relations) {
                    const hiddenParts = parts.filter((part) => hidden.has(part));
                    expect(hiddenParts.length + (hidden.has(whole) ? 1 : 0)).not.toBe(1);
                    if (hidden.has(whole) || hiddenParts.length === 0) continue;
                    expect(hiddenParts.reduce((sum, part) => sum + (cells[part] ?? 0), 0)).toBeGreaterThanOrEqual(10);
                }
                for (const place of added) expect(primary.has(place)).toBe(false);
            }),
            { numRuns: runs },
        );
    });

    it("adds nothing where nothing is hidden", () => {
        expect(hide([100, 60, 40], [], [{ whole: 0, parts: [1, 2] }])).toEqual([]);
    });
});

/** A table with its row sums, column sums and total, as places and relations. */
function tableOf(rows: number, columns: number, numbers: readonly number[]) {
    const cells: number[] = [];
    const relations: Sum[] = [];
    const at = (row: number, column: number) => row * columns + column;
    for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) cells.push(numbers[at(row, column)] ?? 0);
    }
    const sum = (parts: number[]) => {
        const whole = cells.push(parts.reduce((total, part) => total + (cells[part] ?? 0), 0)) - 1;
        relations.push({ whole, parts });
        return whole;
    };
    const indices = (length: number) => Array.from({ length }, (_, index) => index);
    const rowSums = indices(rows).map((row) => sum(indices(columns).map((column) => at(row, column))));
    const columnSums = indices(columns).map((column) => sum(indices(rows).map((row) => at(row, column))));
    const total = sum(rowSums);
    relations.push({ whole: total, parts: columnSums });
    return { cells, relations };
}
