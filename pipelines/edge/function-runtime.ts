import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Script } from "node:vm";

/** What CloudFront hands to a viewer-request function, as far as ours looks at it. */
export interface ViewerEvent {
    version: "1.0";
    context: { eventType: "viewer-request"; requestId: string };
    viewer: { ip: string };
    request: ViewerRequest;
}

export interface ViewerRequest {
    method: string;
    /** The path as the visitor sent it, without its query. */
    uri: string;
    querystring: Record<string, ViewerValue>;
    headers: Record<string, { value: string }>;
    cookies: Record<string, ViewerValue>;
}

export interface ViewerValue {
    value: string;
    multiValue?: { value: string }[];
}

export interface ViewerResponse {
    statusCode: number;
    headers: Record<string, { value: string }>;
}

/** The facts that the function reads; `get` throws for a name that is not there, as the real one does. */
export interface FunctionFacts {
    get(name: string): Promise<string>;
    exists(name: string): Promise<boolean>;
}

export type ViewerFunction = (event: ViewerEvent) => Promise<ViewerRequest | ViewerResponse>;

const SOURCE = new URL("./viewer-request.js", import.meta.url);
const IMPORT = 'import cf from "cloudfront";\n';

/** The text that is deployed. */
export function functionSource(): Promise<string> {
    return readFile(SOURCE, "utf8");
}

/**
 * The very source that CloudFront runs, in a context that has only what CloudFront gives it: the `cloudfront` module,
 * `crypto`, `Buffer` and a console. `say` receives each line that it writes, `now` is its clock.
 */
export async function loadFunction(
    facts: FunctionFacts,
    say: (line: string) => void,
    now: () => number = Date.now,
): Promise<ViewerFunction> {
    const text = await functionSource();
    if (!text.includes(IMPORT)) throw new Error(`Randfunctie ${SOURCE.pathname}: verwacht de regel ${IMPORT.trim()}.`);
    class Clock extends Date {
        constructor() {
            super(now());
        }
        static override now(): number {
            return now();
        }
    }
    const modules: Record<string, unknown> = { crypto: { createHmac } };
    const globals = {
        cf: { kvs: () => facts },
        require: (name: string) => modules[name],
        console: { log: say },
        Buffer,
        Date: Clock,
    };
    const names = Object.keys(globals);
    const body = `"use strict"; (function (${names.join(", ")}) {\n${text.replace(IMPORT, "")}\nreturn handler;\n})`;
    const make = new Script(body, { filename: SOURCE.pathname, lineOffset: -1 }).runInNewContext() as (
        ...given: unknown[]
    ) => ViewerFunction;
    return make(...Object.values(globals));
}
