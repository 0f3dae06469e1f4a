import { z } from "zod";
import { setting } from "../handler/setting.ts";
import { cloudLake, count, entry, logger } from "../handler.ts";
import { refresh } from "../refresh.ts";

/** After the map: results, found by content, become marts. */
export const handler = entry(z.object({}), async () => {
    const report = await refresh(cloudLake(), { from: setting("REGIOSPIEGEL_VANAF") });
    logger.info(`Marts ${report.refresh} van uitgave ${report.release}.`);
    count("hergebruikt", report.reused);
    return report;
});
