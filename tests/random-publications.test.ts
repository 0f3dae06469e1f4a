import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findingSentence } from "../pipelines/intruder/finding.ts";
import { openLake } from "../pipelines/lake.ts";
import { earlierPublications, keepPublication } from "../pipelines/publish/earlier-publications.ts";
import { writePublication } from "./support/publications.ts";
import { randomPublications } from "./support/random-publications.ts";

const isFull = process.env.PROVE === "1";
/** Publications in all; a lake holds two to six of them. */
const WANTED = isFull ? 2_000 : 4;

describe("random publications of random regions, one after the other", () => {
    it(
        `give nobody away: ${WANTED} publications, each attacked together with those before it`,
        async () => {
            let [count, targets, shown, all] = [0, 0, 0, 0];
            for (let seed = 1; count < WANTED; seed += 1) {
                const root = await mkdtemp(join(tmpdir(), "random-publications-"));
                try {
                    const lake = openLake(join(root, "meer"));
                    for (const [turn, given] of randomPublications(seed).entries()) {
                        const id = `p${turn}`;
                        const earlier = await earlierPublications(lake, id);
                        const made = await writePublication(join(root, id), given, { earlier, id });
                        const report = await made.attack();
                        expect(report.findings.map(findingSentence), `regio ${seed}, publicatie ${turn}`).toEqual([]);
                        const heading = {
                            id,
                            inputs: id,
                            readers: made.groups.map(({ readers }) => readers),
                            places: [...made.figures.places],
                        };
                        await keepPublication(lake, earlier, heading, made.shown, made.figures.indicators);
                        const cells = made.groups.flatMap((group) => group.protected.cells);
                        count += 1;
                        targets += report.targets;
                        all += cells.length;
                        shown += cells.filter(({ state }) => state !== "suppressed").length;
                    }
                } finally {
                    await rm(root, { recursive: true, force: true });
                }
            }
            // There was something to find, and something is left to read.
            expect(targets).toBeGreaterThan(10 * WANTED);
            expect(shown / all).toBeGreaterThan(0.3);
        },
        isFull ? 12 * 3_600_000 : 300_000,
    );
});
