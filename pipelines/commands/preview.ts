import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Handler, listen } from "../edge/serve.ts";
import { draftBundles } from "../publish/draft.ts";

interface PreviewFlags {
    lake: string;
    /** Instead of the lake. */
    bundles?: string;
    port: number;
}

export interface PreviewOptions {
    bundles: string;
    port: number;
    /** The folder of the pages' sources; another one in tests. */
    sources?: string;
    /** Hears when pages stand, and what went wrong when they do not. */
    report?: (sentence: string) => void;
}

export interface Preview {
    baseUrl: string;
    close(): Promise<void>;
}

const BELOW = "/_voorbeeld/";
/** Editors write a file in several steps. */
const SETTLED_MILLISECONDS = 100;
/** Put into every page by this server only; a publication never holds it. */
const TAG = `<script src="${BELOW}herlaad.js" defer></script></body>`;
const RELOAD = `const source = new EventSource("${BELOW}stroom");
source.addEventListener("getekend", () => location.reload());
source.addEventListener("mislukt", (event) => {
    const told = document.createElement("pre");
    told.className = "let-op";
    told.textContent = JSON.parse(event.data);
    document.body.prepend(told);
});
`;

/** `regiospiegel preview`: pages of a lake or of bundles, drawn again whenever a source of the pages changes. */
export async function previewSite(flags: PreviewFlags): Promise<number> {
    const scratch = await mkdtemp(join(tmpdir(), "regiospiegel-voorbeeld-"));
    try {
        const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
        if (flags.bundles === undefined) say("Bundels maken van het meer; het meer zelf onthoudt hier niets van…");
        const bundles = flags.bundles ?? (await draftBundles(flags.lake, scratch));
        const preview = await openPreview({ bundles, port: flags.port, report: say });
        say(`De pagina's staan op ${preview.baseUrl}/, zonder inloggen, alleen op deze computer (stop met Ctrl+C).`);
        await new Promise<void>((resolve) => {
            process.once("SIGINT", resolve);
            process.once("SIGTERM", resolve);
        });
        await preview.close();
        return 0;
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

/** Draws, serves, watches. A drawing that fails leaves the last one that did not, and says why in the browser. */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
    const sources = options.sources ?? fileURLToPath(new URL("../../dashboards/", import.meta.url));
    const folder = await mkdtemp(join(tmpdir(), "regiospiegel-pagina-"));
    const listening = new Set<ServerResponse>();
    const tell = (event: string, text: string): void => {
        for (const response of listening) response.write(`event: ${event}\ndata: ${JSON.stringify(text)}\n\n`);
    };
    let drawn: string | null = null;
    let round = 0;

    const draw = async (): Promise<void> => {
        const [target, before] = [join(folder, String(round++)), drawn];
        const started = performance.now();
        const complaint = await drawOnce(sources, options.bundles, target);
        if (complaint !== null) {
            options.report?.(complaint);
            tell("mislukt", complaint);
            return;
        }
        drawn = target;
        options.report?.(`Getekend in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
        tell("getekend", "");
        if (before) await rm(before, { recursive: true, force: true });
    };

    await draw();
    if (drawn === null) {
        await rm(folder, { recursive: true, force: true });
        throw new Error("De pagina's konden niet worden getekend; zie hierboven.");
    }
    const again = oneAtATime(draw);
    const watcher = watch(sources, { recursive: true }, (_event, name) => {
        if (name && /\.(ts|css|js)$/.test(name)) again();
    });
    const handle: Handler = async (request, response) => {
        const name = basename(request.url ?? "");
        if (name === "herlaad.js") {
            response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(RELOAD);
            return;
        }
        response.writeHead(200, { "Content-Type": "text/event-stream" });
        response.write("retry: 500\n\n");
        listening.add(response);
        response.on("close", () => listening.delete(response));
    };
    const server = await listen(options.port);
    server.answerWith(
        async ({ target }) => {
            const path = new URL(target, server.baseUrl).pathname;
            const file = path.endsWith("/") ? `${path}index.html` : path;
            const body =
                /^(\/[\w.-]+)+$/.test(file) && !file.includes("..") ? await readOrNull(`${drawn}${file}`) : null;
            const page = { headers: {}, setCookies: [] };
            if (body === null)
                return { ...page, status: 404, body: Buffer.from("Deze pagina is er niet.\n"), file: "x.txt" };
            const shown = file.endsWith(".html") ? Buffer.from(body.toString("utf8").replace("</body>", TAG)) : body;
            return { ...page, status: 200, body: shown, file };
        },
        { below: BELOW, handle },
    );
    return {
        baseUrl: server.baseUrl,
        async close() {
            watcher.close();
            await again.done();
            await server.close();
            await rm(folder, { recursive: true, force: true });
        },
    };
}

const readOrNull = (file: string): Promise<Buffer | null> => readFile(file).catch(() => null);

/** Draws in a process of its own; what it complained of, or null when it did not. */
function drawOnce(sources: string, bundles: string, out: string): Promise<string | null> {
    const tsx = import.meta.resolve("tsx");
    const child = spawn(process.execPath, ["--import", tsx, join(sources, "redraw.ts"), bundles, out], {
        stdio: ["ignore", "ignore", "pipe"],
    });
    let complaint = "";
    child.stderr.on("data", (part) => {
        complaint += part;
    });
    return new Promise((resolve) => {
        child.on("error", (error) => resolve(error.message));
        child.on("close", (code) => resolve(code === 0 ? null : complaint.trim() || `redraw.ts eindigde met ${code}.`));
    });
}

/** Calls that come while work is under way become one more round of it. */
function oneAtATime(work: () => Promise<void>): (() => void) & { done(): Promise<void> } {
    let timer: NodeJS.Timeout | undefined;
    let running: Promise<void> = Promise.resolve();
    let waiting = false;
    const call = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            if (waiting) return;
            waiting = true;
            running = running.then(() => {
                waiting = false;
                return work();
            });
        }, SETTLED_MILLISECONDS);
    };
    return Object.assign(call, {
        done(): Promise<void> {
            clearTimeout(timer);
            return running;
        },
    });
}
