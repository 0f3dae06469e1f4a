import { z } from "zod";
import { athena } from "../engines/athena.ts";
import { setting } from "../handler/setting.ts";
import { cloudLake, count, entry, logger } from "../handler.ts";
import { refresh } from "../refresh.ts";

/** After the map: results, found by content, become marts; by Athena where the deployment says so. */
export const handler = entry(z.object({}), async () => {
    const engine = process.env.REGIOSPIEGEL_REKENT === "athena" ? { engine: athena() } : {};
    const report = await refresh(cloudLake(), { from: setting("REGIOSPIEGEL_VANAF") }, engine);
    logger.info(`Marts ${report.refresh} van uitgave ${report.release}.`);
    count("hergebruikt", report.reused);
    return report;
});
