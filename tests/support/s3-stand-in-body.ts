import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";

/** A request that S3 refuses: its word, status and nothing else. */
export class S3Refusal extends Error {
    constructor(
        readonly code: string,
        readonly status: number,
    ) {
        super(code);
    }
}

export const crc32Of = (body: Uint8Array): string => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(crc32(body));
    return four.toString("base64");
};

export const md5Of = (body: Uint8Array): string => createHash("md5").update(body).digest("hex");

/**
 * The object inside a request: taken out of `aws-chunked` framing when it came so, and refused when any checksum that the
 * sender gave (header, trailer or hash in the signature) is not that of the bytes.
 */
export function objectOf(raw: Buffer, headers: IncomingHttpHeaders): Buffer {
    // Amazon's library for Java frames without saying so in the encoding; the kind of signature tells.
    const framed =
        String(headers["content-encoding"] ?? "").includes("aws-chunked") ||
        String(headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
    const { body, trailers } = framed ? unframe(raw) : { body: raw, trailers: new Map<string, string>() };
    const decodedLength = headers["x-amz-decoded-content-length"];
    if (framed && Number(decodedLength) !== body.length) throw new S3Refusal("IncompleteBody", 400);
    const hash = String(headers["x-amz-content-sha256"] ?? "");
    if (/^[0-9a-f]{64}$/.test(hash) && createHash("sha256").update(raw).digest("hex") !== hash)
        throw new S3Refusal("XAmzContentSHA256Mismatch", 400);
    for (const announced of String(headers["x-amz-trailer"] ?? "").split(","))
        if (announced !== "" && !trailers.has(announced)) throw new S3Refusal("MalformedTrailerError", 400);
    const claimed = trailers.get("x-amz-checksum-crc32") ?? headers["x-amz-checksum-crc32"];
    if (claimed !== undefined && claimed !== crc32Of(body)) throw new S3Refusal("BadDigest", 400);
    return body;
}

/** `<size in hex>;...\r\n<bytes>\r\n` and so on, a chunk of size 0, then trailers as header lines. */
function unframe(raw: Buffer): { body: Buffer; trailers: Map<string, string> } {
    const pieces: Buffer[] = [];
    const lineEnd = (from: number): number => {
        const end = raw.indexOf("\r\n", from);
        if (end < 0) throw new S3Refusal("IncompleteBody", 400);
        return end;
    };
    let at = 0;
    for (;;) {
        const end = lineEnd(at);
        const size = Number.parseInt(raw.toString("latin1", at, end), 16);
        if (!Number.isInteger(size)) throw new S3Refusal("InvalidChunkSizeError", 400);
        at = end + 2;
        if (size === 0) break;
        if (at + size + 2 > raw.length) throw new S3Refusal("IncompleteBody", 400);
        pieces.push(raw.subarray(at, at + size));
        at += size + 2;
    }
    const trailers = new Map<string, string>();
    for (const line of raw.toString("latin1", at).split("\r\n")) {
        const [name = "", value = ""] = line.split(/:(.*)/s);
        if (name !== "") trailers.set(name.trim().toLowerCase(), value.trim());
    }
    return { body: Buffer.concat(pieces), trailers };
}
