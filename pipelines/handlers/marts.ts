import { z } from "zod";
import { cloudLake, count, entry, logger } from "../handler.ts";
import { refresh } from "../refresh.ts";

/** After the map: results, found by content, become marts. */
export const handler = entry(z.object({}), async () => {
    const report = await refresh(cloudLake(), {});
    logger.info(`Marts ${report.refresh} van uitgave ${report.release}.`);
    count("hergebruikt", report.reused);
    return report;
});
