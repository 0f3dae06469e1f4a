import { z } from "zod";
import { revoke } from "../access/revocation.ts";
import { accessInCloud } from "./access-in-cloud.ts";

const event = z.strictObject({ subject: z.string().min(1), undo: z.boolean().optional(), by: z.string().min(1) });

/** Invoked by the operator: `{"subject": "<sub of the person, as the log names it>", "by": "<who decided>"}`. */
export async function handler(given: unknown): Promise<{ done: true }> {
    const { subject, undo, by } = event.parse(given);
    await revoke(subject, await accessInCloud(), { undo, by });
    return { done: true };
}
