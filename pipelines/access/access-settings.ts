import { z } from "zod";

/**
 * What an installation must say about access. Secrets come as one JSON text, so that they are rotated together with what they
 * belong to: a new key pair gets its public half into CloudFront's key group, a new pass key into the edge's facts, and only then
 * this text is changed. Old halves leave when the last cookie signed with them has expired.
 */

export const secretsSchema = z.strictObject({
    /** Of the login service, for its client. */
    clientSecret: z.string().min(16),
    /** Id of the public key in CloudFront, and the private key that belongs to it (PEM, RSA 2048). */
    keyPairId: z.string().min(1),
    privateKey: z.string().includes("PRIVATE KEY"),
    /** The edge knows the secret as fact `sleutel.<id>`. */
    passKey: z.strictObject({ id: z.string().regex(/^[a-z0-9]{1,16}$/), secret: z.string().min(32) }),
});
export type AccessSecrets = z.infer<typeof secretsSchema>;

export const environmentSchema = z.object({
    /** `https://spiegel.example.nl`, as visitors type it. */
    BASE_URL: z
        .url({ protocol: /^https$/ })
        .refine((url) => new URL(url).origin === url, "zonder pad of streep erachter"),
    OIDC_ISSUER: z.url({ protocol: /^https$/ }),
    OIDC_CLIENT_ID: z.string().min(1),
    /** The claim that lists audiences: `cognito:groups`, `groups`, `roles`. */
    OIDC_CLAIM: z.string().min(1),
    /** Cognito gives a refresh token with `openid`; others want `openid offline_access`. */
    OIDC_SCOPE: z.string().default("openid profile"),
    /** How long cookies open a page. */
    ACCESS_MINUTES: z.coerce.number().int().min(15).max(60).default(30),
    /** Where sessions and the log are kept, and where the publications lie: `s3://bucket/prefix`. */
    ACCESS_STORE: z.string().startsWith("s3://"),
    SITE_STORE: z.string().startsWith("s3://"),
    /** Secrets Manager, with the text of `secretsSchema`. */
    ACCESS_SECRET: z.string().min(1),
    /** CloudFront's key value store. */
    EDGE_FACTS: z.string().startsWith("arn:"),
});
export type AccessEnvironment = z.infer<typeof environmentSchema>;

/** The settings of this process; throws one sentence that names what is missing or wrong, without its value. */
export function readEnvironment(environment: Record<string, string | undefined>): AccessEnvironment {
    const read = environmentSchema.safeParse(environment);
    if (read.success) return read.data;
    const { path, message } = read.error.issues[0] ?? { path: [], message: "onbekend" };
    throw new Error(`Instelling ${path.join(".")} van de inlogfunctie klopt niet: ${message}.`);
}

/** Secrets as they were stored; the error names the field, never its content. */
export function readSecrets(text: string): AccessSecrets {
    let json: unknown;
    try {
        json = JSON.parse(text);
    } catch {
        throw new Error("Geheimen van de inlogfunctie: verwacht JSON.");
    }
    const read = secretsSchema.safeParse(json);
    if (read.success) return read.data;
    throw new Error(
        `Geheimen van de inlogfunctie: veld ${read.error.issues[0]?.path.join(".") ?? ""} ontbreekt of klopt niet.`,
    );
}
