import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrowOf, CSV_HEADING, csvLines } from "../pipelines/publish/download.ts";
import { exactCell, percentCell, suppressedCell } from "../pipelines/publish/shown-form.ts";
import { figure } from "./support/cells.ts";

const cells = [
    exactCell(figure({ numerator: 50, denominator: 200, low: 0.19, high: 0.31 })),
    suppressedCell(figure({ numerator: 7 })),
    percentCell(figure({ stratum: "a;b", numerator: 33, denominator: 90 })) ?? exactCell(figure()),
];

describe("downloads", () => {
    it("hold exactly the shown cells in Arrow", () => {
        const read = tableFromIPC(arrowOf(cells))
            .toArray()
            .map((row) => ({ ...row.toJSON() }));
        expect(read).toEqual(cells.map((cell) => ({ ...cell })));
    });

    it("hold exactly the shown cells in CSV, as a Dutch spreadsheet reads them", () => {
        expect(CSV_HEADING.startsWith("\uFEFFindicator;uitsplitsing;niveau")).toBe(true);
        expect(csvLines(cells).split("\r\n")).toEqual([
            "proef;;area;nissewaard;2024;value;50;200;0,25;0,19;0,31;40;40;exact",
            "proef;;area;nissewaard;2024;suppressed;;;;;;40;40;exact",
            'proef;"a;b";area;nissewaard;2024;value;;;0,37;;;40;40;percent',
            "",
        ]);
    });

    it("hold any cells in Arrow, whatever is absent, as long as they come", () => {
        const count = fc.option(fc.nat(10_000), { nil: null });
        const cell = fc.record({
            stratum: fc.option(fc.constantFrom("man", "vrouw", "a;b"), { nil: null }),
            id: fc.constantFrom("nissewaard", "rozenburg", "ë"),
            period: fc.constantFrom("2023", "2024"),
            numerator: count,
            denominator: count,
            low: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
            delivered: count,
        });
        fc.assert(
            fc.property(fc.array(cell, { maxLength: 200 }), (rows) => {
                const given = rows.map((row) => exactCell(figure(row)));
                const read = tableFromIPC(arrowOf(given)).toArray();
                expect(read.map((row) => ({ ...row.toJSON() }))).toEqual(given.map((one) => ({ ...one })));
            }),
        );
    });

    it("are the same bytes for the same cells", () => {
        expect(Buffer.from(arrowOf(cells)).equals(Buffer.from(arrowOf(cells)))).toBe(true);
    });
});
