import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commitDelivery, type DeliveryRecord, openLake, readRelease, releaseOf } from "../pipelines/lake.ts";
import { emptyLake } from "./support/delivery-files.ts";

const record = (id: string, change: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
    id,
    name: id,
    format: "his-lang",
    source: "HIS",
    peildatum: "2024-06-30",
    sequence: 1,
    practices: ["01900001"],
    historyFrom: "2019-01-01",
    demo: false,
    files: [{ table: "patients", practice: "01900001", key: `lake/patients/${id}`, rows: 1, bytes: 1, sha256: "" }],
    receipt: { delivery: id, accepted: true, files: [], ignoredColumns: [] },
    ...change,
});

describe("a release", () => {
    test("is the same whatever the order of its deliveries", () => {
        const delivery = fc.record({
            id: fc.uuid(),
            peildatum: fc.constantFrom("2024-03-31", "2024-06-30"),
            sequence: fc.integer({ min: 1, max: 3 }),
            source: fc.constantFrom("HIS" as const, "VIPLive" as const, "bureau" as const),
            practices: fc.subarray(["01900001", "01900002", "regio"], { minLength: 1 }),
        });
        fc.assert(
            fc.property(
                fc.uniqueArray(delivery, { selector: ({ id }) => id, maxLength: 8 }),
                fc.integer(),
                (changes, seed) => {
                    const deliveries = changes.map((change) => record(change.id, change));
                    const shuffled =
                        fc.sample(fc.shuffledSubarray(deliveries, { minLength: deliveries.length }), {
                            numRuns: 1,
                            seed,
                        })[0] ?? [];
                    expect(releaseOf(shuffled, null)).toEqual(releaseOf(deliveries, null));
                },
            ),
            { seed: 3 },
        );
    });

    test("gives each practice and source kind its newest delivery", () => {
        const { current } = releaseOf(
            [
                record("a", { practices: ["01900001", "01900002"] }),
                record("b", { sequence: 2 }),
                record("c", { peildatum: "2023-12-31", sequence: 9 }),
                record("d", { source: "VIPLive", peildatum: "2020-01-01" }),
            ],
            null,
        );
        expect(current).toEqual({
            HIS: { "01900001": "b", "01900002": "a" },
            VIPLive: { "01900001": "d" },
            bureau: {},
        });
    });
});

describe("the lake", () => {
    test("is empty until the first delivery", async () => {
        expect(await readRelease(await emptyLake())).toBeNull();
    });

    test("keeps all of many deliveries that are committed at once", async () => {
        const lake = await emptyLake();
        const ids = Array.from({ length: 20 }, (_, index) => `d${index}`);
        await Promise.all(
            ids.map((id, index) =>
                commitDelivery(openLake(lake.location), record(id, { practices: [`0190000${index % 5}`] })),
            ),
        );
        const view = await readRelease(lake);
        expect(view?.release.deliveries).toEqual([...ids].sort());
        expect(view?.deliveries).toHaveLength(20);
        expect(view?.release.id).toBe(
            releaseOf(
                ids.map((id, index) => record(id, { practices: [`0190000${index % 5}`] })),
                null,
            ).id,
        );
    });

    test("shows files of current deliveries only, and old releases as they were", async () => {
        const lake = await emptyLake();
        const first = await commitDelivery(lake, record("a"));
        await commitDelivery(lake, record("b", { sequence: 2 }));
        expect((await readRelease(lake))?.files.map(({ key }) => key)).toEqual(["lake/patients/b"]);
        expect((await readRelease(lake, first.id))?.files.map(({ key }) => key)).toEqual(["lake/patients/a"]);
        expect(await readRelease(lake, "0000000000000000")).toBeNull();
    });

    test("a refusal at the last moment leaves the release as it was", async () => {
        const lake = await emptyLake();
        const before = await commitDelivery(lake, record("a"));
        const refuse = () => {
            throw new Error("geweigerd");
        };
        await expect(commitDelivery(lake, record("b"), refuse)).rejects.toThrow("geweigerd");
        expect((await readRelease(lake))?.release.id).toBe(before.id);
    });
});
