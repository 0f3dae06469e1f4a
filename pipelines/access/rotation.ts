import { createPublicKey, generateKeyPair, randomBytes, sign, verify } from "node:crypto";
import { promisify } from "node:util";
import { type AccessSecrets, readSecrets } from "./access-settings.ts";
import type { EdgeFacts } from "./edge-facts.ts";

/**
 * Replaces what cookies and passes are signed with, so that no person ever holds it. The old keys go on opening what they
 * signed until the next rotation; of keys that leaked two rotations are rid. The steps are those of Secrets Manager, which
 * repeats a step that failed: each may be done again.
 */
export const ROTATION_STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
export type RotationStep = (typeof ROTATION_STEPS)[number];

export interface RotationEffects {
    secret: {
        /** The secret in use, as text; before the first rotation it is no set of keys. */
        current(): Promise<string>;
        /** What this rotation made; null when it made nothing yet. */
        pending(): Promise<string | null>;
        keepPending(text: string): Promise<void>;
        /** From now on the login function signs with what was pending. */
        makeCurrent(): Promise<void>;
    };
    /** What the login service knows us by; null when that stands in the secret and nowhere else. */
    clientSecret(): Promise<string | null>;
    /** Public keys (PEM) that rotations made, by the id that CloudFront gave them. */
    publicKeys: {
        add(pem: string): Promise<string>;
        read(id: string): Promise<string>;
        list(): Promise<string[]>;
        remove(id: string): Promise<void>;
    };
    /** Ids of the keys that CloudFront trusts. */
    trusted: { read(): Promise<string[]>; write(ids: string[]): Promise<void> };
    facts: EdgeFacts;
    /** Waits until every edge has heard. */
    settle(): Promise<void>;
}

const factOf = (id: string): string => `sleutel.${id}`;

/** Does one step. Throws one sentence, without anything of a key, when the step cannot be done. */
export async function rotate(step: RotationStep, effects: RotationEffects): Promise<void> {
    const { secret, publicKeys, trusted, facts } = effects;
    const before = keysIn(await secret.current());
    if (step === "createSecret") {
        if ((await secret.pending()) === null) await secret.keepPending(JSON.stringify(await newSecrets(effects)));
        return;
    }
    const text = await secret.pending();
    if (text === null) throw new Error("Deze vernieuwing heeft nog geen sleutels gemaakt; begin haar opnieuw.");
    const fresh = readSecrets(text);
    // In use already: what is left over of the one before that goes with the next rotation.
    if (before?.keyPairId === fresh.keyPairId) return;
    const kept = [fresh, ...(before ? [before] : [])];
    if (step === "setSecret") {
        await trusted.write(kept.map(({ keyPairId }) => keyPairId));
        await facts.set(factOf(fresh.passKey.id), fresh.passKey.secret);
        return;
    }
    if (step === "testSecret") {
        await checkTrusted(fresh, effects);
        await effects.settle();
        return;
    }
    await secret.makeCurrent();
    // In the group still are this one and the one before; whatever else rotations made is nobody's.
    const inUse = new Set(await trusted.read());
    for (const id of await publicKeys.list()) if (!inUse.has(id)) await publicKeys.remove(id);
    const passKeys = new Set(kept.map(({ passKey }) => factOf(passKey.id)));
    for (const name of (await facts.list()).keys())
        if (name.startsWith(factOf("")) && !passKeys.has(name)) await facts.remove(name);
}

function keysIn(text: string): AccessSecrets | null {
    try {
        return readSecrets(text);
    } catch {
        return null;
    }
}

/** A new pair and a new pass key. Only the public half is known to anybody but the secret. */
async function newSecrets({ secret, publicKeys, ...effects }: RotationEffects): Promise<AccessSecrets> {
    const clientSecret = (await effects.clientSecret()) ?? clientSecretIn(await secret.current());
    const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", {
        modulusLength: 2048,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const passKey = { id: randomBytes(4).toString("hex"), secret: randomBytes(32).toString("base64url") };
    return { clientSecret, keyPairId: await publicKeys.add(publicKey), privateKey, passKey };
}

function clientSecretIn(text: string): string {
    const { clientSecret } = objectIn(text);
    if (typeof clientSecret === "string") return clientSecret;
    throw new Error('Het geheim van de inlogfunctie heeft nog geen clientgeheim; zet er {"clientSecret":"…"} in.');
}

function objectIn(text: string): { clientSecret?: unknown } {
    try {
        return Object(JSON.parse(text));
    } catch {
        return {};
    }
}

/** What the new secret signs must be what CloudFront and the function at the edge will accept. */
async function checkTrusted(
    { keyPairId, privateKey, passKey }: AccessSecrets,
    effects: RotationEffects,
): Promise<void> {
    const message = Buffer.from("proef");
    const publicKey = createPublicKey(await effects.publicKeys.read(keyPairId));
    const opens = verify("sha256", message, publicKey, sign("sha256", message, privateKey));
    if (!opens || !(await effects.trusted.read()).includes(keyPairId))
        throw new Error(`CloudFront vertrouwt sleutel ${keyPairId} niet; de oude blijft in gebruik.`);
    if ((await effects.facts.list()).get(factOf(passKey.id)) !== passKey.secret)
        throw new Error(`De rand kent sleutel ${passKey.id} van de passen niet; de oude blijft in gebruik.`);
}
