import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figureKinds } from "../pipelines/intruder/figure-kind.ts";
import { newRuns, readDownload } from "../pipelines/intruder/read-download.ts";
import type { Cell } from "../pipelines/publish/cell.ts";
import { arrowOf, CSV_HEADING, csvLines } from "../pipelines/publish/download.ts";
import { exactCell, suppressedCell } from "../pipelines/publish/shown-form.ts";
import { figure } from "./support/cells.ts";

const kinds = await figureKinds();
const runs = process.env.PROVE === "1" ? 3_000 : 60;

/** Files of several audiences: groups that they share, a few of them with something changed, added or left out. */
const files = fc
    .array(
        fc.record({
            level: fc.constantFrom("region" as const, "area" as const, "practice" as const),
            id: fc.constantFrom("a", "b"),
            counts: fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
        }),
        { minLength: 1, maxLength: 6 },
    )
    .map((groups) =>
        groups.flatMap(({ level, id, counts }) =>
            counts.map((numerator, at): Cell => {
                const cell = figure({ level, id, numerator, period: `${2020 + at}`, stratum: at === 3 ? "a;b" : null });
                return numerator === 7 ? suppressedCell(cell) : exactCell(cell);
            }),
        ),
    );

describe("a download is read the same, whatever was read before", () => {
    const bodies = {
        "values.csv": (cells: readonly Cell[]) => Buffer.from(`${CSV_HEADING}${csvLines(cells)}`),
        "values.arrow": (cells: readonly Cell[]) => Buffer.from(arrowOf(cells)),
    };
    for (const [name, write] of Object.entries(bodies))
        it(`${name}`, () => {
            fc.assert(
                fc.property(fc.array(files, { minLength: 2, maxLength: 5 }), (all) => {
                    const known = newRuns();
                    for (const cells of [...all, ...all]) {
                        const body = write(cells);
                        const claims = readDownload(name, body, kinds, known).flat();
                        expect(claims).toEqual(readDownload(name, body, kinds, newRuns()).flat());
                        expect(claims.map(({ subject }) => [subject.level, subject.id, subject.period])).toEqual(
                            cells.map(({ level, id, period }) => [level, id, period]),
                        );
                        const printed = claims.map((claim) => claim.printed.find(({ kind }) => kind === "numerator"));
                        expect(printed.map((one) => one?.value ?? null)).toEqual(
                            cells.map(({ numerator }) => numerator),
                        );
                    }
                }),
                { numRuns: runs },
            );
        });
});
