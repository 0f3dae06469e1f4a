import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

export interface Outcome {
    exitCode: number;
    stdout: string;
    stderr: string;
}

/** Runs the command line as an outsider does: one process, nothing imported. */
export function regiospiegel(...args: string[]): Promise<Outcome> {
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
