// Outcomes are kept by what made them; the code is part of that.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../", import.meta.url));

/** The invented region, the command line and the doors of AWS make no outcome. */
const elsewhere = /^(demo|commands|handlers?)[/.]/;

/** sha256 over the modules of pipelines/ and `extra`: changes when the software does. */
export async function codeFingerprint(extra = ""): Promise<string> {
    const hash = createHash("sha256").update(extra);
    const names = await readdir(folder, { recursive: true });
    for (const name of names.map((path) => path.replaceAll("\\", "/")).sort()) {
        if (name.endsWith(".ts") && !elsewhere.test(name)) hash.update(name).update(await readFile(`${folder}${name}`));
    }
    return hash.digest("hex");
}
