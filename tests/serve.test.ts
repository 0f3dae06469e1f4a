import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isCleanPath, SECURITY_HEADERS, type Served, serve } from "../dashboards/serve.ts";

let root: string;
let served: Served;
const long = `<!doctype html><title>Coalitie</title>${"<p>regel</p>".repeat(300)}`;

beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), "serve-"));
    for (const publication of ["een", "twee"]) {
        const folder = path.join(root, publication);
        await mkdir(path.join(folder, "coalitie"), { recursive: true });
        await writeFile(path.join(folder, "index.html"), `begin ${publication}`);
        await writeFile(path.join(folder, "404.html"), "eigen pagina voor niet gevonden");
        await writeFile(path.join(folder, "stijl.css"), "body{}");
        await mkdir(path.join(folder, "assets"));
        await writeFile(path.join(folder, "assets", "stijl.0123456789.css"), "body{}");
        await writeFile(path.join(folder, "coalitie", "index.html"), long);
        await writeFile(path.join(folder, ".publicatie.json"), "{}");
    }
    await writeFile(path.join(root, "geheim.html"), "buiten de publicatie");
    await pointAt("een");
    served = await serve({ site: root, port: 0 });
});
afterAll(async () => {
    await served.close();
    await rm(root, { recursive: true, force: true });
});

const pointAt = (publication: string) =>
    writeFile(path.join(root, "current.json"), JSON.stringify({ publication, path: publication }));

interface Answer {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    body: Buffer;
}

/** A request with the path exactly as given: fetch would tidy it first. */
function ask(target: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
    const { port } = new URL(served.url);
    return new Promise((resolve, reject) => {
        const sent = request({ host: "127.0.0.1", port, path: target, ...options }, (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("end", () =>
                resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
            );
        });
        sent.on("error", reject);
        sent.end();
    });
}

describe("serve", () => {
    it("serves the live publication, and the next one as soon as the pointer moves", async () => {
        expect((await ask("/")).body.toString()).toBe("begin een");
        await pointAt("twee");
        expect((await ask("/")).body.toString()).toBe("begin twee");
        await pointAt("een");
    });

    it("sends the security headers with every answer", async () => {
        for (const target of ["/", "/bestaat-niet", "/coalitie"]) {
            const { headers } = await ask(target);
            for (const [name, value] of Object.entries(SECURITY_HEADERS))
                expect(headers[name.toLowerCase()]).toBe(value);
            expect(headers["cache-control"]).toBe("private, no-store");
        }
    });

    it("sends a folder without its slash on, and lists no folder", async () => {
        expect(await ask("/coalitie")).toMatchObject({ status: 308, headers: { location: "/coalitie/" } });
        expect((await ask("/leeg/")).status).toBe(404);
    });

    it("answers an unknown page with the site's own 404", async () => {
        const { status, body } = await ask("/bestaat-niet");
        expect(status).toBe(404);
        expect(body.toString()).toContain("eigen pagina");
    });

    it("packs text, and says unchanged to who has it already", async () => {
        const packed = await ask("/coalitie/", { headers: { "accept-encoding": "gzip, br" } });
        expect(packed.headers["content-encoding"]).toBe("gzip");
        expect(packed.body.length).toBeLessThan(long.length / 5);
        const plain = await ask("/coalitie/", { headers: { "accept-encoding": "gzip;q=0" } });
        expect(plain.body.toString()).toBe(long);
        const again = await ask("/coalitie/", { headers: { "if-none-match": String(packed.headers.etag) } });
        expect([again.status, again.body.length]).toEqual([304, 0]);
    });

    it("lets a browser keep stylesheets that are named after their content, and nothing else", async () => {
        expect((await ask("/assets/stijl.0123456789.css")).headers["cache-control"]).toContain("immutable");
        expect((await ask("/stijl.css")).headers["cache-control"]).toBe("private, no-store");
    });

    it("answers HEAD without a body and refuses to write", async () => {
        const head = await ask("/coalitie/", { method: "HEAD" });
        expect([head.status, head.body.length, head.headers["content-length"]]).toEqual([
            200,
            0,
            String(Buffer.byteLength(long)),
        ]);
        expect((await ask("/", { method: "POST" })).status).toBe(405);
    });

    it("answers under its own name only", async () => {
        expect((await ask("/", { headers: { host: "voorbeeld.test" } })).status).toBe(421);
    });

    it.each([
        "/../geheim.html",
        "/coalitie/../../geheim.html",
        "/%2e%2e/geheim.html",
        "/coalitie//",
        "/.publicatie.json",
        "/coalitie/%00",
        "/coalitie\\",
        "//geheim.html",
        "/stijl.css/",
        "/stijl.css%20",
    ])("does not find %s", async (target) => {
        const { status, body } = await ask(target);
        expect(status).toBe(404);
        expect(body.toString()).not.toContain("buiten de publicatie");
    });

    it("takes as clean only names with a slash between", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary-ascii", maxLength: 30 }), (text) => {
                const clean = isCleanPath(`/${text}`);
                if (/[%\\]|\.\.|\/\/|(^|\/)\.|[^ -~]/.test(`/${text}`)) expect(clean).toBe(false);
                if (clean) expect(path.posix.normalize(`/${text}`)).toBe(`/${text}`);
            }),
        );
    });

    it("says what to do about a taken port and an empty site", async () => {
        const port = Number(new URL(served.url).port);
        await expect(serve({ site: root, port })).rejects.toThrow(/al in gebruik/);
        await expect(serve({ site: path.join(root, "een"), port: 0 })).rejects.toThrow(/regiospiegel publish/);
    });
});
