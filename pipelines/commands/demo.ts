import { writeDemo } from "../demo/demo.ts";
import { progressLine } from "../progress.ts";

interface DemoFlags {
    out: string;
    seed?: number;
    practices?: number;
    patients?: number;
    from?: string;
    to?: string;
}

/** `regiospiegel demo`. */
export async function demo(flags: DemoFlags): Promise<number> {
    const progress = progressLine("Demoregio");
    const manifest = await writeDemo({ ...flags, progress: progress.report }).finally(progress.stop);
    process.stdout.write(`${manifest.deliveries.length} leveringen van een verzonnen regio staan in ${flags.out}.\n`);
    return 0;
}
