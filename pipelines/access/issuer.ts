import {
    allowInsecureRequests,
    authorizationCodeGrant,
    buildAuthorizationUrl,
    buildEndSessionUrl,
    type Configuration,
    calculatePKCECodeChallenge,
    discovery,
    enableNonRepudiationChecks,
    randomNonce,
    randomPKCECodeVerifier,
    randomState,
    refreshTokenGrant,
} from "openid-client";
import { type Person, personOf } from "./claims.ts";
import type { Tokens } from "./session.ts";
import type { SignInAttempt } from "./sign-in-attempt.ts";

/** The login service (OpenID Connect): Cognito, an organisation's own, or the demo's. */
export interface IssuerSettings {
    issuer: string;
    clientId: string;
    clientSecret: string;
    /** The claim that lists a person's audiences. */
    claim: string;
    scope: string;
}

export interface Identified {
    person: Person;
    tokens: Tokens;
}

export interface Issuer {
    /** Where to send the visitor, and what must be remembered until they return. */
    begin(
        callback: string,
    ): Promise<{ url: string; state: string; attempt: Omit<SignInAttempt, "page" | "browser" | "expires"> }>;
    /** Who came back. Throws when the answer is not of this login service, not for us, or not for this attempt. */
    finish(returned: URL, state: string, attempt: SignInAttempt): Promise<Identified>;
    /** Asks anew who somebody is; null when the login service no longer vouches for them or cannot say so without them. */
    askAgain(person: Person, tokens: Tokens): Promise<Identified | null>;
    /** Where to log out of the login service too; null when it has no such address. */
    signOutUrl(idToken: string, after: string): Promise<string | null>;
}

/** Talks to a login service. Its addresses and keys are looked up when first needed, and kept. */
export function openIssuer(settings: IssuerSettings): Issuer {
    let found: Promise<Configuration> | undefined;
    const configuration = (): Promise<Configuration> => {
        found ??= discover(settings).catch((error: unknown) => {
            found = undefined;
            throw error;
        });
        return found;
    };
    return {
        async begin(callback) {
            const config = await configuration();
            const attempt = { verifier: randomPKCECodeVerifier(), nonce: randomNonce() };
            const state = randomState();
            const url = buildAuthorizationUrl(config, {
                redirect_uri: callback,
                scope: settings.scope,
                code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
                code_challenge_method: "S256",
                nonce: attempt.nonce,
                state,
            });
            return { url: url.href, state, attempt };
        },
        async finish(returned, state, { verifier, nonce }) {
            const answer = await authorizationCodeGrant(await configuration(), returned, {
                expectedState: state,
                expectedNonce: nonce,
                pkceCodeVerifier: verifier,
                idTokenExpected: true,
            });
            return {
                person: personOf(answer.claims(), settings.claim),
                tokens: { idToken: answer.id_token ?? "", refreshToken: answer.refresh_token ?? null },
            };
        },
        async askAgain(person, tokens) {
            if (tokens.refreshToken === null) return null;
            const answer = await refreshTokenGrant(await configuration(), tokens.refreshToken).catch(nullWhenRefused);
            const claims = answer?.claims();
            if (!answer || !claims || claims.sub !== person.subject) return null;
            return {
                person: personOf(claims, settings.claim),
                tokens: {
                    idToken: answer.id_token ?? tokens.idToken,
                    refreshToken: answer.refresh_token ?? tokens.refreshToken,
                },
            };
        },
        async signOutUrl(idToken, after) {
            const config = await configuration();
            if (!config.serverMetadata().end_session_endpoint) return null;
            return buildEndSessionUrl(config, {
                id_token_hint: idToken,
                post_logout_redirect_uri: after,
                // Cognito's own name for the same address; others do not look at it.
                logout_uri: after,
            }).href;
        },
    };
}

/** `invalid_grant` and its kin are an answer; that nobody answered is a failure. */
function nullWhenRefused(error: unknown): null {
    if (error instanceof Error && error.name === "ResponseBodyError") return null;
    throw error;
}

function discover({ issuer, clientId, clientSecret }: IssuerSettings): Promise<Configuration> {
    const url = new URL(issuer);
    const isHere = url.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname);
    return discovery(url, clientId, clientSecret, undefined, {
        // An ID token is checked by its signature too, not only because it came over TLS.
        execute: [enableNonRepudiationChecks, ...(isHere ? [allowInsecureRequests] : [])],
        timeout: 10,
    });
}
