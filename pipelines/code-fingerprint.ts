// Outcomes are kept by what made them; the code is part of that.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./", import.meta.url));

/** sha256 over the modules beside this one and `extra`: changes when a release of the software does. */
export async function codeFingerprint(extra = ""): Promise<string> {
    const hash = createHash("sha256").update(extra);
    for (const name of (await readdir(folder)).filter((file) => file.endsWith(".ts")).sort()) {
        hash.update(name).update(await readFile(`${folder}${name}`));
    }
    return hash.digest("hex");
}
