import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Store } from "../store.ts";

/**
 * What is written down of access (NEN 7513:2018, 6): who in which role did what, when, to whose data, from where, and with what
 * result. The login function and the edge write the same fields.
 */
export const auditSchema = z.strictObject({
    at: z.iso.datetime(),
    event: z.enum(["inloggen", "toegang", "pagina", "uitloggen", "intrekken", "herstellen"]),
    /** As in NEN 7513 and DICOM: R reads data, E performs something. */
    action: z.enum(["R", "E"]),
    /** 0 done, 8 refused, 12 failed. */
    outcome: z.literal([0, 8, 12]),
    /** Pseudonym of the person, the same in every record; null when nobody was known. */
    who: z.string().nullable(),
    /** Identity at the login service. The edge does not know it: `who` leads to it. */
    subject: z.string().optional(),
    name: z.string().optional(),
    /** Kind of audience in whose role was read. */
    role: z.string().nullable(),
    session: z.string().nullable(),
    /** Whose pages: the path of one practice, hagro, vakgroep or other group of patients. */
    object: z.string().nullable(),
    /** The page, or the reason of a refusal. */
    detail: z.string().optional(),
    /** Network address of the visitor. */
    from: z.string(),
});
export type AuditRecord = z.infer<typeof auditSchema>;

/** Where records go. Rejects when a record cannot be kept, and then nothing may be opened. */
export interface AuditLog {
    write(record: AuditRecord): Promise<void>;
}

/** One object per record, never rewritten: `logboek/2024/06/30/<moment>-<random>.json`. */
export function auditLogIn(store: Store): AuditLog {
    return {
        async write(record) {
            const day = record.at.slice(0, 10).replaceAll("-", "/");
            const name = `${record.at.replace(/[:.]/g, "-")}-${randomBytes(6).toString("hex")}`;
            await store.put(`logboek/${day}/${name}.json`, Buffer.from(`${JSON.stringify(record)}\n`));
        },
    };
}
