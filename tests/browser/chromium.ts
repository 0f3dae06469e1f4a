import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";
import chromiumBinary from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { SECURITY_HEADERS } from "../../pipelines/edge/security-headers.ts";

/** The policy that pages are served with; a page that breaks it logs an error, and the test sees that. */
const POLICY = SECURITY_HEADERS["Content-Security-Policy"] ?? "";

const TYPES: Record<string, string> = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
};

/** Starts the Chromium of npm, or says in a sentence why it cannot. */
export async function launch(): Promise<Browser | string> {
    try {
        const own = process.env.CHROMIUM;
        const executablePath = own && existsSync(own) ? own : await chromiumBinary.executablePath();
        return await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-zygote"] });
    } catch (error) {
        return error instanceof Error ? (error.message.split("\n")[0] ?? "onbekend") : "onbekend";
    }
}

/** Serves a folder on loopback as the product does: clean paths, strict policy. */
export async function serveFolder(folder: string): Promise<{ url: string; close: () => void }> {
    const server: Server = createServer(async (request, response) => {
        const path = decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/");
        try {
            const body = await readFile(join(folder, path.endsWith("/") ? `${path}index.html` : path));
            response.writeHead(200, {
                "content-type": TYPES[extname(path.endsWith("/") ? "x.html" : path)] ?? "application/octet-stream",
                "content-security-policy": POLICY,
            });
            response.end(body);
        } catch {
            response.writeHead(404);
            response.end();
        }
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
