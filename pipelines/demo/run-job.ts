import type { Day } from "./calendar.ts";
import { type WrittenDelivery, writeDelivery } from "./delivery.ts";
import type { Job } from "./jobs.ts";
import { type LayoutStyle, openLayout } from "./layout.ts";
import type { HisFormat, PracticePlan } from "./practice.ts";
import { type OpenDelivery, writePractice } from "./practice-records.ts";
import { at } from "./random.ts";
import { planRegion, type RegionPlan } from "./region.ts";
import { horizonOf, type Settings } from "./settings.ts";
import type { VipliveShare } from "./viplive-rows.ts";

export interface JobResult {
    written: WrittenDelivery[];
    /** VIPLive rows per practice and peildatum, for the regional deliveries. */
    viplive: { practice: number; peildatum: Day; share: VipliveShare }[];
}

/** Runs jobs of one region; the plan is made once. */
export class JobRunner {
    private readonly region: RegionPlan;

    constructor(
        private readonly settings: Settings,
        private readonly out: string,
    ) {
        this.region = planRegion(settings);
    }

    async run(job: Job): Promise<JobResult> {
        const horizon = horizonOf(this.settings);
        const open: OpenDelivery[] = await Promise.all(
            job.deliveries.map(async ({ format, peildatum, provisional, sender }) => ({
                layout: await openLayout(format as HisFormat),
                peildatum,
                provisional,
                planted: [],
                regional: sender === "regio",
            })),
        );
        const viplive: JobResult["viplive"] = [];
        for (const index of job.practices) {
            const practice = at(this.region.practices, index);
            for (const { layout } of open) layout.startPractice(practice.agb, styleOf(practice));
            const rows = writePractice(practice, horizon, this.settings.seed, open);
            for (const peildatum of job.viplive)
                viplive.push({ practice: index, peildatum, share: rows.share(peildatum) });
        }
        const written: WrittenDelivery[] = [];
        for (let number = 0; number < open.length; number++) {
            const { layout, planted } = at(open, number);
            written.push(
                await writeDelivery(this.out, at(job.deliveries, number), layout.files(), horizon.start, planted),
            );
        }
        return { written, viplive };
    }
}

function styleOf(practice: PracticePlan): LayoutStyle {
    const turn = practice.index % 8;
    return {
        capitals: turn === 5,
        trailing: turn === 3 ? "always" : turn === 6 ? "sometimes" : "never",
        lostZero: turn === 1 || turn === 4,
    };
}
