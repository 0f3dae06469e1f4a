// What every entry point of AWS shares: a lake from the environment, logs and figures without values, a clean disk.
import { readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Context } from "aws-lambda";
import type { z } from "zod";
import { setting } from "./handler/setting.ts";
import { type Lake, openLake } from "./lake.ts";

/** Keeps names, counts and sentences; events and answers are never logged. */
export const logger = new Logger();
export const metrics = new Metrics();
const tracer = new Tracer();

/** One figure for alarms and the dashboard. */
export const count = (name: string, value = 1): void => {
    metrics.addMetric(name, MetricUnit.Count, value);
};

/**
 * An entry point: the event is parsed at the door, the story told in a trace of its own, and nothing of it stays on the
 * disk of a function that AWS may keep for the next event.
 */
export function entry<Event, Answer>(
    event: z.ZodType<Event>,
    story: (event: Event, context: Context) => Promise<Answer>,
): (raw: unknown, context: Context) => Promise<Answer> {
    return async (raw, context) => {
        logger.addContext(context);
        metrics.captureColdStartMetric(context.functionName);
        const segment = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
        const own = segment?.addNewSubsegment(`## ${context.functionName}`);
        try {
            await clearDisk();
            return await story(event.parse(raw), context);
        } catch (error) {
            logger.error(error instanceof Error ? error.message : "fout");
            own?.addErrorFlag();
            throw error;
        } finally {
            await clearDisk();
            own?.close();
            if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
        }
    };
}

/** The lake of this environment. */
export const cloudLake = (): Lake => openLake(setting("REGIOSPIEGEL_MEER"));

let key: Promise<void> | undefined;

/** The same for what needs the key of the pseudonyms: fetched once, kept where only this process can read it. */
export async function cloudLakeWithKey(): Promise<Lake> {
    key ??= fetchKey();
    await key.catch((error: unknown) => {
        key = undefined;
        throw error;
    });
    return cloudLake();
}

async function fetchKey(): Promise<void> {
    const wanted = { SecretId: setting("REGIOSPIEGEL_SLEUTELGEHEIM") };
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand(wanted));
    const path = join(tmpdir(), "sleutel-van-pseudoniemen");
    await rm(path, { force: true });
    await writeFile(path, `${SecretString}\n`, { mode: 0o600, flag: "wx" });
    process.env.REGIOSPIEGEL_SLEUTEL = path;
}

/** A function runs one event at a time, so whatever a story left behind is nobody's: also of a run that was killed. */
async function clearDisk(): Promise<void> {
    for (const name of await readdir(tmpdir()))
        if (name.startsWith("regiospiegel-")) await rm(join(tmpdir(), name), { recursive: true, force: true });
}
