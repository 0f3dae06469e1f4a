import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Edge, EdgeResponse } from "./edge.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

/** Speaks HTTP for the local edge, on this machine only. */

export interface Listening {
    /** `http://localhost:8080`, without a slash at its end. */
    baseUrl: string;
    /** What answers from now on; until then a visitor is asked to wait. */
    answerWith(edge: Edge, beside?: { below: string; handle: Handler }): void;
    close(): Promise<void>;
}

/** Takes requests below a path itself: the demo's login service, which in the cloud stands elsewhere. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

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

/**
 * Listens on a port of this machine; 0 takes a free one. The address is known before there is an edge, because what the edge
 * signs names it. Throws one sentence when the port is taken.
 */
export async function listen(port: number): Promise<Listening> {
    let edge: Edge | null = null;
    let aside: { below: string; handle: Handler } | undefined;
    const server = createServer((request, response) => {
        answer(request, response).catch(() =>
            sendText(response, 500, "Er ging iets mis bij het lezen van deze pagina."),
        );
    });
    const taken = await listening(server, port);
    const baseUrl = `http://localhost:${taken}`;

    async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
        response.setHeader("Cache-Control", "private, no-store");
        const host = request.headers.host;
        if (!isLoopback(host)) return sendText(response, 421, "Deze server antwoordt alleen op localhost.");
        const target = request.url ?? "/";
        if (aside && target.startsWith(aside.below)) return aside.handle(request, response);
        if (request.method !== "GET" && request.method !== "HEAD") {
            response.setHeader("Allow", "GET, HEAD");
            return sendText(response, 405, "Alleen lezen kan hier.");
        }
        if (host !== undefined && !/^localhost(?::\d+)?$/i.test(host) && target.startsWith("/")) {
            // Cookies are of one name: who came by number goes on by name.
            response.setHeader("Location", `${baseUrl}${target}`);
            return sendText(response, 307, "Deze pagina’s staan op localhost.");
        }
        if (!edge) return sendText(response, 503, "Deze server is nog bezig met opstarten.");
        await send(request, response, await edge(edgeRequestOf(request)));
    }

    return {
        baseUrl,
        answerWith(given, beside) {
            edge = given;
            aside = beside;
        },
        close: () =>
            new Promise((resolve, reject) => {
                server.close((error) => (error ? reject(error) : resolve()));
                server.closeAllConnections();
            }),
    };
}

function listening(server: Server, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => {
            reject(
                error.code === "EADDRINUSE"
                    ? new Error(`Poort ${port} is al in gebruik; kies een andere met --port, bijvoorbeeld ${port + 1}.`)
                    : error,
            );
        });
        server.listen(port, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address ? address.port : port);
        });
    });
}

function edgeRequestOf(request: IncomingMessage) {
    return {
        method: request.method ?? "GET",
        target: request.url ?? "/",
        cookies: request.headers.cookie ?? "",
        fetchSite: String(request.headers["sec-fetch-site"] ?? "") || null,
        from: request.socket.remoteAddress ?? "",
    };
}

/** A page of another site must not reach this server under a name of its own that points here (DNS rebinding). */
function isLoopback(host: string | undefined): boolean {
    return host === undefined || /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);
}

async function send(request: IncomingMessage, response: ServerResponse, answer: EdgeResponse): Promise<void> {
    const { status, headers, setCookies, body, file } = answer;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (setCookies.length > 0) response.setHeader("Set-Cookie", setCookies);
    const extension = path.extname(file);
    if (file !== "") response.setHeader("Content-Type", TYPES[extension] ?? "application/octet-stream");
    response.setHeader("Vary", "Accept-Encoding");
    if (status === 200 && file !== "") {
        const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
        response.setHeader("ETag", etag);
        if (matches(request.headers["if-none-match"], etag)) {
            response.writeHead(304).end();
            return;
        }
    }
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
