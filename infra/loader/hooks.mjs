import { readFileSync } from "node:fs";

const ROOT = new URL("./", import.meta.url).href;

/** Sources list their own folders and are hashed as they are, so they keep their names; what runs lies in compiled/. */
export function load(url, context, next) {
    if (!url.startsWith(ROOT) || !url.endsWith(".ts") || url.includes("/node_modules/")) return next(url, context);
    const compiled = new URL(`compiled/${url.slice(ROOT.length)}.mjs`, ROOT);
    return { format: "module", shortCircuit: true, source: readFileSync(compiled, "utf8") };
}
