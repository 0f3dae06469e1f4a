// Runs the contract of the store against moto, an S3 that others wrote (in Python), on this machine: `npm run test:s3`.
// MOTO_SERVER=<path of moto_server> uses an installed one; otherwise it is installed in a folder that goes afterwards.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";

const VERSION = "5.2.5";
const REGION = "eu-central-1";
const START_SECONDS = 60;

/** moto's server; a sentence when it cannot be had here. */
function installMoto(folder: string): { program: string } | { missing: string } {
    const python = ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);
    if (python === undefined) return { missing: "there is no Python on this machine" };
    if (spawnSync(python, ["-m", "venv", folder]).status !== 0)
        return { missing: "Python cannot make an environment (venv is missing)" };
    const pip = spawnSync(join(folder, "bin", "pip"), ["install", "--quiet", `moto[s3,server]==${VERSION}`], {
        encoding: "utf8",
    });
    const reason = pip.stderr?.trim().split("\n").at(-1) ?? "";
    if (pip.status !== 0) return { missing: `moto ${VERSION} cannot be installed: ${reason}` };
    return { program: join(folder, "bin", "moto_server") };
}

async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    await new Promise((done) => server.close(done));
    return typeof address === "object" && address ? address.port : 0;
}

async function makeBucket(endpoint: string, server: ChildProcess): Promise<void> {
    const client = new S3Client({
        endpoint,
        region: REGION,
        forcePathStyle: true,
        credentials: { accessKeyId: "STANDIN", secretAccessKey: "geheim" },
        maxAttempts: 1,
    });
    const Bucket = "meren";
    for (let second = 0; ; second++) {
        try {
            const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
            await client.send(
                new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: true }),
            );
            break;
        } catch (error) {
            if (second === START_SECONDS || server.exitCode !== null) throw error;
            await pause(1_000);
        }
    }
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
}

async function judge(program: string): Promise<number> {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    const server = spawn(program, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
    try {
        await makeBucket(endpoint, server);
        const root = resolve(import.meta.dirname, "../..");
        const vitest = join(root, "node_modules", ".bin", "vitest");
        const words = ["run", "tests/store.test.ts", "-t", "the store on S3 of others"];
        const tests = spawn(vitest, words, {
            cwd: root,
            stdio: "inherit",
            env: { ...process.env, S3_JUDGE: endpoint },
        });
        return await new Promise((done) => tests.once("exit", (code) => done(code ?? 1)));
    } finally {
        server.kill();
    }
}

const folder = mkdtempSync(join(tmpdir(), "moto-"));
try {
    const given = process.env.MOTO_SERVER;
    if (given !== undefined && !existsSync(given)) throw new Error(`MOTO_SERVER names ${given}, which does not exist.`);
    const moto = given === undefined ? installMoto(folder) : { program: given };
    if ("missing" in moto)
        process.stdout.write(`SKIPPED: the store was not judged by an S3 of others: ${moto.missing}.\n`);
    else process.exitCode = await judge(moto.program);
} finally {
    rmSync(folder, { recursive: true, force: true });
}
