// npm run bench [-- --only NAME] [-- --json]: one line per figure. Ratios and their parts come from the same run.
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeDemo } from "../../pipelines/demo/demo.ts";

export interface Figure {
    name: string;
    value: number;
    unit: string;
}

/** What a bench file exports: the figures it can print, and how. Benches share the demo region and one lake. */
export interface Bench {
    figures: string[];
    run: (place: BenchPlace) => Promise<Figure[]>;
}

export interface BenchPlace {
    /** Folder for whatever the bench makes. */
    scratch: string;
    /** The demo region's deliveries. */
    deliveries: string;
    /** A lake that holds them; the first bench that needs it fills it. */
    lake: string;
}

const { values: flags } = parseArgs({ options: { only: { type: "string" }, json: { type: "boolean" } } });
const folder = join(import.meta.dirname, "figures");
const benches = await Promise.all(
    readdirSync(folder)
        .sort()
        .map(async (name) => ((await import(join(folder, name))) as { default: Bench }).default),
);
const chosen = benches.filter((bench) => !flags.only || bench.figures.includes(flags.only));
if (chosen.length === 0) {
    process.stderr.write(
        `--only ${flags.only}: verwacht een van ${benches.flatMap((bench) => bench.figures).join(", ")}.\n`,
    );
    process.exit(2);
}

const scratch = await mkdtemp(join(tmpdir(), "regiospiegel-bench-"));
try {
    const place: BenchPlace = { scratch, deliveries: join(scratch, "leveringen"), lake: join(scratch, "meer") };
    await writeDemo({ out: place.deliveries });
    for (const bench of chosen) {
        for (const figure of await bench.run(place)) {
            if (flags.only && figure.name !== flags.only) continue;
            const rounded = { ...figure, value: Number(figure.value.toPrecision(4)) };
            process.stdout.write(
                flags.json
                    ? `${JSON.stringify(rounded)}\n`
                    : `${rounded.name.padEnd(24)} ${rounded.value} ${rounded.unit}\n`,
            );
        }
    }
} finally {
    await rm(scratch, { recursive: true, force: true });
}
