import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { openLake, readRelease } from "../../pipelines/lake.ts";
import { hasMarts } from "../../pipelines/refresh/marts.ts";
import {
    gzipped,
    hisBreed,
    hisJournal,
    hisLang,
    put,
    register,
    viplive,
    zipped,
} from "../acceptance/small-deliveries.ts";
import { PRACTICE, SECOND_PRACTICE } from "../corpus/case.ts";
import { runStory, type Story } from "./fault-stories.ts";

/** A lake and a site in one folder, with the deliveries that fill it. */
export interface Place {
    root: string;
    deliveries: string[];
}

export const lakeOf = ({ root }: Place): string => join(root, "meer");
export const siteOf = ({ root }: Place): string => join(root, "site");
const temporaryOf = ({ root }: Place): string => join(root, "tijdelijk");

/** The key of the pseudonyms in tests: equal keys give equal bytes. */
const KEY = `${"5a".repeat(32)}\n`;

/** Of the deliveries those that the sample takes: the register, and one practice in each of two layouts. */
const SAMPLED = /^(bureau|his-lang)_|_20240630\.gz$/;

/** Two practices, one of which changes its HIS, with a correction and VIPLive; in the sample each practice once. */
export async function newPlace(root: string): Promise<Place> {
    const from = join(root, "leveringen");
    const all = await Promise.all([
        put(from, "bureau_regio_20240630.zip", zipped(register(PRACTICE, SECOND_PRACTICE))),
        put(from, `his-lang_${PRACTICE}_20240331.zip`, zipped({ ...hisLang(), "leesmij.txt": "maart" })),
        put(from, `his-breed_${PRACTICE}_20240630.zip`, zipped(hisBreed(PRACTICE))),
        put(from, `his-journaal_${SECOND_PRACTICE}_20240630.gz`, gzipped(hisJournal().join("\n"))),
        put(from, `his-journaal_${SECOND_PRACTICE}_20240630_2.gz`, gzipped(hisJournal().slice(2, -1).join("\n"))),
        put(from, "viplive_regio_20240630.zip", zipped(viplive(PRACTICE))),
    ]);
    const deliveries = process.env.PROVE === "1" ? all : all.filter((path) => SAMPLED.test(basename(path)));
    const place = { root, deliveries };
    await writeFile(`${lakeOf(place)}.sleutel`, KEY, { mode: 0o600 });
    await mkdir(temporaryOf(place), { recursive: true });
    return place;
}

/** A copy of a place as it is now, under another root. */
export async function copyPlace(place: Place, root: string): Promise<Place> {
    await rm(root, { recursive: true, force: true });
    await cp(place.root, root, { recursive: true });
    return { root, deliveries: place.deliveries };
}

export interface Outcome {
    code: number | null;
    signal: string | null;
    stderr: string;
    /** Milliseconds from start to end. */
    lasted: number;
    /** Largest resident size seen, in kB; only with `watch`. */
    resident: number;
}

interface Disturbance {
    at?: number;
    kind?: "kill" | "torn" | "full";
    log?: string;
    /** SIGKILL after so many milliseconds. */
    killAfter?: number;
    /** Polls the resident size. */
    watch?: boolean;
}

/** Runs a story in a process of its own. */
export function runInProcess(place: Place, story: Story, disturbance: Disturbance = {}): Promise<Outcome> {
    const { at, kind, log, killAfter, watch } = disturbance;
    const script = fileURLToPath(new URL("./fault-run.ts", import.meta.url));
    const started = Date.now();
    const child = spawn(
        process.execPath,
        ["--import", "tsx", script, story, lakeOf(place), siteOf(place), ...place.deliveries],
        {
            stdio: ["ignore", "ignore", "pipe"],
            env: {
                ...process.env,
                TMPDIR: temporaryOf(place),
                ...(at === undefined ? {} : { FAULT_AT: String(at), FAULT_KIND: kind ?? "kill" }),
                ...(log === undefined ? {} : { FAULT_LOG: log }),
            },
        },
    );
    let stderr = "";
    let resident = 0;
    child.stderr.on("data", (chunk: Buffer) => {
        stderr += chunk.toString();
    });
    const timers: NodeJS.Timeout[] = [];
    if (killAfter !== undefined) timers.push(setTimeout(() => child.kill("SIGKILL"), killAfter));
    if (watch) {
        timers.push(
            setInterval(() => {
                readFile(`/proc/${child.pid}/status`, "utf8")
                    .then((status) => {
                        resident = Math.max(resident, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
                    })
                    .catch(() => undefined);
            }, 50),
        );
    }
    return new Promise((resolve) => {
        child.on("close", (code, signal) => {
            for (const timer of timers) clearTimeout(timer);
            resolve({ code, signal, stderr, lasted: Date.now() - started, resident });
        });
    });
}

/** Runs a story to its end: in a process of its own when proving, in this one in the sample, which saves the start. */
export async function rerun(place: Place, story: Story): Promise<Pick<Outcome, "code" | "stderr">> {
    if (process.env.PROVE === "1") return runInProcess(place, story);
    vi.stubEnv("TMPDIR", temporaryOf(place));
    try {
        await runStory(story, openLake(lakeOf(place)), siteOf(place), place.deliveries);
        return { code: 0, stderr: "" };
    } finally {
        vi.unstubAllEnvs();
    }
}

/** sha256 of every file of lake and site by path; what is unfinished is nobody's to read and left out. */
export async function contentOf(place: Place): Promise<Record<string, string>> {
    const content: Record<string, string> = {};
    for (const folder of [lakeOf(place), siteOf(place)]) {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
        for (const entry of entries) {
            const path = join(entry.parentPath, entry.name);
            const name = path.slice(place.root.length + 1);
            if (!entry.isFile() || /^meer\/\.bezig\/|^site\/\.(publiceren-|current-)/.test(name)) continue;
            content[name] = createHash("sha256")
                .update(await readFile(path))
                .digest("hex");
        }
    }
    return content;
}

/**
 * What a reader finds that does not hold: files that a release names and that are absent or differ, a site that points at
 * a publication that is not whole (as `whole` has it). Empty is good.
 */
export async function brokenFor(place: Place, whole: Record<string, string>): Promise<string[]> {
    const broken: string[] = [];
    const content = await contentOf(place);
    const view = await readRelease(openLake(lakeOf(place)));
    for (const { key, sha256 } of view?.files ?? []) if (content[`meer/${key}`] !== sha256) broken.push(key);
    const pointer = await readFile(join(siteOf(place), "current.json"), "utf8").catch(() => null);
    if (pointer !== null) {
        const live = `site/${(JSON.parse(pointer) as { publication: string }).publication}/`;
        for (const [name, hash] of Object.entries(whole))
            if (name.startsWith(live) && content[name] !== hash) broken.push(name);
    }
    const marts = Object.keys(content).find((name) => name === "meer/marts/current.json");
    if (marts !== undefined) {
        const { refresh } = JSON.parse(await readFile(join(place.root, marts), "utf8")) as { refresh: string };
        if (!(await hasMarts(openLake(lakeOf(place)), refresh))) broken.push(`marts ${refresh}`);
    }
    return broken;
}

/** Folders with texts of deliveries or rows that a killed process left behind. */
export async function leftBehind(place: Place): Promise<string[]> {
    const names = await readdir(temporaryOf(place));
    return names.filter((name) => name.startsWith("regiospiegel-"));
}
