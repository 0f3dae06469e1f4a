import { describe, expect, it } from "vitest";
import type { AudienceKind } from "../pipelines/publish/audience.ts";
import { type BundleFrame, bundleText, restrictedCatalogue, writtenCells } from "../pipelines/publish/bundle.ts";
import { DEFAULT_THRESHOLDS } from "../pipelines/publish/primary-suppression.ts";
import { exactCell, suppressedCell } from "../pipelines/publish/shown-form.ts";
import { figure } from "./support/cells.ts";
import { agbOf, catalogueOf, SMALL_REGION } from "./support/marts.ts";

const catalogue = { ...catalogueOf(SMALL_REGION), goals: [{ thema: 1, id: "1_proef", titel: "Proef", goals: [] }] };
const kind = (given: Partial<AudienceKind> = {}): AudienceKind => ({
    kind: "proef",
    audiences: () => [],
    levels: { area: ["year"] },
    seesIndicator: (_, indicator) => indicator.klasse === "proces",
    readers: "lezers",
    goals: "none",
    thresholds: DEFAULT_THRESHOLDS,
    ...given,
});
const audience = { id: "proef", title: "Proef", path: "/proef/" };

describe("bundleText", () => {
    it("is one JSON text of the frame and the ready-made pieces, empty ones too", () => {
        const frame: BundleFrame = {
            publication: {
                id: "p",
                release: "r",
                peildatum: "2024-06-30",
                from: "2022-01",
                to: "2024-06",
                demo: true,
                made: null,
            },
            audience: { ...audience, kind: "proef" },
            catalogue,
            goals: [],
            kept: [],
        };
        const cells = [exactCell(figure()), exactCell(figure({ id: "elders" }))];
        const text = bundleText(frame, [writtenCells(cells), "", writtenCells(cells)], []);
        const written = JSON.parse(text) as Record<string, unknown>;
        const ids = (written.values as { id: string }[]).map(({ id }) => id);
        expect(ids).toEqual([...cells, ...cells].map(({ id }) => id));
        expect(written.peers).toEqual([]);
        expect(written.indicators).toEqual(JSON.parse(JSON.stringify(catalogue.indicators)));
        expect(written.publication).toEqual(frame.publication);
    });

    it("gives every group of cells a line, without the nulls at the end of a row", () => {
        const { period, value, low, high } = figure();
        const cell = exactCell(figure());
        expect(JSON.parse(writtenCells([cell, suppressedCell(figure({ period: "2023" }))]))).toEqual({
            level: cell.level,
            id: cell.id,
            lines: [
                [
                    cell.indicator,
                    cell.stratum,
                    [
                        [period, "value", "exact", 40, 40, 50, 200, value, low, high],
                        ["2023", "suppressed", "exact", 40, 40],
                    ],
                ],
            ],
        });
    });
});

describe("restrictedCatalogue", () => {
    it("names no practice, no group and no definition that the audience does not see, and no exact goal", () => {
        const seen = restrictedCatalogue(catalogue, kind(), audience);
        expect([seen.practices, seen.coverage, seen.hagros, seen.organisations, seen.goals]).toEqual([
            [],
            [],
            [],
            [],
            [],
        ]);
        expect(seen.areas).toHaveLength(4);
        expect(seen.indicators.map(({ klasse }) => klasse)).toEqual(["proces"]);
    });

    it("names a practice to itself and all of them to the operator", () => {
        const own = restrictedCatalogue(catalogue, kind(), { ...audience, practice: agbOf(2) });
        expect(own.practices.map(({ id }) => id)).toEqual([agbOf(2)]);
        expect(own.coverage).toHaveLength(1);
        expect(restrictedCatalogue(catalogue, kind({ operator: true }), audience).practices).toHaveLength(
            SMALL_REGION.practices,
        );
    });
});
