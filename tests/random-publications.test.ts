import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findingSentence } from "../pipelines/intruder/finding.ts";
import { openLake } from "../pipelines/lake.ts";
import { earlierPublications, keepPublication } from "../pipelines/publish/earlier-publications.ts";
import { writePublication } from "./support/publications.ts";
import { randomPublications } from "./support/random-publications.ts";

const isFull = process.env.PROVE === "1";
/** Regions with two to six publications each: together 2.000 publications and some; the sample is one that takes little time. */
const REGIONS = isFull ? Array.from({ length: 520 }, (_, index) => index + 1) : [4];

const total = { regions: 0, publications: 0, targets: 0, given: 0, cells: 0, shown: 0 };

afterAll(() => {
    const { regions, publications, targets, given, cells, shown } = total;
    if (isFull)
        process.stdout.write(
            `${publications} publications of ${regions} regions: ${targets} protected counts tried, ${given} known without the publication, ${shown} of ${cells} cells of groups shown\n`,
        );
    // There was something to find, and something is left to read.
    expect(targets).toBeGreaterThan(10 * publications);
    expect(shown / cells).toBeGreaterThan(0.3);
});

describe("random publications of a random region, one after the other", () => {
    it.each(REGIONS)(
        "give nobody away, each attacked together with those before it: region %i",
        async (seed) => {
            const root = await mkdtemp(join(tmpdir(), "random-publications-"));
            try {
                const lake = openLake(join(root, "meer"));
                total.regions += 1;
                for (const [turn, given] of randomPublications(seed).entries()) {
                    const id = `p${turn}`;
                    const earlier = await earlierPublications(lake, id);
                    const made = await writePublication(join(root, id), given, { earlier, id });
                    const report = await made.attack();
                    expect(report.findings.map(findingSentence), `publicatie ${turn}`).toEqual([]);
                    const readers = made.groups.map((group) => group.readers);
                    const heading = { id, inputs: id, readers, places: [...made.figures.places] };
                    await keepPublication(lake, earlier, heading, made.shown, made.figures.indicators);
                    const cells = made.groups.flatMap((group) => group.protected.cells);
                    total.publications += 1;
                    total.targets += report.targets;
                    total.given += report.given;
                    total.cells += cells.length;
                    total.shown += cells.filter(({ state }) => state !== "suppressed").length;
                }
            } finally {
                await rm(root, { recursive: true, force: true });
            }
        },
        isFull ? 1_800_000 : 300_000,
    );
});
