import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/**
 * Serves the live publication of a site folder on this machine only, with the headers that the real edge sends
 * (aws.md §7). Which publication is live is read anew for every request, so that publishing needs no restart.
 */

export interface Served {
    url: string;
    close(): Promise<void>;
}

/** Sent with every answer. Pages bring everything themselves: nothing of anybody else is loaded, framed or sent. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
    "Content-Security-Policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

const TYPES: Readonly<Record<string, string>> = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".arrow": "application/vnd.apache.arrow.file",
    ".pdf": "application/pdf",
};
const COMPRESSIBLE = new Set([".html", ".css", ".js", ".json", ".csv", ".txt", ".svg", ".arrow"]);
/** Below this a packed answer is no smaller. */
const WORTH_PACKING = 1_000;
const zip = promisify(gzip);

/** Starts the server; `port` 0 takes a free one. Throws one sentence when the port is taken or the site is empty. */
export async function serve(options: { site: string; port: number }): Promise<Served> {
    const site = path.resolve(options.site);
    if ((await livePublication(site)) === null) {
        throw new Error(
            `Site ${options.site}: er is nog geen publicatie (current.json ontbreekt of is onleesbaar); draai eerst 'regiospiegel publish'.`,
        );
    }
    const server = createServer((request, response) => {
        answer(site, request, response).catch(() =>
            sendText(response, 500, "Er ging iets mis bij het lezen van deze pagina."),
        );
    });
    await new Promise<void>((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            reject(
                error.code === "EADDRINUSE"
                    ? new Error(
                          `Poort ${options.port} is al in gebruik; kies een andere met --port, bijvoorbeeld ${options.port + 1}.`,
                      )
                    : error,
            );
        });
        server.listen(options.port, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : options.port;
    return {
        url: `http://localhost:${port}/`,
        close: () =>
            new Promise((resolve, reject) => {
                server.close((error) => (error ? reject(error) : resolve()));
                server.closeAllConnections();
            }),
    };
}

/**
 * A path that may be looked up: names of letters, digits, `-` and `_` with `/` between; a file may have a hash and an extension.
 * No `%`, no dots at the start of a name, no doubled slash: what is not clean is not found.
 */
export function isCleanPath(requested: string): boolean {
    return /^\/(?:[A-Za-z0-9][A-Za-z0-9_-]*\/)*(?:[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9]+){0,2})?$/.test(requested);
}

async function answer(site: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    response.setHeader("Cache-Control", "private, no-store");
    if (!isLoopback(request.headers.host)) return sendText(response, 421, "Deze server antwoordt alleen op localhost.");
    if (request.method !== "GET" && request.method !== "HEAD") {
        response.setHeader("Allow", "GET, HEAD");
        return sendText(response, 405, "Alleen lezen kan hier.");
    }
    const requested = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const publication = await livePublication(site);
    if (publication === null) return sendText(response, 503, "Er is op dit moment geen publicatie.");
    const root = path.join(site, publication);
    if (!isCleanPath(requested)) return notFound(root, request, response);
    const file = path.join(root, requested.endsWith("/") ? `${requested}index.html` : requested);
    const body = await readFile(file).catch(() => null);
    if (body) {
        // Named after their content and without any figure in them: the only files that may be kept.
        if (isHashedAsset(requested)) response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        return send(request, response, 200, path.extname(file), body);
    }
    const isFolder =
        !requested.endsWith("/") && (await readFile(path.join(file, "index.html")).catch(() => null)) !== null;
    if (!isFolder) return notFound(root, request, response);
    response.setHeader("Location", `${requested}/`);
    return sendText(response, 308, "Deze pagina staat een streep verder.");
}

function isHashedAsset(requested: string): boolean {
    return /^\/assets\/[^/]+\.[0-9a-f]{8,}\.[a-z]+$/.test(requested);
}

/** A page of another site must not reach this server under a name of its own that points here (DNS rebinding). */
function isLoopback(host: string | undefined): boolean {
    return host === undefined || /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);
}

async function livePublication(site: string): Promise<string | null> {
    try {
        const pointer: unknown = JSON.parse(await readFile(path.join(site, "current.json"), "utf8"));
        const place = typeof pointer === "object" && pointer !== null && "path" in pointer ? pointer.path : null;
        return typeof place === "string" && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(place) ? place : null;
    } catch {
        return null;
    }
}

async function notFound(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = await readFile(path.join(root, "404.html")).catch(() => null);
    if (page) return send(request, response, 404, ".html", page);
    return sendText(response, 404, "Deze pagina bestaat niet.");
}

async function send(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    extension: string,
    body: Buffer,
): Promise<void> {
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
    response.setHeader("ETag", etag);
    response.setHeader("Vary", "Accept-Encoding");
    if (status === 200 && matches(request.headers["if-none-match"], etag)) {
        response.writeHead(304).end();
        return;
    }
    response.setHeader("Content-Type", TYPES[extension] ?? "application/octet-stream");
    let content = body;
    const packs = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(request.headers["accept-encoding"] ?? ""));
    if (packs && COMPRESSIBLE.has(extension) && body.length > WORTH_PACKING) {
        content = await zip(body);
        response.setHeader("Content-Encoding", "gzip");
    }
    response.setHeader("Content-Length", content.length);
    response.writeHead(status);
    response.end(request.method === "HEAD" ? undefined : content);
}

function matches(condition: string | undefined, etag: string): boolean {
    const candidates = (condition ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
    return candidates.includes(etag) || candidates.includes("*");
}

function sendText(response: ServerResponse, status: number, sentence: string): void {
    if (response.headersSent) {
        response.destroy();
        return;
    }
    const body = `<!doctype html><html lang="nl"><meta charset="utf-8"><title>${sentence}</title><h1>${sentence}</h1><p><a href="/">Naar het begin</a></p></html>\n`;
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Content-Length", Buffer.byteLength(body));
    response.writeHead(status).end(body);
}
