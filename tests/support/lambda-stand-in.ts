import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HOST = fileURLToPath(new URL("./lambda-host.mjs", import.meta.url));

/** What a function threw, as Lambda tells its caller. */
export class FunctionError extends Error {
    constructor(
        readonly errorType: string,
        message: string,
    ) {
        super(message);
    }
}

interface Answer {
    answer?: unknown;
    error?: { errorType: string; errorMessage: string };
    used: { seconds: number; megabytes: number };
}

export interface LambdaSettings {
    /** Folder of built functions. */
    folder: string;
    name: string;
    /** All of its environment. */
    environment: Record<string, string>;
    /** Becomes its disk. */
    disk: string;
    /** Program to run it with. */
    node?: string;
}

/**
 * One Lambda function with one sandbox: a process of its own with the built code, an environment of its own and a disk
 * that stays from event to event, also when the process is killed.
 */
export class LambdaStandIn {
    readonly #settings: LambdaSettings;
    #child: Promise<ChildProcess> | undefined;
    /** All that it wrote to its log. */
    log = "";
    starts = 0;
    /** Of its process so far: seconds of processor, and the most memory that was resident. */
    used = { seconds: 0, megabytes: 0 };

    constructor(settings: LambdaSettings) {
        this.#settings = settings;
        mkdirSync(settings.disk, { recursive: true });
    }

    /** Throws FunctionError for what the handler threw, and a plain Error when the process ended without an answer. */
    async invoke(event: unknown, options: { milliseconds?: number; killAfter?: number } = {}): Promise<unknown> {
        this.#child ??= this.#start();
        const child = await this.#child;
        return new Promise((resolve, reject) => {
            const timer =
                options.killAfter === undefined || options.killAfter === 0
                    ? undefined
                    : setTimeout(() => child.kill("SIGKILL"), options.killAfter);
            const end = (): void => {
                clearTimeout(timer);
                child.off("message", hear);
                child.off("exit", die);
            };
            const hear = (message: Answer): void => {
                end();
                this.used = message.used;
                if (message.error) reject(new FunctionError(message.error.errorType, message.error.errorMessage));
                else resolve(message.answer);
            };
            const die = (): void => {
                end();
                this.#child = undefined;
                reject(new Error("RequestId: Error: Runtime exited without providing a reason"));
            };
            child.on("message", hear);
            child.on("exit", die);
            child.send({ event, milliseconds: options.milliseconds ?? 5_000, request: randomUUID() });
            // Before it got to anything: a timer of a busy machine may come after the first request.
            if (options.killAfter === 0) child.kill("SIGKILL");
        });
    }

    async stop(): Promise<void> {
        const child = await this.#child?.catch(() => undefined);
        this.#child = undefined;
        child?.kill("SIGKILL");
    }

    #start(): Promise<ChildProcess> {
        const { folder, name, environment, disk, node } = this.#settings;
        this.starts += 1;
        const child = spawn(node ?? process.execPath, [HOST, folder, name], {
            stdio: ["ignore", "pipe", "pipe", "ipc"],
            env: {
                ...environment,
                PATH: process.env.PATH,
                TMPDIR: disk,
                TZ: "UTC",
                AWS_LAMBDA_FUNCTION_NAME: name,
                POWERTOOLS_SERVICE_NAME: name,
                POWERTOOLS_METRICS_NAMESPACE: "Regiospiegel",
                POWERTOOLS_TRACE_ENABLED: "false",
                AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
            },
        });
        for (const stream of [child.stdout, child.stderr])
            stream?.on("data", (chunk: Buffer) => {
                this.log += chunk.toString();
            });
        return new Promise((resolve, reject) => {
            child.once("exit", () => {
                this.#child = undefined;
                reject(new Error(`${name} did not start: ${this.log.slice(-2_000)}`));
            });
            child.once("message", () => {
                child.removeAllListeners("exit");
                child.once("exit", () => {
                    this.#child = undefined;
                });
                resolve(child);
            });
        });
    }
}

export const diskOf = (root: string, name: string): string => join(root, "schijf", name);
