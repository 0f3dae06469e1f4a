// What the functions at the door need of the world, in AWS.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
    type AccessSecrets,
    readEnvironment,
    readRevocationEnvironment,
    readSecrets,
} from "../access/access-settings.ts";
import { auditLogIn } from "../access/audit-log.ts";
import type { AccessEffects, AccessPages } from "../access/exchange.ts";
import { openIssuer } from "../access/issuer.ts";
import { keyValueStoreFacts } from "../access/key-value-store.ts";
import { readerOf } from "../access/published.ts";
import type { RevocationEffects } from "../access/revocation.ts";
import { S3Store } from "../stores/s3.ts";

/** Secrets are read again after this long, so that a rotation needs no deployment. */
const SECRETS_MS = 5 * 60_000;

let kept: { until: number; effects: Promise<AccessEffects> } | undefined;

/** Makes the pages at the door, for who stays in so many minutes. */
export type MakePages = (minutes: number) => Promise<AccessPages>;

/** What the login function needs of the world, in AWS; made once, and anew when the secrets may have been rotated. */
export function accessInCloud(makePages: MakePages, now = Date.now()): Promise<AccessEffects> {
    if (!kept || kept.until < now) {
        const effects = makeEffects(makePages);
        kept = { until: now + SECRETS_MS, effects };
        effects.catch(() => {
            kept = undefined;
        });
    }
    return kept.effects;
}

async function makeEffects(makePages: MakePages): Promise<AccessEffects> {
    const settings = readEnvironment(process.env);
    const [secrets, pages] = await Promise.all([secretsIn(settings.ACCESS_SECRET), makePages(settings.ACCESS_MINUTES)]);
    const { clientSecret, ...signing } = secrets;
    const store = new S3Store(settings.ACCESS_STORE);
    const site = new S3Store(settings.SITE_STORE);
    return {
        baseUrl: settings.BASE_URL,
        minutes: settings.ACCESS_MINUTES,
        signing,
        issuer: openIssuer({
            issuer: settings.OIDC_ISSUER,
            clientId: settings.OIDC_CLIENT_ID,
            clientSecret,
            claim: settings.OIDC_CLAIM,
            scope: settings.OIDC_SCOPE,
        }),
        store,
        facts: keyValueStoreFacts(settings.EDGE_FACTS),
        audit: auditLogIn(store),
        pages,
        readerOf: (person) => readerOf(person, site),
        now: () => new Date(),
        report: (error) => process.stderr.write(`${JSON.stringify({ level: "error", problem: nameOf(error) })}\n`),
    };
}

/** What turning somebody away needs: no secret, and none of the pages. */
export function revocationInCloud(): RevocationEffects {
    const settings = readRevocationEnvironment(process.env);
    const store = new S3Store(settings.ACCESS_STORE);
    return { store, facts: keyValueStoreFacts(settings.EDGE_FACTS), audit: auditLogIn(store), now: () => new Date() };
}

async function secretsIn(SecretId: string): Promise<AccessSecrets> {
    const { SecretString = "" } = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId }));
    return readSecrets(SecretString);
}

/** What went wrong, without what a token or a person said. */
const nameOf = (error: unknown): string =>
    error instanceof Error ? `${error.name} ${"code" in error ? String(error.code) : ""}`.trim() : "onbekend";
