import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { runJobs } from "./crew.ts";
import { type DeliveryPlan, deliveryName, type WrittenDelivery, writeDelivery } from "./delivery.ts";
import { plan, planJobs, vipliveMoments } from "./jobs.ts";
import {
    type DemoManifest,
    generatorFingerprint,
    intact,
    readManifest,
    removeDeliveries,
    saveManifest,
} from "./manifest.ts";
import { planRegion, type RegionPlan } from "./region.ts";
import { writeRegister } from "./register.ts";
import type { JobResult } from "./run-job.ts";
import { type DemoOptions, type Horizon, horizonOf, readSettings } from "./settings.ts";
import { vipliveFiles } from "./viplive-delivery.ts";

export type { DemoManifest } from "./manifest.ts";
export type { DemoOptions } from "./settings.ts";

/**
 * Writes the deliveries of an invented region into `out`; returns the list.
 * Deterministic for (seed, practices, patients, from, to). A folder that already holds them is left as it is.
 * Throws an Error with one Dutch sentence for options that cannot be met.
 */
export async function writeDemo(options: DemoOptions): Promise<DemoManifest> {
    const settings = readSettings(options);
    const generator = await generatorFingerprint();
    await mkdir(options.out, { recursive: true });
    const known = await readManifest(options.out);
    const same = known?.generator === generator && JSON.stringify(known.settings) === JSON.stringify(settings);
    if (known && same && (await intact(options.out, known))) return known;
    if (known) await removeDeliveries(options.out, known);

    const region = planRegion(settings);
    const horizon = horizonOf(settings);
    const jobs = planJobs(region, horizon);
    const regional = regionalPlans(region, horizon);
    const manifest: DemoManifest = { demo: true, settings, generator, complete: false, rows: 0, deliveries: [] };
    // The names go first: a run that is broken off leaves nothing that the next one does not know.
    const planned = [...jobs.flatMap((job) => job.deliveries), ...regional.map((one) => one.plan)];
    const empty = planned.map(
        (one): WrittenDelivery => ({ name: deliveryName(one), rows: 0, bytes: 0, files: [], planted: [] }),
    );
    await saveManifest(options.out, { ...manifest, deliveries: empty });

    const total = jobs.reduce((sum, job) => sum + job.weight, 0);
    const shares: JobResult["viplive"] = [];
    let weight = 0;
    await runJobs(settings, options.out, jobs, availableParallelism(), (job, result) => {
        manifest.deliveries.push(...result.written);
        shares.push(...result.viplive);
        weight += job.weight;
        options.progress?.((0.97 * weight) / total, result.written.map((one) => one.name).join(", "));
    });
    for (const { plan: delivery, members } of regional) {
        if (members) {
            const own = shares
                .filter(({ peildatum, practice }) => peildatum === delivery.peildatum && members.includes(practice))
                .sort((left, right) => left.practice - right.practice);
            const covered = region.practices.filter((practice) => members.includes(practice.index));
            const { files, planted } = vipliveFiles(
                own.map((one) => one.share),
                covered,
                delivery.peildatum,
                settings.seed,
            );
            manifest.deliveries.push(await writeDelivery(options.out, delivery, files, horizon.start, planted));
        } else {
            manifest.deliveries.push(
                await writeDelivery(options.out, delivery, writeRegister(region, horizon), horizon.start, []),
            );
        }
    }
    manifest.deliveries.sort((left, right) => (left.name < right.name ? -1 : 1));
    manifest.rows = manifest.deliveries.reduce((sum, one) => sum + one.rows, 0);
    manifest.complete = true;
    await saveManifest(options.out, manifest);
    options.progress?.(1, `${manifest.deliveries.length} leveringen`);
    return manifest;
}

/** VIPLive at each of its moments, and the register. */
function regionalPlans(region: RegionPlan, horizon: Horizon): { plan: DeliveryPlan; members?: number[] }[] {
    const viplive = vipliveMoments(region, horizon).map(({ peildatum, members }) => ({
        plan: plan("viplive", "regio", peildatum, 1, "zip", members),
        members: members.map((practice) => practice.index),
    }));
    return [...viplive, { plan: plan("bureau", "regio", horizon.end, 1, "folder", region.practices) }];
}
