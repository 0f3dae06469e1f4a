// Runs one command line of the product in a process of its own and measures it.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const door = resolve(import.meta.dirname, "../../pipelines/regiospiegel.js");
const samplingMilliseconds = 50;

export interface Measured {
    seconds: number;
    /** Highest resident memory that was seen; 0 where the system does not tell. */
    peakMegabytes: number;
    output: string;
}

/** Rejects with what the command said on stderr when it fails. */
export function measured(...words: string[]): Promise<Measured> {
    const started = performance.now();
    const child = spawn(process.execPath, [door, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    let peakMegabytes = 0;
    let output = "";
    let complaints = "";
    const sampling = setInterval(() => {
        peakMegabytes = Math.max(peakMegabytes, residentPeak(child.pid));
    }, samplingMilliseconds);
    child.stdout.on("data", (part) => {
        output += part;
    });
    child.stderr.on("data", (part) => {
        complaints += part;
    });
    return new Promise((done, fail) => {
        child.on("close", (code) => {
            clearInterval(sampling);
            if (code === 0) done({ seconds: (performance.now() - started) / 1000, peakMegabytes, output });
            else fail(new Error(`regiospiegel ${words.join(" ")} eindigde met ${code}: ${complaints}`));
        });
    });
}

function residentPeak(pid: number | undefined): number {
    try {
        return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
    } catch {
        return 0;
    }
}
