import { ingest } from "../ingest.ts";
import { openLake } from "../lake.ts";
import { progressLine } from "../progress.ts";
import type { Receipt } from "../receipt.ts";

interface IngestFlags {
    lake: string;
    json?: boolean;
}

/** `regiospiegel ingest`: exit code 1 when any delivery was refused. */
export async function ingestPaths(paths: string[], flags: IngestFlags): Promise<number> {
    const progress = progressLine("Opnemen");
    const receipts = await ingest(paths, openLake(flags.lake), ingestEffects(progress.report)).finally(progress.stop);
    process.stdout.write(flags.json ? `${JSON.stringify(receipts, null, 1)}\n` : receipts.map(receiptLine).join(""));
    return receipts.some((receipt) => !receipt.accepted) ? 1 : 0;
}

export function ingestEffects(progress: (share: number, what: string) => void) {
    return {
        progress,
        today: () => new Date().toISOString().slice(0, 10),
        now: () => new Date().toISOString(),
    };
}

function receiptLine(receipt: Receipt): string {
    if (!receipt.accepted) return `GEWEIGERD  ${receipt.delivery}: ${receipt.message ?? receipt.code}\n`;
    if (receipt.known) return `bekend     ${receipt.delivery}: dezelfde bytes waren er al; er verandert niets.\n`;
    const count = (pick: (file: Receipt["files"][number]) => number) =>
        receipt.files.reduce((sum, file) => sum + pick(file), 0);
    const aside = count((file) => Object.values(file.aside).reduce((sum, rows) => sum + rows, 0));
    return `opgenomen  ${receipt.delivery}: ${count((file) => file.kept)} rijen, ${aside} terzijde gelegd.\n`;
}
