import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import { stringifySetCookie } from "cookie";
import type { Grant } from "./audience-path.ts";
import { PASS_COOKIE, type Pass, type PassKey, signPass } from "./pass.ts";

/** What cookies for the edge are signed with. */
export interface EdgeSigning {
    /** Id of the public key in CloudFront's key group, and the private key that belongs to it (PEM). */
    keyPairId: string;
    privateKey: string;
    passKey: PassKey;
}

/** Where the site stands: `https://spiegel.example.nl`. Over plain http (this machine only) cookies cannot be `Secure`. */
export const isSecure = (baseUrl: string): boolean => baseUrl.startsWith("https:");

const SIGNED_COOKIES = [
    "CloudFront-Policy",
    "CloudFront-Signature",
    "CloudFront-Key-Pair-Id",
    "CloudFront-Hash-Algorithm",
] as const;

/**
 * The cookies that open the pages of one audience until a moment, each bound to the path of that audience. One policy holds one
 * resource, so who reads for two practices gets two sets, and a browser sends each only where it belongs.
 */
export function edgeCookies(
    grant: Grant,
    holder: Pick<Pass, "w" | "s">,
    until: Date,
    site: { baseUrl: string; signing: EdgeSigning },
): string[] {
    const e = Math.floor(until.getTime() / 1000);
    const { keyPairId, privateKey, passKey } = site.signing;
    const policy = JSON.stringify({
        Statement: [{ Resource: `${site.baseUrl}${grant.path}*`, Condition: { DateLessThan: { "AWS:EpochTime": e } } }],
    });
    const signed = getSignedCookies({ policy, keyPairId, privateKey, algorithm: "SHA256" });
    const pass = signPass({ p: grant.path, ...holder, r: grant.kind, e }, passKey);
    return [
        ...SIGNED_COOKIES.map((name): [string, string] => [name, String(signed[name] ?? "")]),
        [PASS_COOKIE, pass],
    ].map(([name = "", value = ""]) => pathCookie(name, value, grant.path, site.baseUrl));
}

/** Takes back all that `edgeCookies` gave for a path. */
export function withoutEdgeCookies(path: string, baseUrl: string): string[] {
    return [...SIGNED_COOKIES, PASS_COOKIE].map((name) => pathCookie(name, "", path, baseUrl, 0));
}

/** Without an age a cookie goes with the browser window; that the edge refuses it earlier is in what was signed. */
function pathCookie(name: string, value: string, path: string, baseUrl: string, maxAge?: number): string {
    return stringifySetCookie(
        { name, value, path, maxAge, httpOnly: true, sameSite: "lax", secure: isSecure(baseUrl) },
        { encode: String },
    );
}
