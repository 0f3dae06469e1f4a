import { z } from "zod";
import { ROTATION_STEPS, rotate } from "../access/rotation.ts";
import { rotationInCloud } from "../handler/rotation-in-cloud.ts";
import { entry } from "../handler.ts";

const EVENT = z.object({ Step: z.enum(ROTATION_STEPS), SecretId: z.string(), ClientRequestToken: z.string() });

/** Secrets Manager asks, step by step, for other keys to sign cookies and passes with. */
export const handler = entry(EVENT, ({ Step, SecretId, ClientRequestToken }) =>
    rotate(Step, rotationInCloud(SecretId, ClientRequestToken)),
);
