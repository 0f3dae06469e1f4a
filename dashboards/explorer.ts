import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";

const SOURCES = fileURLToPath(new URL(".", import.meta.url));

/** Where the package of a function keeps the script: there is nothing to build with in the cloud. */
export const READY_MADE = "compiled/verkenner.js";

/** Of whose work the script is made, as their licences ask. */
const CREDITS =
    "/* Met apache-arrow (Apache-2.0), flatbuffers (Apache-2.0), tslib (0BSD), @observablehq/plot (ISC), d3 (ISC) en isoformat (ISC). */";

/** The one script of the explorer: as it lies ready in a function's package, else built here. Same sources, same bytes. */
export async function explorerScript(): Promise<string> {
    const ready = await readFile(join(SOURCES, "..", READY_MADE), "utf8").catch(() => null);
    return ready ?? buildExplorer();
}

/** One script of `explorer/` and what it uses of the pages, with Plot and Arrow in it; of installed packages only. */
export const EXPLORER_BUILD: BuildOptions & { write: false } = {
    entryPoints: [join(SOURCES, "explorer/verkenner.ts")],
    alias: { linkedom: join(SOURCES, "explorer/browser-document.ts") },
    absWorkingDir: SOURCES,
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    // Browsers of the last three years; what a practice's computer runs.
    target: ["chrome111", "firefox111", "safari16.4"],
    charset: "utf8",
    legalComments: "none",
    banner: { js: CREDITS },
    logLevel: "silent",
};

/** Builds the script here. */
export async function buildExplorer(): Promise<string> {
    const { build } = await import("esbuild");
    const { outputFiles } = await build(EXPLORER_BUILD);
    return outputFiles[0]?.text ?? "";
}
