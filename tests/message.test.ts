import { describe, expect, test } from "vitest";
import { indexCells } from "../dashboards/cells.ts";
import { type BundleInput, checkBundle } from "../dashboards/data.ts";
import { decideHighlights } from "../dashboards/highlights.ts";
import { messageOf } from "../dashboards/message.ts";
import { type View, viewOf } from "../dashboards/page.ts";
import { highlightTitle } from "../dashboards/sentences/nl.ts";
import { inventBundles } from "./support/bundles.ts";

const { bundles } = inventBundles({ seed: 7, mirrors: 3 });

function viewOn(folder: string, change: (bundle: BundleInput) => void = () => {}): View {
    const found = bundles.find((one) => one.folder === folder);
    if (!found) throw new Error(`geen verzonnen bundel ${folder}`);
    const input = structuredClone(found.bundle);
    change(input);
    const bundle = checkBundle(input, folder);
    const site = { audiences: [], assets: { style: "", script: "", explorer: "" }, downloads: [], root: `/${folder}/` };
    return viewOf(bundle, indexCells(bundle), site);
}

describe("the message of a publication", () => {
    test("has a subject, says what moved in a year and how the goals stand, and where to read on", () => {
        const text = messageOf(viewOn("coalitie")) ?? "";
        expect(text.split("\n")[0]).toBe("Onderwerp: Regiospiegel Regionale zorgcoalitie, 2e kwartaal 2024");
        expect(text).toMatch(/\nSinds de vorige publicatie\n- Dit is de eerste publicatie/);
        expect(text).toMatch(/\n- Voetonderzoek gedaan steeg in een jaar van /);
        expect(text).toMatch(/\nHoe de doelen ervoor staan\n- \d+ op koers, /);
        // Facts about practices are counted whole: no chance is in them.
        expect(text).not.toContain("ICT-scan");
        expect(text).toContain("verzonnen demogegevens");
        expect(text.trimEnd().split("\n").at(-1)).toContain("/coalitie/");
        expect(text).not.toMatch(/<|undefined|NaN|null/);
    });

    test("of a practice names exactly what its mirror brings forward, and no figure of another", () => {
        const view = viewOn("praktijk/01000003");
        const text = messageOf(view) ?? "";
        const { highlights } = decideHighlights(view.bundle, view.cells, "01000003");
        expect(highlights.length).toBeGreaterThan(0);
        for (const highlight of highlights) expect(text).toContain(`- ${highlightTitle(highlight)}`);
        expect(text).not.toContain("01000001");
    });

    test("of pure noise says that nothing moved", () => {
        const calm = viewOn("vakgroep/diabetes-cvrm", (bundle) => {
            for (const panel of bundle.comparisons?.panels ?? []) Object.assign(panel, { low: -1, high: 2 });
        });
        expect(messageOf(calm)).toContain("\n- Geen enkele indicator veranderde in een jaar aantoonbaar.\n");
    });

    test("is not made without figures", () => {
        expect(messageOf(viewOn("beheer"))).toBeNull();
    });
});
