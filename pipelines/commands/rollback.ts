import { rollback } from "../lake/rollback.ts";
import { openLake } from "../lake.ts";

interface RollbackFlags {
    lake: string;
    json?: boolean;
}

/** `regiospiegel rollback`. */
export async function rollbackLake(release: string, flags: RollbackFlags): Promise<number> {
    const receipt = await rollback(openLake(flags.lake), release);
    if (flags.json) process.stdout.write(`${JSON.stringify(receipt, null, 1)}\n`);
    else if (!receipt.changed) process.stdout.write(`Uitgave ${release} was al de huidige; er verandert niets.\n`);
    else
        process.stdout.write(
            `Uitgave ${receipt.to} geldt weer, in plaats van ${receipt.from}: ${receipt.leaves.length} leveringen gelden niet meer en ${receipt.returns.length} weer wel. Draai regiospiegel refresh en publish om dit te tonen.\n`,
        );
    return 0;
}
