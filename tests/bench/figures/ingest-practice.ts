// One practice's delivery of 60.000 rows, into a lake that has the register: what a practice waits for after it has sent.
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeDemo } from "../../../pipelines/demo/demo.ts";
import type { Bench } from "../bench.ts";
import { measured } from "../command.ts";

interface Once {
    seconds: number;
    megabytes: number;
    rows: number;
}

const TIMES = 5;

const bench: Bench = {
    figures: ["ingest_practice_s", "ingest_practice_mb", "ingest_practice_rows", "ingest_practice_process_s"],
    async run({ scratch }) {
        // A region so small that one of its practices delivers some 60.000 rows.
        const deliveries = join(scratch, "kleine-regio");
        await writeDemo({ out: deliveries, practices: 4, patients: 3600 });
        const names = await readdir(deliveries);
        const register = names.find((name) => name.startsWith("bureau_")) ?? "";
        const practice = names.filter((name) => name.startsWith("his-lang_")).sort()[0] ?? "";
        const once: Once[] = [];
        const whole: number[] = [];
        for (let time = 0; time < TIMES; time++) {
            const lake = join(scratch, `praktijkmeer-${time}`);
            await measured("ingest", join(deliveries, register), "--lake", lake);
            once.push(await inOneProcess(lake, join(deliveries, practice)));
            const again = join(scratch, `praktijkmeer-opnieuw-${time}`);
            await measured("ingest", join(deliveries, register), "--lake", again);
            whole.push((await measured("ingest", join(deliveries, practice), "--lake", again)).seconds);
        }
        return [
            { name: "ingest_practice_s", value: middle(once.map(({ seconds }) => seconds)), unit: "s" },
            { name: "ingest_practice_mb", value: middle(once.map(({ megabytes }) => megabytes)), unit: "MB" },
            { name: "ingest_practice_rows", value: once[0]?.rows ?? 0, unit: "rijen" },
            { name: "ingest_practice_process_s", value: middle(whole), unit: "s" },
        ];
    },
};
export default bench;

async function inOneProcess(lake: string, delivery: string): Promise<Once> {
    const script = join(import.meta.dirname, "../one-ingest.ts");
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, lake, delivery]);
    return JSON.parse(stdout) as Once;
}

/** The middle of an odd number of values. */
const middle = (values: number[]): number => [...values].sort((a, b) => a - b)[(values.length - 1) / 2] ?? Number.NaN;
