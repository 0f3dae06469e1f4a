// Runs every query on a real Trino and compares it with DuckDB: `npm run test:trino`. Trino comes from Maven Central, in the
// modules that pom.xml names; nothing else is downloaded, and it listens on this machine only.
// Further words go to vitest: `npm run test:trino -- -t generated`.
// TRINO_REGIONS=<n> random regions (1; 100 with PROVE=1) from TRINO_FIRST=<seed> (1), TRINO_CLASSPATH=<jars> a Trino that is already here.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const OLDEST_JAVA = 17;
const MINUTES_FOR_MAVEN = 10;
/** The judging itself; a judge that takes longer has failed. With PROVE=1 it takes what it takes. */
const MINUTES = process.env.PROVE === "1" ? undefined : 25;

/** The jars of Trino; a sentence when it cannot be had here. */
function findTrino(folder: string): { classpath: string } | { missing: string } {
    const given = process.env.TRINO_CLASSPATH;
    if (given) return { classpath: given };
    const java = spawnSync("java", ["-version"], { encoding: "utf8" });
    const version = Number(/version "(\d+)/.exec(java.stderr ?? "")?.[1] ?? 0);
    if (version < OLDEST_JAVA) return { missing: `there is no Java ${OLDEST_JAVA} on this machine` };
    if (spawnSync("mvn", ["-version"]).status !== 0) return { missing: "there is no Maven on this machine" };
    const path = join(folder, "classpath");
    const pom = join(import.meta.dirname, "trino", "pom.xml");
    const goal = ["-B", "-q", "-f", pom, "dependency:build-classpath", `-Dmdep.outputFile=${path}`];
    const maven = spawnSync("mvn", goal, { encoding: "utf8", timeout: MINUTES_FOR_MAVEN * 60_000 });
    const reason = maven.stdout?.split("\n").find((line) => line.includes("ERROR")) ?? "";
    if (maven.error) return { missing: `Maven did not get Trino within ${MINUTES_FOR_MAVEN} minutes` };
    if (maven.status !== 0) return { missing: `Maven cannot get Trino: ${reason}` };
    return { classpath: readFileSync(path, "utf8").trim() };
}

function judge(classpath: string): number {
    const vitest = join(root, "node_modules", ".bin", "vitest");
    const tests = spawnSync(
        vitest,
        ["run", "tests/outside/trino.test.ts", "--reporter=verbose", ...process.argv.slice(2)],
        {
            cwd: root,
            stdio: "inherit",
            env: { ...process.env, TRINO_CLASSPATH: classpath },
            ...(MINUTES !== undefined && { timeout: MINUTES * 60_000 }),
        },
    );
    if (tests.error) process.stderr.write(`Trino judged for longer than ${MINUTES} minutes and was stopped.\n`);
    return tests.status ?? 1;
}

const folder = mkdtempSync(join(tmpdir(), "trino-"));
try {
    const found = findTrino(folder);
    if ("missing" in found) process.stdout.write(`SKIPPED: the queries were not judged by Trino: ${found.missing}.\n`);
    else process.exitCode = judge(found.classpath);
} finally {
    rmSync(folder, { recursive: true, force: true });
}
