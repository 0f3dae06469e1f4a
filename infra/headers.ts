import { Duration } from "aws-cdk-lib";
import { type HeadersFrameOption, type HeadersReferrerPolicy, ResponseHeadersPolicy } from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { SECURITY_HEADERS } from "../pipelines/edge/security-headers.ts";

/** Headers that CloudFront sets in words of its own; the others go as they are. */
const OWN_WORDS = new Set([
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
]);

/** What every answer of the edge carries: the headers that are sent here too, and how long a browser may keep it. */
export function headersPolicy(scope: Construct, id: string, comment: string, cacheControl: string) {
    const others = Object.entries(SECURITY_HEADERS).filter(([header]) => !OWN_WORDS.has(header));
    return new ResponseHeadersPolicy(scope, id, {
        comment,
        securityHeadersBehavior: {
            contentSecurityPolicy: { contentSecurityPolicy: said("Content-Security-Policy"), override: true },
            contentTypeOptions: { override: true },
            frameOptions: { frameOption: said("X-Frame-Options") as HeadersFrameOption, override: true },
            referrerPolicy: { referrerPolicy: said("Referrer-Policy") as HeadersReferrerPolicy, override: true },
            strictTransportSecurity: {
                accessControlMaxAge: Duration.seconds(Number(/max-age=(\d+)/.exec(said(HSTS))?.[1])),
                includeSubdomains: said(HSTS).includes("includeSubDomains"),
                override: true,
            },
        },
        customHeadersBehavior: {
            customHeaders: [...others, ["Cache-Control", cacheControl] as const].map(([header, value]) => ({
                header,
                value,
                override: true,
            })),
        },
    });
}

const HSTS = "Strict-Transport-Security";
const said = (header: string): string => SECURITY_HEADERS[header] ?? "";
