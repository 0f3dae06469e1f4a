import { collect } from "../lake/collect.ts";
import { openLake } from "../lake.ts";

interface CollectFlags {
    lake: string;
    keep?: number;
    sealedDays?: number;
    json?: boolean;
}

/** `regiospiegel gc`. */
export async function collectLake(flags: CollectFlags): Promise<number> {
    const effects = { now: () => new Date().toISOString() };
    const receipt = await collect(openLake(flags.lake), flags, effects);
    process.stdout.write(
        flags.json
            ? `${JSON.stringify(receipt, null, 1)}\n`
            : `${receipt.kept.length} uitgaven behouden, ${receipt.dropped.length} verwijderd; opgeruimd: ${receipt.files} bestanden met rijen, ${receipt.deliveries} leveringen, ${receipt.results} bestanden met resultaten, ${receipt.marts} marts en ${receipt.sealed} verzegelde leveringen.\n`,
    );
    return 0;
}
