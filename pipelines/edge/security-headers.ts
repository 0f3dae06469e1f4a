/** Sent with every answer of the edge. Pages bring everything themselves: nothing of anybody else is loaded, framed or sent. */
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

/** Pages and downloads: a browser shows them again only after asking again, so that logging out leaves nothing behind. */
export const NOT_KEPT = "private, no-store";
/** Only what is named after its content and has no figure in it. */
export const KEPT = "public, max-age=31536000, immutable";

/** Stylesheets and scripts with a hash in their name. */
export function isHashedAsset(path: string): boolean {
    return /^\/(?:assets|deur)\/[^/]+\.[0-9a-f]{8,}\.[a-z]+$/.test(path);
}
