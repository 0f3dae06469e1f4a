import { z } from "zod";
import { revoke } from "../access/revocation.ts";
import { revocationInCloud } from "../handler/access-in-cloud.ts";
import { entry } from "../handler.ts";

const EVENT = z.strictObject({ subject: z.string().min(1), undo: z.boolean().optional(), by: z.string().min(1) });

/** Called by the operator: `{"subject": "<sub of the person, as the log names it>", "by": "<who decided>"}`. */
export const handler = entry(EVENT, async ({ subject, undo = false, by }) => {
    await revoke(subject, revocationInCloud(), { undo, by });
    return { done: true };
});
