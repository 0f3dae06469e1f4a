import { join } from "node:path";
import { writeDemo } from "../demo/demo.ts";
import { ingest } from "../ingest.ts";
import { openLake } from "../lake.ts";
import { progressLine } from "../progress.ts";
import { refresh } from "../refresh.ts";
import { ingestEffects } from "./ingest.ts";
import { publishSentence, publishSite } from "./publish.ts";
import { refreshSentence } from "./refresh.ts";
import { serveSite } from "./serve.ts";

interface StartFlags {
    serve: boolean;
    port: number;
    data: string;
}

/** `regiospiegel start`: the whole journey of the demo region; a second time only what changed. */
export async function start(flags: StartFlags): Promise<number> {
    const deliveries = join(flags.data, "leveringen");
    const lake = join(flags.data, "meer");
    const site = join(flags.data, "site");
    const clock = stopwatch();

    const demo = await step("Demoregio", (progress) => writeDemo({ out: deliveries, progress }));
    clock(`${demo.deliveries.length} leveringen van een verzonnen regio`);

    const receipts = await step("Opnemen", (progress) => ingest([deliveries], openLake(lake), ingestEffects(progress)));
    const refused = receipts.filter((receipt) => !receipt.accepted);
    for (const receipt of refused) process.stderr.write(`Geweigerd: ${receipt.delivery}: ${receipt.message}\n`);
    const known = receipts.filter((receipt) => receipt.known).length;
    clock(`${receipts.length - refused.length} leveringen in het meer, waarvan ${known} al bekend`);

    const report = await step("Rekenen", (progress) => refresh(openLake(lake), {}, { progress }));
    clock(refreshSentence(report).trim());

    const publication = await step("Publiceren", (progress) => publishSite(lake, site, progress, true));
    clock(publishSentence(publication).trim());

    if (refused.length > 0) return 1;
    return flags.serve ? serveSite({ site, port: flags.port }) : 0;
}

async function step<T>(
    task: string,
    work: (progress: (share: number, what: string) => void) => Promise<T>,
): Promise<T> {
    const progress = progressLine(task);
    try {
        return await work(progress.report);
    } finally {
        progress.stop();
    }
}

/** Prints each finished step with the seconds that it took. */
function stopwatch(): (what: string) => void {
    let last = performance.now();
    return (what) => {
        const now = performance.now();
        process.stdout.write(`${((now - last) / 1000).toFixed(1).padStart(6)} s  ${what}\n`);
        last = now;
    };
}
