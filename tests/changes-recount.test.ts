import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isComparable } from "../pipelines/changes/change.ts";
import { readChanges } from "../pipelines/changes/read-changes.ts";
import { compare } from "../pipelines/changes.ts";
import { readQueries } from "../pipelines/query.ts";
import { refresh } from "../pipelines/refresh.ts";
import { addMonths } from "./acceptance/calendar.ts";
import { DEFINITIONS } from "./acceptance/definitions.ts";
import { writeDelivery } from "./acceptance/delivery-writer.ts";
import { Chance } from "./acceptance/random.ts";
import { randomRegion } from "./acceptance/random-region.ts";
import type { Delivery, Region } from "./acceptance/region.ts";
import { changesByHand } from "./support/changes-by-hand.ts";
import { sceneOf } from "./support/changes-recounted.ts";
import { emptyLake, take } from "./support/delivery-files.ts";
import { scratch } from "./support/scratch.ts";

const PROVING = process.env.PROVE === "1";
/** Of region 43 a practice changes its HIS, others come and go, and a year turns between the two publications. */
const SEEDS = PROVING ? Array.from({ length: 60 }, (_, index) => index + 1) : [43];

/** Indicators of every kind: a few in `npm test`, all that are recounted when proving. */
const FEW = [
    "dm_hba1c_gemeten",
    "dm_sbd_tm140",
    "pop_75plus",
    "pop_astma",
    "oud_izp",
    "oud_acp_gesprekken",
    "ggz_verwijzingen",
];
const INDICATORS = PROVING ? Object.keys(DEFINITIONS) : [...FEW, "prk_zorgstraten", "prk_fax", "gli_uitval"];

async function land(lake: Awaited<ReturnType<typeof emptyLake>>, deliveries: readonly Delivery[], seed: number) {
    const folder = join(await scratch(), "in");
    const chance = new Chance(seed);
    const paths: string[] = [];
    for (const delivery of deliveries) paths.push((await writeDelivery(delivery, folder, chance, false)).path);
    const refused = (await take(lake, ...paths)).filter((receipt) => !receipt.accepted);
    expect(refused).toEqual([]);
}

describe("a change between two publications of a random region", () => {
    it.for(SEEDS)("region %i is split as a recount of its rows says, patient by patient", async (seed) => {
        const region = randomRegion(seed);
        const registers = region.deliveries.filter(({ kind }) => kind === "bureau");
        const others = new Chance(seed).shuffle(region.deliveries.filter(({ kind }) => kind !== "bureau"));
        const early: Region = {
            from: region.from < "2022-10" ? region.from : addMonths(region.to, -14),
            to: addMonths(region.to, -5),
            deliveries: [...registers.slice(-1), ...others.filter((_, index) => index % 3 !== 0)],
        };
        const late: Region = { ...region, from: early.from };
        const all = await readQueries();
        const queries = new Map(
            [...all].filter(([id, query]) => query.layer !== "indicators" || INDICATORS.includes(id)),
        );

        const lake = await emptyLake();
        await land(lake, early.deliveries, seed);
        const before = await refresh(lake, { from: early.from, to: early.to }, { queries });
        await land(
            lake,
            region.deliveries.filter((one) => !early.deliveries.includes(one)),
            seed,
        );
        const now = await refresh(lake, { from: late.from, to: late.to }, { queries });
        const summary = await compare(lake, { before: before.refresh, now: now.refresh });
        const changes = (await readChanges(lake, summary.id, { wholes: true })).filter(
            ({ level, from }) => level !== "organisation" && !/^\d{4}-\d{2}$/.test(from),
        );

        const pairs = [...new Set(changes.map(({ from, to }) => `${from}>${to}`))];
        const byHand = new Map(
            changesByHand(sceneOf(early, late, pairs, INDICATORS)).map((split) => [
                [split.indicator, split.level, split.id, split.span].join(" "),
                split,
            ]),
        );
        const wrong = changes.filter(isComparable).flatMap((change) => {
            const { indicator, level, id, from, to, before: then, after, parts } = change;
            const key = [indicator, level, id, `${from}>${to}`].join(" ");
            const expected = byHand.get(key);
            const got = {
                before: then.numerator,
                after: after.numerator,
                ...Object.fromEntries(Object.entries(parts).map(([cause, part]) => [cause, part.numerator])),
                denominators: Object.fromEntries(
                    Object.entries(parts).map(([cause, part]) => [cause, part.denominator]),
                ),
            };
            const wanted = expected && {
                before: expected.before.numerator,
                after: expected.after.numerator,
                ...nonZero(expected.parts, "numerator", Object.keys(parts)),
                denominators: nonZero(expected.parts, "denominator", Object.keys(parts)),
            };
            return JSON.stringify(sorted(got)) === JSON.stringify(sorted(wanted ?? {})) ? [] : [{ key, got, wanted }];
        });
        expect(wrong.slice(0, 3)).toEqual([]);
        const causes = new Set(changes.flatMap(({ parts }) => Object.keys(parts)));
        if (!PROVING) expect([...causes].sort()).toEqual(["ageing", "care", "layout", "membership", "moves"]);
        expect(
            changes.filter((change) => isComparable(change) && Object.keys(change.parts).length > 0).length,
        ).toBeGreaterThan(20);
    });
});

/** The parts that are not nothing, and those named anyway. */
function nonZero<Name extends string>(
    parts: Record<Name, { numerator: number; denominator: number }>,
    measure: "numerator" | "denominator",
    named: string[],
): Record<string, number> {
    const entries = Object.entries<{ numerator: number; denominator: number }>(parts);
    return Object.fromEntries(
        entries
            .filter(([cause, part]) => named.includes(cause) || part.numerator !== 0 || part.denominator !== 0)
            .map(([cause, part]) => [cause, part[measure]]),
    );
}

function sorted(record: object): [string, unknown][] {
    return Object.entries(record)
        .map(([key, value]): [string, unknown] => [
            key,
            value !== null && typeof value === "object" ? sorted(value) : value,
        ])
        .sort(([a], [b]) => (a < b ? -1 : 1));
}
