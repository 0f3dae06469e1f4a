import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEYS, type Lake, openLake } from "../pipelines/lake.ts";
import { earlierPublications, keepPublication, keptPublication } from "../pipelines/publish/earlier-publications.ts";
import { figure, measured } from "./support/cells.ts";

const indicators = new Map([["proef", measured("proces")]]);
const READERS = ["lezers"];

let root = "";
beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "eerdere-publicaties-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("what a publication showed is kept", () => {
    const keep = async (lake: Lake, id: string, numerator: number, earlier?: Awaited<ReturnType<typeof at>>) =>
        keepPublication(
            lake,
            earlier ?? (await at(lake, id)),
            { id, inputs: id, readers: READERS, places: [] },
            [{ cell: figure({ numerator }), forms: ["exact"] }],
            indicators,
        );
    const at = (lake: Lake, inputs: string) => earlierPublications(lake, inputs);
    const chainOf = async (lake: Lake) => (await at(lake, "nog geen")).chain.map(({ id }) => id);

    it("one after the other, with the counts behind it", async () => {
        const lake = openLake(join(root, "na-elkaar"));
        await keep(lake, "b", 50);
        await keep(lake, "a", 60);
        expect(await chainOf(lake)).toEqual(["b", "a"]);
        expect((await at(lake, "c")).parts.flatMap(({ cells }) => cells.map((cell) => cell.numerator))).toEqual([
            50, 60,
        ]);
        expect([...((await keptPublication(lake, "a"))?.shown.get("lezers")?.values() ?? [])]).toEqual(["exact"]);
    });

    it("as far as anybody saw it, where outsiders and practices were protected apart", async () => {
        const lake = openLake(join(root, "twee-groepen"));
        await keepPublication(
            lake,
            await at(lake, "a"),
            { id: "a", inputs: "a", readers: ["buitenstaanders", "praktijken", "beheerder"], places: [] },
            [
                { cell: figure({ id: "kust" }), forms: ["exact", "hidden", "hidden"] },
                { cell: figure({ id: "polder" }), forms: ["hidden", "percent", "hidden"] },
                { cell: figure({ id: "haven" }), forms: ["hidden", "hidden", "hidden"] },
            ],
            indicators,
        );
        const [part] = (await at(lake, "b")).parts;
        const forms = part?.cells.map(({ id }, place) => [id, part.forms.get("lezers")?.[place]]);
        expect(Object.fromEntries(forms ?? [])).toEqual({ kust: "exact", polder: "percent", haven: "hidden" });
        const shown = (await keptPublication(lake, "a"))?.shown.get("lezers");
        expect([...(shown?.values() ?? [])].sort()).toEqual(["exact", "percent"]);
    });

    it("of two that were made at the same moment the second is refused: neither was protected against the other", async () => {
        const lake = openLake(join(root, "tegelijk"));
        const before = await at(lake, "b");
        const outcomes = await Promise.allSettled([keep(lake, "b", 50, before), keep(lake, "a", 60, before)]);
        expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        expect(await chainOf(lake)).toHaveLength(1);
        const [refused] = outcomes.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
        expect(refused).toMatch(/er is intussen een andere publicatie gemaakt/);
        const [winner = ""] = await chainOf(lake);
        await expect(keep(lake, winner === "a" ? "b" : "a", 50, before)).rejects.toThrow(/intussen een andere/);
    });

    it("and keeping the same one again changes nothing", async () => {
        const lake = openLake(join(root, "nogmaals"));
        const before = await at(lake, "a");
        await Promise.all([keep(lake, "a", 50, before), keep(lake, "a", 50, before)]);
        const keys = await lake.store.list(KEYS.publications);
        await keep(lake, "a", 50);
        expect(await lake.store.list(KEYS.publications)).toEqual(keys);
        expect(await chainOf(lake)).toEqual(["a"]);
    });
});
