import { z } from "zod";

/** What `ingest --json` prints, as the command line's contract says; more fields are free. */
export const Receipts = z.array(
    z.object({
        delivery: z.string(),
        accepted: z.boolean(),
        code: z.string().optional(),
        message: z.string().optional(),
        files: z.array(
            z.object({
                name: z.string(),
                rows: z.number().int(),
                kept: z.number().int(),
                aside: z.record(z.string(), z.number().int()),
            }),
        ),
        ignoredColumns: z.array(z.string()),
    }),
);
export type Receipt = z.infer<typeof Receipts>[number];

/** The receipt of a delivery, whether it is named with its extension or without. */
export function receiptOf(receipts: readonly Receipt[], name: string): Receipt {
    const receipt = receipts.find((one) => one.delivery === name || one.delivery.replace(/\.(zip|gz)$/, "") === name);
    if (receipt === undefined) {
        throw new Error(`no receipt of ${name}, but of ${receipts.map((one) => one.delivery).join(", ")}`);
    }
    return receipt;
}

/** How many rows were set aside for which reason, over all files. */
export function asideOf(receipt: Receipt): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [code, count] of receipt.files.flatMap((file) => Object.entries(file.aside))) {
        counts[code] = (counts[code] ?? 0) + count;
    }
    return counts;
}
