import { userInfo } from "node:os";
import { auditLogIn } from "../access/audit-log.ts";
import { edgeFactsIn } from "../access/edge-facts.ts";
import { revoke } from "../access/revocation.ts";
import { accessFolder } from "../edge/local-site.ts";
import { DiskStore } from "../stores/disk.ts";

interface RevokeFlags {
    site: string;
    undo?: boolean;
}

/** `regiospiegel revoke`: takes somebody's access away at once, also from a site that is being served. */
export async function revokeAccess(person: string, flags: RevokeFlags): Promise<number> {
    const store = new DiskStore(accessFolder(flags.site));
    const effects = { store, facts: edgeFactsIn(store), audit: auditLogIn(store), now: () => new Date() };
    await revoke(person, effects, { undo: flags.undo ?? false, by: userInfo().username });
    const result = flags.undo ? "heeft weer toegang na opnieuw inloggen" : "kan geen pagina meer openen";
    process.stdout.write(`${person} ${result}.\n`);
    return 0;
}
