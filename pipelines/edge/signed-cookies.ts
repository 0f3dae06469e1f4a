import { createVerify, type KeyObject } from "node:crypto";
import { z } from "zod";

/**
 * CloudFront's own check of signed cookies, for the local edge: a custom policy of one statement, signed by a key of the key
 * group (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html).
 * Canned policies are refused here: they open one URL, and we give out none. What the documentation leaves open (a cookie sent
 * twice, an unknown condition) is refused.
 */

export interface SignedRequest {
    /** As the visitor sent it, query included. */
    url: string;
    /** The `Cookie` header. */
    cookies: string;
    at: Date;
    /** The key group: public keys by their id. */
    keys: ReadonlyMap<string, KeyObject>;
}

const policySchema = z.strictObject({
    Statement: z.tuple([
        z.strictObject({
            Resource: z.string().min(1),
            Condition: z.strictObject({
                DateLessThan: z.strictObject({ "AWS:EpochTime": z.number().int() }),
                DateGreaterThan: z.strictObject({ "AWS:EpochTime": z.number().int() }).optional(),
            }),
        }),
    ]),
});

/** CloudFront takes SHA-1 when no cookie names the other (https://aws.amazon.com/about-aws/whats-new/2026/04/amazon-cloudfront-sha-256-signed-urls/). */
const HASHES: ReadonlyMap<string, string> = new Map([
    ["SHA1", "RSA-SHA1"],
    ["SHA256", "RSA-SHA256"],
]);
/** Browsers keep no cookie above 4 KB. */
const LONGEST_VALUE = 4096;

/** Whether CloudFront would let this request pass. Never throws. */
export function hasValidSignedCookies(request: SignedRequest): boolean {
    const policy = single(request.cookies, "CloudFront-Policy");
    const signature = single(request.cookies, "CloudFront-Signature");
    const key = request.keys.get(single(request.cookies, "CloudFront-Key-Pair-Id") ?? "");
    const hash = HASHES.get(single(request.cookies, "CloudFront-Hash-Algorithm", "SHA1") ?? "");
    if (policy === null || signature === null || !key || !hash) return false;
    const text = decode(policy);
    const signed = decode(signature);
    if (text === null || signed === null) return false;
    try {
        if (!createVerify(hash).update(text).verify(key, signed)) return false;
        const { Resource, Condition } = policySchema.parse(JSON.parse(text.toString("utf8"))).Statement[0];
        const now = request.at.getTime() / 1000;
        return (
            now < Condition.DateLessThan["AWS:EpochTime"] &&
            (!Condition.DateGreaterThan || now > Condition.DateGreaterThan["AWS:EpochTime"]) &&
            isMatch(Resource, request.url)
        );
    } catch {
        return false;
    }
}

/** The value of a cookie that was sent exactly once; `absent` when it was not sent, null when twice or too long. */
function single(header: string, name: string, absent: string | null = null): string | null {
    const found = header
        .split(";")
        .map((part) => part.trim())
        .filter((part) => part.slice(0, part.indexOf("=")) === name);
    if (found.length === 0) return absent;
    const value = found[0]?.slice(name.length + 1) ?? "";
    return found.length === 1 && value.length <= LONGEST_VALUE ? value : null;
}

/** CloudFront's base64: `-` for `+`, `_` for `=`, `~` for `/`. */
function decode(text: string): Buffer | null {
    const plain = text.replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/");
    if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return null;
    return Buffer.from(plain, "base64");
}

/** `*` stands for any signs or none, `?` for exactly one. */
export function isMatch(pattern: string, text: string): boolean {
    const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, (sign) =>
        sign === "*" ? "[^]*" : sign === "?" ? "[^]" : `\\${sign}`,
    );
    return new RegExp(`^${source}$`).test(text);
}
