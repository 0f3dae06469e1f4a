import type { Receipt } from "../ingest/receipt.ts";
import { ingest } from "../ingest.ts";
import { openLake } from "../lake.ts";
import { progressLine } from "../progress.ts";
import { writeLetters } from "../quality/letters-written.ts";
import { readChecks } from "../quality/quality-check.ts";
import { UsageError } from "../usage-error.ts";

interface IngestFlags {
    lake: string;
    json?: boolean;
    hold?: string;
    letters?: string;
}

/** `regiospiegel ingest`: exit code 1 when any delivery was refused. */
export async function ingestPaths(paths: string[], flags: IngestFlags): Promise<number> {
    const progress = progressLine("Opnemen");
    const effects = { ...ingestEffects(progress.report), hold: await checksToHold(flags.hold) };
    const lake = openLake(flags.lake);
    const receipts = await ingest(paths, lake, effects).finally(progress.stop);
    if (flags.letters !== undefined) await writeLetters(receipts, lake, flags.letters);
    process.stdout.write(flags.json ? `${JSON.stringify(receipts, null, 1)}\n` : receipts.map(receiptLine).join(""));
    return receipts.some((receipt) => !receipt.accepted) ? 1 : 0;
}

/** The ids in `--hold`; a name that is no check is wrong usage, so that a typing error never means "do not hold". */
async function checksToHold(named: string | undefined): Promise<string[]> {
    if (named === undefined) return [];
    const known = (await readChecks()).map(({ id }) => id);
    if (named === "alle") return known;
    const wanted = named.split(",").map((word) => word.trim());
    const unknown = wanted.find((word) => !known.includes(word));
    if (unknown !== undefined)
        throw new UsageError(`Controle ${unknown} bestaat niet; kies uit ${known.join(", ")}, of alle.`);
    return wanted;
}

export function ingestEffects(progress: (share: number, what: string) => void) {
    return {
        progress,
        today: () => new Date().toISOString().slice(0, 10),
        now: () => new Date().toISOString(),
    };
}

const UNLOCKED =
    "  let op    de ingekomen kopie is niet vergrendeld: de bucket kent geen objectvergrendeling (object lock).\n";

function receiptLine(receipt: Receipt): string {
    if (receipt.held) return `AANGEHOUDEN ${receipt.message}\n`;
    if (!receipt.accepted) return `GEWEIGERD  ${receipt.delivery}: ${receipt.message ?? receipt.code}\n`;
    if (receipt.known) return `bekend     ${receipt.delivery}: dezelfde bytes waren er al; er verandert niets.\n`;
    const count = (pick: (file: Receipt["files"][number]) => number) =>
        receipt.files.reduce((sum, file) => sum + pick(file), 0);
    const aside = count((file) => Object.values(file.aside).reduce((sum, rows) => sum + rows, 0));
    return `opgenomen  ${receipt.delivery}: ${count((file) => file.kept)} rijen, ${aside} terzijde gelegd.\n${doubts(receipt)}${receipt.unlocked ? UNLOCKED : ""}`;
}

/** One line for each check that does not hold; the letter has the rest. */
function doubts({ checks = [] }: Receipt): string {
    return checks
        .filter(({ verdict }) => verdict === "does_not_hold")
        .map(({ check, findings }) => {
            const [first, ...more] = findings.filter(({ verdict }) => verdict === "does_not_hold");
            return `  let op    ${check}: ${first?.practice}: ${first?.sentence}${more.length > 0 ? ` en nog ${more.length}` : ""}.\n`;
        })
        .join("");
}
