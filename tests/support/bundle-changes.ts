import type { BundleInput } from "../../dashboards/data.ts";

type ChangesInput = NonNullable<BundleInput["changes"]>;
type ShownInput = ChangesInput["newest"][number];

/**
 * Invented changes for a bundle: of the region, one area and the own practice, each shape that a page can meet. The figures of
 * the newest quarter are those of the bundle, so that page and bundle agree.
 */
export function inventChanges(bundle: BundleInput): ChangesInput {
    const own = bundle.own?.agb;
    const cells = (bundle.values ?? []).filter(
        (cell) =>
            cell.period === "2024-Q2" &&
            cell.stratum === null &&
            cell.numerator !== null &&
            (cell.level === "region" || cell.id === own || cell.id === "nissewaard"),
    );
    const newest = cells.map((cell, at): ShownInput => {
        const shape = SHAPES[at % SHAPES.length];
        const parts = shape === undefined ? [] : shape;
        const sum = (measure: "numerator" | "denominator"): number =>
            parts === null ? 3 : parts.reduce((total, part) => total + part[measure], 0);
        const isOwn = cell.level === "practice";
        const { indicator, level, id, numerator, denominator } = cell;
        return {
            indicator,
            level,
            id,
            from: "2024-Q1",
            to: "2024-Q2",
            before: {
                numerator: Math.max(0, (numerator ?? 0) - sum("numerator")),
                denominator: denominator === null ? null : Math.max(0, denominator - sum("denominator")),
            },
            after: { numerator: numerator ?? 0, denominator },
            parts: isOwn ? (parts ?? []) : parts,
            causes: isOwn
                ? { care: { numerator: 2, denominator: 3 }, moves: { numerator: -1, denominator: -1 } }
                : null,
            drift:
                at % 5 === 0
                    ? { verdict: "outside", cause: parts === null ? null : "definition" }
                    : { verdict: at % 7 === 0 ? "unknown" : "within", cause: null },
        };
    });
    const restated = newest.slice(0, 3).map(
        (change): ShownInput => ({
            ...change,
            from: "2023-Q4",
            to: "2023-Q4",
            drift: { verdict: "outside", cause: "several" },
        }),
    );
    return {
        state: "compared",
        reason: null,
        before: {
            publication: "0123456789abcdef",
            release: "fedcba9876543210",
            made: "2024-04-15",
            peildatum: "2024-03-31",
        },
        practices: { joined: 2, left: 1, relaid: 1 },
        relaid: own ? { from: "his-lang", to: "his-breed" } : null,
        definitions: {
            changed: [
                {
                    query: "stg_concepts",
                    codes: { added: ["voet · 1710 · 2 · 12 · voetonderzoek"], removed: [] },
                    lines: { added: 1, removed: 0 },
                    indicators: [...new Set(cells.map(({ indicator }) => indicator))].slice(0, 2),
                },
            ],
            added: [],
            dropped: ["oud_proef"],
            unmoved: 12,
            isRerun: true,
        },
        newest,
        restated,
        restatedFigures: 41,
        withheld: 6,
    };
}

const SHAPES: ShownInput["parts"][] = [
    [
        { classes: ["care"], numerator: 24, denominator: 30 },
        { classes: ["definition"], numerator: 40, denominator: 0 },
    ],
    [
        { classes: ["care"], numerator: -12, denominator: 0 },
        { classes: ["membership", "ageing", "registration"], numerator: 31, denominator: 44 },
    ],
    null,
    [],
    [
        { classes: ["care"], numerator: 10, denominator: 12 },
        { classes: ["membership"], numerator: 110, denominator: 300 },
        { classes: ["ageing"], numerator: 18, denominator: 21 },
        { classes: ["registration"], numerator: -14, denominator: -16 },
    ],
];
