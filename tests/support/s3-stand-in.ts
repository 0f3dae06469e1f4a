import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32Of, objectOf, S3Refusal } from "./s3-stand-in-body.ts";
import { BucketContent, type Version } from "./s3-stand-in-objects.ts";

/**
 * What may go wrong with one request.
 * `silence`: no answer ever. `torn-upload`: the connection breaks before the body is in, nothing is written.
 * `lost-answer`: the request is carried out, the answer never arrives. `torn-download`: it breaks half-way the body.
 * `flipped-bit`: a byte of the download is wrong while its checksum is of the right ones.
 */
export type Fault =
    | "slow-down"
    | "internal-error"
    | "conflict"
    | "silence"
    | "torn-upload"
    | "lost-answer"
    | "torn-download"
    | "flipped-bit";

export interface S3Request {
    method: string;
    bucket: string;
    key: string;
    query: URLSearchParams;
    headers: IncomingHttpHeaders;
    /** Who asked: what follows the access key of the stand-in in the key that the request was signed with. */
    caller: string;
    /** From 0, over all requests of this stand-in. */
    number: number;
}

export interface S3StandIn {
    endpoint: string;
    accessKey: string;
    /** Decides per request; null: nothing goes wrong. */
    fault: (request: S3Request) => Fault | null;
    requests: S3Request[];
    bucket(name: string): BucketContent;
    close(): Promise<void>;
}

/** An S3 of our own in this process: conditional writes, checksums, multipart, versions and faults, with S3's words for errors. */
export async function startS3StandIn(
    buckets: Record<string, { versioned: boolean; locks?: boolean }>,
): Promise<S3StandIn> {
    const contents = new Map(
        Object.entries(buckets).map(([name, { versioned, locks }]) => [name, new BucketContent(versioned, locks)]),
    );
    const server = createServer((request, response) => {
        void answer(standIn, contents, request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const standIn: S3StandIn = {
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        accessKey: "STANDIN",
        fault: () => null,
        requests: [],
        bucket(name) {
            const content = contents.get(name);
            if (!content) throw new Error(`The stand-in has no bucket ${name}.`);
            return content;
        },
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
    return standIn;
}

async function answer(
    standIn: S3StandIn,
    contents: ReadonlyMap<string, BucketContent>,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const url = new URL(request.url ?? "/", standIn.endpoint);
    const [bucket = "", ...rest] = url.pathname.slice(1).split("/").map(decodeURIComponent);
    const asked: S3Request = {
        method: request.method ?? "",
        bucket,
        key: rest.join("/"),
        query: url.searchParams,
        headers: request.headers,
        caller: /Credential=STANDIN([A-Z]*)\//.exec(String(request.headers.authorization))?.[1] ?? "",
        number: standIn.requests.length,
    };
    standIn.requests.push(asked);
    const fault = standIn.fault(asked);
    try {
        if (fault === "torn-upload") {
            for (const event of ["data", "end"]) request.once(event, () => request.socket.destroy());
            return;
        }
        const raw = await bodyOf(request);
        if (raw === null || fault === "silence") return;
        if (fault === "slow-down") throw new S3Refusal("SlowDown", 503);
        if (fault === "internal-error") throw new S3Refusal("InternalError", 500);
        if (fault === "conflict") throw new S3Refusal("ConditionalRequestConflict", 409);
        const signed = String(request.headers.authorization);
        if (!signed.startsWith(`AWS4-HMAC-SHA256 Credential=${standIn.accessKey}${asked.caller}/`))
            throw new S3Refusal("InvalidAccessKeyId", 403);
        const content = contents.get(bucket);
        if (!content) throw new S3Refusal("NoSuchBucket", 404);
        const reply = carryOut(content, asked, raw, request);
        if (fault === "lost-answer") request.socket.destroy();
        else send(response, asked, reply, fault);
    } catch (error) {
        if (!(error instanceof S3Refusal)) throw error;
        const head = asked.method === "HEAD" || error.status === 304;
        response.writeHead(error.status, { "content-type": "application/xml" });
        response.end(head ? undefined : xml("Error", { Code: error.code, Message: error.code }));
    }
}

/** All bytes of a request; null when the sender went away before the end. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
    const pieces: Buffer[] = [];
    try {
        for await (const piece of request) pieces.push(piece as Buffer);
        return Buffer.concat(pieces);
    } catch {
        return null;
    }
}

interface Reply {
    status: number;
    headers?: Record<string, string>;
    body?: Uint8Array | string;
}

function send(response: ServerResponse, { method }: S3Request, reply: Reply, fault: Fault | null): void {
    const body = Buffer.from(reply.body ?? "");
    response.writeHead(reply.status, {
        "x-amz-request-id": "standin",
        ...(reply.status === 204 ? {} : { "content-length": String(body.length) }),
        ...reply.headers,
    });
    if (method === "HEAD") response.end();
    else if (fault === "torn-download") {
        response.flushHeaders();
        if (body.length < 2) response.socket?.destroy();
        else response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
    } else if (fault === "flipped-bit" && body.length > 0) {
        const wrong = Buffer.from(body);
        wrong[0] = (wrong[0] ?? 0) ^ 1;
        response.end(wrong);
    } else response.end(body);
}

function carryOut(content: BucketContent, asked: S3Request, raw: Buffer, request: IncomingMessage): Reply {
    const { method, key, query } = asked;
    const upload = query.get("uploadId");
    if (key === "" && query.has("uploads")) return listUploads(content, query);
    if (key === "") return query.has("versions") ? listVersions(content, query) : listKeys(content, query);
    if (method === "PUT" && query.has("retention")) {
        const [mode, until] = ["Mode", "RetainUntilDate"].map(
            (tag) => new RegExp(`<${tag}>(.*?)<`).exec(objectOf(raw, request.headers).toString())?.[1] ?? "",
        );
        if (mode !== "GOVERNANCE" || !(Date.parse(until ?? "") > Date.now())) throw new S3Refusal("MalformedXML", 400);
        content.lock(key, query.get("versionId"), new Date(until ?? ""));
        return { status: 200 };
    }
    if (method === "POST" && query.has("uploads"))
        return xmlReply("InitiateMultipartUploadResult", { UploadId: content.startUpload(key, metadataOf(request)) });
    if (method === "PUT" && upload !== null) {
        const etag = content.addPart(upload, Number(query.get("partNumber")), objectOf(raw, request.headers));
        return { status: 200, headers: { etag } };
    }
    if (method === "POST" && upload !== null) {
        const named = [...raw.toString().matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = ""]) => ({
            number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
            etag: (/<ETag>(.*?)</.exec(part)?.[1] ?? "").replaceAll("&quot;", '"'),
        }));
        return xmlReply("CompleteMultipartUploadResult", { Key: key, ETag: content.finishUpload(upload, named).etag });
    }
    if (method === "DELETE" && upload !== null) {
        content.abortUpload(upload);
        return { status: 204 };
    }
    if (method === "POST" && query.has("delete")) {
        for (const [, name = ""] of raw.toString().matchAll(/<Key>(.*?)<\/Key>/gs)) content.delete(name, null);
        return xmlReply("DeleteResult", {});
    }
    if (method === "DELETE") {
        const bypass = request.headers["x-amz-bypass-governance-retention"] === "true";
        content.delete(key, query.get("versionId"), bypass);
        return { status: 204 };
    }
    if (method === "PUT") {
        const written = content.write(key, {
            body: objectOf(raw, request.headers),
            metadata: metadataOf(request),
            ifMatch: request.headers["if-match"],
            ifNoneMatch: request.headers["if-none-match"],
        });
        return { status: 200, headers: headersOf(content, written) };
    }
    if (method === "GET" || method === "HEAD") return read(content, asked, request);
    throw new S3Refusal("NotImplemented", 501);
}

function read(content: BucketContent, { key, query }: S3Request, request: IncomingMessage): Reply {
    const id = query.get("versionId");
    const version = id === null ? content.current(key) : content.version(key, id);
    if (!version?.body) throw new S3Refusal("NoSuchKey", 404);
    const { "if-match": ifMatch, "if-none-match": ifNoneMatch, range } = request.headers;
    if (ifMatch !== undefined && ifMatch !== version.etag) throw new S3Refusal("PreconditionFailed", 412);
    if (ifNoneMatch === version.etag) throw new S3Refusal("NotModified", 304);
    const headers = headersOf(content, version);
    const [, from, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
    if (from === undefined) {
        if (request.headers["x-amz-checksum-mode"] === "ENABLED" && !version.etag.includes("-"))
            headers["x-amz-checksum-crc32"] = crc32Of(version.body);
        return { status: 200, headers, body: version.body };
    }
    const { length } = version.body;
    if (Number(from) >= length) throw new S3Refusal("InvalidRange", 416);
    const end = last ? Math.min(Number(last), length - 1) : length - 1;
    headers["content-range"] = `bytes ${from}-${end}/${length}`;
    return { status: 206, headers, body: version.body.subarray(Number(from), end + 1) };
}

function headersOf(content: BucketContent, version: Version): Record<string, string> {
    const metadata = Object.entries(version.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value] as const);
    return {
        etag: version.etag,
        "last-modified": version.written.toUTCString(),
        "content-type": "application/octet-stream",
        ...(content.versioned ? { "x-amz-version-id": version.id } : {}),
        ...Object.fromEntries(metadata),
    };
}

function metadataOf({ headers }: IncomingMessage): Record<string, string> {
    const found = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
    return Object.fromEntries(found.map(([name, value]) => [name.slice("x-amz-meta-".length), String(value)]));
}

function listKeys(content: BucketContent, query: URLSearchParams): Reply {
    const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
    const prefix = query.get("prefix") ?? "";
    const folded = (key: string): string => foldedKey(key, prefix, query.get("delimiter"));
    const all = [...new Set(content.keys(prefix).map(folded))].filter((name) => name > after);
    const page = all.slice(0, pageSize(query));
    const more = page.length < all.length;
    const isFolder = (name: string): boolean => content.current(name) === null;
    return xmlReply("ListBucketResult", {
        IsTruncated: String(more),
        KeyCount: String(page.length),
        ...(more ? { NextContinuationToken: page.at(-1) ?? "" } : {}),
        Contents: page
            .filter((name) => !isFolder(name))
            .map((Key) => {
                const { etag = "", body, written } = content.current(Key) ?? {};
                return {
                    Key,
                    ETag: etag,
                    Size: String(body?.length ?? 0),
                    LastModified: (written ?? new Date()).toISOString(),
                    StorageClass: "STANDARD",
                };
            }),
        CommonPrefixes: page.filter(isFolder).map((Prefix) => ({ Prefix })),
    });
}

/** The key, or with a delimiter the "folder" below the prefix that it lies in. */
function foldedKey(key: string, prefix: string, delimiter: string | null): string {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    return end < 0 ? key : key.slice(0, end + 1);
}

function listVersions(content: BucketContent, query: URLSearchParams): Reply {
    const prefix = query.get("prefix") ?? "";
    const [markerKey, markerId] = [query.get("key-marker"), query.get("version-id-marker")];
    const all = content.versions(prefix);
    const start = all.findIndex(({ key, id }) => key === markerKey && id === markerId) + 1;
    const page = all.slice(start, start + pageSize(query));
    const last = page.at(-1);
    const listed = (markers: boolean) =>
        page
            .filter(({ body }) => (body === null) === markers)
            .map(({ key, id, latest }) => ({ Key: key, VersionId: id, IsLatest: String(latest) }));
    return xmlReply("ListVersionsResult", {
        IsTruncated: String(start + page.length < all.length),
        ...(last ? { NextKeyMarker: last.key, NextVersionIdMarker: last.id } : {}),
        Version: listed(false),
        DeleteMarker: listed(true),
    });
}

function listUploads(content: BucketContent, query: URLSearchParams): Reply {
    const uploads = content.uploads().filter(({ key }) => key.startsWith(query.get("prefix") ?? ""));
    return xmlReply("ListMultipartUploadsResult", {
        IsTruncated: "false",
        Upload: uploads.map(({ key, id, begun }) => ({ Key: key, UploadId: id, Initiated: begun.toISOString() })),
    });
}

const pageSize = (query: URLSearchParams): number => Math.min(Number(query.get("max-keys") ?? 1_000), 1_000);

type Fields = { [name: string]: string | Fields[] };

const xmlReply = (name: string, fields: Fields): Reply => ({
    status: 200,
    headers: { "content-type": "application/xml" },
    body: xml(name, fields),
});

function xml(name: string, fields: Fields): string {
    const element = (tag: string, value: string | Fields): string =>
        typeof value === "string" ? `<${tag}>${escaped(value)}</${tag}>` : `<${tag}>${inside(value)}</${tag}>`;
    const inside = (values: Fields): string =>
        Object.entries(values)
            .flatMap(([tag, value]) => (typeof value === "string" ? [value] : value).map((one) => element(tag, one)))
            .join("");
    return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, fields)}`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
