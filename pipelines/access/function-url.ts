import type { AccessRequest, AccessResponse } from "./exchange.ts";

/** A Lambda function URL (payload 2.0) as the login function looks at it. */
export interface FunctionUrlEvent {
    rawPath: string;
    rawQueryString: string;
    cookies?: string[];
    headers: Record<string, string | undefined>;
    requestContext: { http: { method: string; sourceIp: string } };
}

export interface FunctionUrlAnswer {
    statusCode: number;
    headers: Record<string, string>;
    cookies: string[];
    body: string;
}

/** CloudFront tells who is behind it (`203.0.113.7:46532`); without that header nobody else may claim to be somebody. */
export function fromFunctionUrl(event: FunctionUrlEvent): AccessRequest {
    const viewer = event.headers["cloudfront-viewer-address"];
    return {
        path: event.rawPath,
        query: new URLSearchParams(event.rawQueryString),
        cookies: (event.cookies ?? []).join("; "),
        fetchSite: event.headers["sec-fetch-site"] ?? null,
        from: viewer ? viewer.replace(/:\d+$/, "") : event.requestContext.http.sourceIp,
    };
}

export function toFunctionUrl({ status, headers, cookies, body }: AccessResponse): FunctionUrlAnswer {
    return { statusCode: status, headers, cookies, body };
}
