import { createHash } from "node:crypto";
import { z } from "zod";
import { setting } from "../handler/setting.ts";
import { cloudLake, count, entry } from "../handler.ts";
import { parseS3Location } from "../lake/s3-location.ts";
import { KEYS } from "../lake.ts";
import { planRefresh } from "../refresh.ts";

/** Writes which practices must be computed, in tasks, for the map that reads them. */
export const handler = entry(z.object({}), async () => {
    const lake = cloudLake();
    const tasks = await planRefresh(
        lake,
        { from: setting("REGIOSPIEGEL_VANAF") },
        Number(setting("REGIOSPIEGEL_RIJEN_PER_TAAK")),
    );
    const text = JSON.stringify(tasks);
    const key = `${KEYS.tasks}${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`;
    await lake.store.put(key, Buffer.from(text));
    const { bucket, prefix } = parseS3Location(lake.location);
    count("te_rekenen_praktijken", tasks.flatMap(({ practices }) => practices).length);
    return { bucket, key: prefix === "" ? key : `${prefix}/${key}`, batches: tasks.length };
});
