import { z } from "zod";
import { setting } from "../handler/setting.ts";
import { cloudLake, count, entry } from "../handler.ts";
import { latePractices } from "../lake/overview.ts";
import { readRelease } from "../lake.ts";

/** Once a day: which practices have not delivered for too long. Their numbers stand in the overview, not in the log. */
export const handler = entry(z.object({}), async () => {
    const view = await readRelease(cloudLake());
    const days = Number(setting("REGIOSPIEGEL_DAGEN_ZONDER_LEVERING"));
    const late = view ? latePractices(view, new Date().toISOString().slice(0, 10), days) : [];
    count("praktijken_te_laat", late.length);
    return { late: late.length };
});
