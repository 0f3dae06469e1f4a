import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { regiospiegel } from "./command-line.ts";
import { disagreements, type Value, Values } from "./compare.ts";
import { writeDelivery } from "./delivery-writer.ts";
import { Chance } from "./random.ts";
import { randomRegion } from "./random-region.ts";
import { recount } from "./recount.ts";
import type { Delivery } from "./region.ts";
import { put, register, zipped } from "./small-deliveries.ts";

/** A region in which the first half of the deliveries and all of them lead to different numbers. */
const SEED = 44;
const Releases = z.array(z.object({ release: z.string(), current: z.boolean() }));

const region = randomRegion(SEED);
const registers = region.deliveries.filter(({ kind }) => kind === "bureau");
const others = new Chance(SEED).shuffle(region.deliveries.filter(({ kind }) => kind !== "bureau"));
const early = [...registers, ...others.filter((_, index) => index % 2 === 0)];
const late = others.filter((_, index) => index % 2 === 1);

let folder = "";
let lake = "";
let firstRelease = "";
let first: Value[] = [];
let all: Value[] = [];

async function ingest(deliveries: readonly Delivery[]): Promise<void> {
    const chance = new Chance(SEED);
    const paths: string[] = [];
    for (const delivery of deliveries) {
        paths.push((await writeDelivery(delivery, join(folder, "in"), chance, false)).path);
    }
    const outcome = await regiospiegel("ingest", ...paths, "--lake", lake);
    expect(outcome.exitCode, outcome.stdout + outcome.stderr).toBe(0);
}

async function refreshed(...options: readonly string[]): Promise<Value[]> {
    const refresh = await regiospiegel("refresh", "--lake", lake, "--from", region.from, "--to", region.to, ...options);
    expect(refresh.exitCode, refresh.stderr).toBe(0);
    return valuesWith();
}

async function valuesWith(...options: readonly string[]): Promise<Value[]> {
    const outcome = await regiospiegel("values", "--lake", lake, "--format", "json", ...options);
    expect(outcome.exitCode, outcome.stderr).toBe(0);
    return Values.parse(JSON.parse(outcome.stdout));
}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "acceptance-history-"));
    lake = join(folder, "lake");
    await ingest(early);
    const releases = Releases.parse(JSON.parse((await regiospiegel("releases", "--lake", lake, "--json")).stdout));
    firstRelease = releases.find(({ current }) => current)?.release ?? "";
    first = await refreshed();
    await ingest(late);
    all = await refreshed();
});

afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
});

test("what came first gives its own numbers, and what came later changes only what it should", () => {
    expect(disagreements(recount({ ...region, deliveries: early }), first).slice(0, 5)).toEqual([]);
    expect(disagreements(recount(region), all).slice(0, 5)).toEqual([]);
    expect(all).not.toEqual(first);
});

test("filters give the same rows as the whole, less the others", async () => {
    const [month] = all.map(({ period }) => period).slice(-1);
    const wanted = (value: Value): boolean =>
        value.indicator === "consultaties" && value.level === "area" && value.period === month;
    const options = ["--indicator", "consultaties", "--level", "area", "--period", month ?? ""];
    expect(await valuesWith(...options)).toEqual(all.filter(wanted));
    const csv = await regiospiegel("values", "--lake", lake, "--format", "csv", ...options);
    expect(csv.stdout.trim().split("\n")).toHaveLength(all.filter(wanted).length + 1);
});

test("an older release can be computed again, with the numbers it had", async () => {
    expect(await refreshed("--as-of", firstRelease)).toEqual(first);
});

test("a member that has sent nothing yet counts where only the register is needed, and nowhere else", async () => {
    const path = await put(
        join(folder, "register"),
        "bureau_regio_20240630.zip",
        zipped(register("01000101", "01000202")),
    );
    const registerLake = join(folder, "register-lake");
    expect((await regiospiegel("ingest", path, "--lake", registerLake)).exitCode).toBe(0);
    expect(
        (await regiospiegel("refresh", "--lake", registerLake, "--from", "2024-06", "--to", "2024-06")).exitCode,
    ).toBe(0);
    const outcome = await regiospiegel("values", "--lake", registerLake, "--format", "json");
    const cells = Values.parse(JSON.parse(outcome.stdout));
    const cell = (indicator: string, level: string, id: string): Partial<Value> | undefined =>
        cells.find(
            (one) => one.indicator === indicator && one.level === level && one.id === id && one.stratum === null,
        );
    expect(cell("prk_leden", "practice", "01000202")).toMatchObject({ numerator: 1, denominator: 1, state: "value" });
    expect(cell("prk_leden", "region", "regio")).toMatchObject({
        numerator: 2,
        denominator: 2,
        delivered: 2,
        members: 2,
    });
    expect(cell("prk_ict_scan", "region", "regio")).toMatchObject({ numerator: 1, denominator: 2, state: "value" });
    expect(cell("personeel", "region", "regio")).toMatchObject({ numerator: 2, denominator: null, state: "value" });
    expect(cell("rcp_meldingen", "region", "regio")).toMatchObject({ numerator: 0, state: "zero" });
    const late = { numerator: null, denominator: null, value: null, state: "not_delivered", delivered: 0, members: 2 };
    expect(cell("pop_ingeschreven", "region", "regio")).toMatchObject(late);
    expect(cell("consultaties", "region", "regio")).toMatchObject(late);
    expect(cell("portaal_gebruik", "region", "regio")).toMatchObject(late);
});
