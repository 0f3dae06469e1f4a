// Builds what Lambda runs, once, without Docker: `npm run build:lambdas [-- --cpu x64|arm64] [--out DIR] [--link]`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildSync, transformSync } from "esbuild";
import { EXPLORER_BUILD, READY_MADE } from "../dashboards/explorer.ts";

const ROOT = join(import.meta.dirname, "..");

export interface BuildOptions {
    out: string;
    cpu: "arm64" | "x64";
    /** Points at the packages of this checkout instead of installing them for the target: for tests on this machine. */
    link?: boolean;
}

/** Sources that no function needs and that outcomes are not kept by (code-fingerprint.ts): the region that we invent, commands. */
const ELSEWHERE = /^pipelines\/(?:demo|commands)\//;
/** Packages that only the command line, the making of scripts, the demo's login service and development need. */
const COMMAND_LINE = ["commander", "esbuild", "oidc-provider", "ora", "tsx"];

/**
 * Lays out `<out>/stories`: the sources as they are (they list their own folders, and outcomes are kept by a hash over
 * them), beside each its JavaScript, the queries, the packages for the target, and one small file per handler. Lambda
 * runs JavaScript only, so a hook of the loader hands it the compiled text when a source is asked for.
 */
export function buildLambdas({ out, cpu, link = false }: BuildOptions): string {
    const target = join(out, "stories");
    rmSync(target, { recursive: true, force: true });
    for (const folder of ["pipelines", "dashboards", "queries"]) {
        for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
            const file = `${folder}/${name.replaceAll("\\", "/")}`;
            if (!/\.(ts|js|css|sql|yaml)$/.test(file) || ELSEWHERE.test(file)) continue;
            mkdirSync(dirname(join(target, file)), { recursive: true });
            cpSync(join(ROOT, file), join(target, file));
            if (file.endsWith(".ts")) compile(target, file);
        }
    }
    const [explorer] = buildSync(EXPLORER_BUILD).outputFiles;
    if (explorer) writeFileSync(join(target, READY_MADE), explorer.contents);
    cpSync(join(import.meta.dirname, "loader"), target, { recursive: true });
    for (const file of readdirSync(join(ROOT, "pipelines/handlers")).filter((name) => name.endsWith(".ts"))) {
        const name = file.slice(0, -".ts".length);
        const text = `import "./modules.mjs";\nexport const { handler } = await import("./pipelines/handlers/${file}");\n`;
        writeFileSync(join(target, `${name}.mjs`), text);
    }
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
        dependencies: Record<string, string>;
    };
    writeFileSync(join(target, "package.json"), JSON.stringify({ type: "module", private: true, dependencies }));
    if (link) symlinkSync(join(ROOT, "node_modules"), join(target, "node_modules"));
    else install(target, cpu);
    return target;
}

function compile(target: string, file: string): void {
    const { code } = transformSync(readFileSync(join(ROOT, file), "utf8"), {
        loader: "ts",
        format: "esm",
        target: "node20",
        sourcefile: file,
        sourcemap: "inline",
        sourcesContent: false,
    });
    const place = join(target, "compiled", `${file}.mjs`);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, code);
}

/** The packages that package-lock.json names, for the target and not for this machine; no scripts run. */
function install(target: string, cpu: string): void {
    cpSync(join(ROOT, "package-lock.json"), join(target, "package-lock.json"));
    cpSync(join(ROOT, "package.json"), join(target, "package.json"));
    cpSync(join(ROOT, ".npmrc"), join(target, ".npmrc"));
    const words = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--os=linux", `--cpu=${cpu}`, "--libc=glibc"];
    execFileSync("npm", words, { cwd: target, stdio: ["ignore", "ignore", "inherit"] });
    execFileSync(
        "npm",
        ["uninstall", "--omit=dev", "--ignore-scripts", "--os=linux", `--cpu=${cpu}`, "--libc=glibc", ...COMMAND_LINE],
        {
            cwd: target,
            stdio: ["ignore", "ignore", "inherit"],
        },
    );
    // What only people and compilers read.
    for (const name of readdirSync(join(target, "node_modules"), { recursive: true, encoding: "utf8" }))
        if (/\.(d\.[cm]?ts|ts|map|md|markdown)$/.test(name))
            rmSync(join(target, "node_modules", name), { force: true });
    for (const name of [".npmrc", "package-lock.json"]) rmSync(join(target, name), { force: true });
}

if (process.argv[1]?.endsWith("infra/build.ts")) {
    const { values } = parseArgs({
        options: {
            out: { type: "string", default: join(ROOT, "dist/lambda") },
            cpu: { type: "string", default: "arm64" },
            link: { type: "boolean", default: false },
        },
    });
    const target = buildLambdas({ out: values.out, cpu: values.cpu === "x64" ? "x64" : "arm64", link: values.link });
    process.stdout.write(`Gebouwd voor ${values.cpu}: ${target}\n`);
}
