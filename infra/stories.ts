import type { LakeStack } from "./lake.ts";
import { SEALED } from "./lake.ts";

/** Where the stories find the lake, what comes in, and the key: the same words as on a laptop. */
export const storyEnvironment = ({ lake, incoming, pseudonyms }: LakeStack): Record<string, string> => ({
    REGIOSPIEGEL_MEER: `s3://${lake.name}`,
    REGIOSPIEGEL_INKOMEND: `s3://${incoming.name}/${SEALED.slice(0, -1)}`,
    REGIOSPIEGEL_SLEUTELGEHEIM: pseudonyms.secretArn,
});
