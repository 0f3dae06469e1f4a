import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { door } from "../../dashboards/access/door.ts";
import { accessPages } from "../../dashboards/access/pages.ts";
import { type AccessSecrets, readEnvironment, readSecrets } from "../access/access-settings.ts";
import { auditLogIn } from "../access/audit-log.ts";
import type { AccessEffects } from "../access/exchange.ts";
import { openIssuer } from "../access/issuer.ts";
import { keyValueStoreFacts } from "../access/key-value-store.ts";
import { readerOf } from "../access/published.ts";
import { S3Store } from "../stores/s3.ts";

/** Secrets are read again after this long, so that a rotation needs no deployment. */
const SECRETS_MS = 5 * 60_000;

let kept: { until: number; effects: Promise<AccessEffects> } | undefined;

/** What the login function needs of the world, in AWS; made once, and anew when the secrets may have been rotated. */
export function accessInCloud(now = Date.now()): Promise<AccessEffects> {
    if (!kept || kept.until < now) {
        const effects = makeEffects();
        kept = { until: now + SECRETS_MS, effects };
        effects.catch(() => {
            kept = undefined;
        });
    }
    return kept.effects;
}

async function makeEffects(): Promise<AccessEffects> {
    const settings = readEnvironment(process.env);
    const [secrets, { assets }] = await Promise.all([secretsIn(settings.ACCESS_SECRET), door()]);
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
        pages: accessPages(assets, settings.ACCESS_MINUTES),
        readerOf: (person) => readerOf(person, site),
        now: () => new Date(),
        report: (error) => process.stderr.write(`${JSON.stringify({ level: "error", problem: nameOf(error) })}\n`),
    };
}

async function secretsIn(SecretId: string): Promise<AccessSecrets> {
    const { SecretString = "" } = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId }));
    return readSecrets(SecretString);
}

/** What went wrong, without what a token or a person said. */
const nameOf = (error: unknown): string =>
    error instanceof Error ? `${error.name} ${"code" in error ? String(error.code) : ""}`.trim() : "onbekend";
