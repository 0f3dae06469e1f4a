import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

export interface Outcome {
    exitCode: number;
    stdout: string;
    stderr: string;
}

/**
 * Runs the command line as an outsider does, who knows its words and its output only: in a process of its own when proving,
 * and in the sample behind the same door in this process, which saves the start.
 */
export function regiospiegel(...args: string[]): Promise<Outcome> {
    return process.env.PROVE === "1" ? regiospiegelProcess(...args) : inTurn(() => heard(args));
}

/** The same, always in a process of its own. */
export function regiospiegelProcess(...args: string[]): Promise<Outcome> {
    return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, ["pipelines/regiospiegel.js", ...args], {
            cwd: PROJECT,
            stdio: ["ignore", "pipe", "pipe"],
        });
        const stdout: Buffer[] = [];
        const stderr: Buffer[] = [];
        child.stdout.on("data", (part: Buffer) => stdout.push(part));
        child.stderr.on("data", (part: Buffer) => stderr.push(part));
        child.on("error", reject);
        child.on("close", (code) => {
            resolve({
                exitCode: code ?? -1,
                stdout: Buffer.concat(stdout).toString("utf8"),
                stderr: Buffer.concat(stderr).toString("utf8"),
            });
        });
    });
}

let turn: Promise<unknown> = Promise.resolve();

/** There is one output to listen to, so that commands wait for each other. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
}

async function heard(args: string[]): Promise<Outcome> {
    const { main } = await import("../../pipelines/cli.ts");
    const [stdout, stderr] = [listenTo(process.stdout), listenTo(process.stderr)];
    try {
        const exitCode = await main(args);
        return { exitCode, stdout: stdout.said(), stderr: stderr.said() };
    } finally {
        stdout.stop();
        stderr.stop();
    }
}

/** Keeps what is written to a stream instead of showing it. */
function listenTo(stream: NodeJS.WriteStream): { said: () => string; stop: () => void } {
    const write = stream.write;
    const parts: Uint8Array[] = [];
    stream.write = (part: string | Uint8Array): boolean => {
        parts.push(Buffer.from(part));
        return true;
    };
    return {
        said: () => Buffer.concat(parts).toString("utf8"),
        stop: () => {
            stream.write = write;
        },
    };
}
