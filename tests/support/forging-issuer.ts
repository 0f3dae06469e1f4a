import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** A login service that says whatever a test wants it to say. */
export interface ForgingIssuer {
    url: string;
    clientSecret: string;
    /** What the token endpoint answers; the test sets it per case. */
    tokens: (issuer: ForgingIssuer) => Promise<Record<string, unknown>>;
    /** Of the newest login that was begun here. */
    nonce: string;
    /** An ID token as this issuer would rightly sign it. */
    sign(claims: JWTPayload): Promise<string>;
    close(): Promise<void>;
}

export async function startForgingIssuer(): Promise<ForgingIssuer> {
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const jwk = { ...(await exportJWK(publicKey)), kid: "echt", alg: "RS256", use: "sig" };
    const server = createServer(async (request, response) => {
        response.setHeader("content-type", "application/json");
        if (request.url === "/.well-known/openid-configuration")
            return response.end(
                JSON.stringify({
                    issuer: issuer.url,
                    authorization_endpoint: `${issuer.url}/auth`,
                    token_endpoint: `${issuer.url}/token`,
                    jwks_uri: `${issuer.url}/jwks`,
                    response_types_supported: ["code"],
                    subject_types_supported: ["public"],
                    id_token_signing_alg_values_supported: ["RS256"],
                }),
            );
        if (request.url?.startsWith("/auth?")) {
            // Everybody who comes is vouched for at once, as where somebody is logged in already.
            const asked = new URL(request.url, issuer.url).searchParams;
            issuer.nonce = asked.get("nonce") ?? "";
            response.statusCode = 303;
            response.setHeader("location", `${asked.get("redirect_uri")}?code=abc&state=${asked.get("state")}`);
            return response.end();
        }
        if (request.url === "/jwks") return response.end(JSON.stringify({ keys: [jwk] }));
        if (request.url === "/token") {
            const answer = await issuer.tokens(issuer);
            response.statusCode = "error" in answer ? 400 : 200;
            return response.end(JSON.stringify(answer));
        }
        response.statusCode = 404;
        return response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const issuer: ForgingIssuer = {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        clientSecret: "geheim-van-de-client-0123456789abcdef",
        tokens: async () => ({}),
        nonce: "",
        sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "echt" }).sign(privateKey),
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
    return issuer;
}
