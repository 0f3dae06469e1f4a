import fs, { appendFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * Loaded before the stories: counts every write that the process asks of the disk, and at one of them the process dies
 * (`kill`; `torn`: with half of the bytes written) or the disk is full from then on (`full`). Set by FAULT_AT and
 * FAULT_KIND; FAULT_LOG names a file that gets a line `schrijft PATH` for every write.
 */
const at = Number(process.env.FAULT_AT ?? "0");
const kind = process.env.FAULT_KIND ?? "kill";
const log = process.env.FAULT_LOG;

type Write = (...given: unknown[]) => Promise<unknown>;

let writes = 0;

function beforeWrite(operation: string, from: unknown, to: unknown): void {
    writes += 1;
    const isFile = operation === "writeFile";
    if (log !== undefined) appendFileSync(log, `schrijft ${String(isFile ? from : to)}\n`);
    if (at === 0 || writes < at) return;
    if (kind !== "kill" && isFile && (typeof to === "string" || to instanceof Uint8Array))
        writeFileSync(String(from), to.slice(0, Math.ceil(to.length / 2)));
    if (kind !== "full") process.kill(process.pid, "SIGKILL");
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
}

const disk = fs.promises as unknown as Record<string, Write>;
for (const operation of ["writeFile", "rename", "link", "copyFile"]) {
    const original = disk[operation] as Write;
    disk[operation] = async (...given) => {
        beforeWrite(operation, given[0], given[1]);
        return original(...given);
    };
}
syncBuiltinESMExports();
