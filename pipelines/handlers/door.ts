import { door } from "../../dashboards/access/door.ts";
import { answerDeployment, DEPLOYMENT } from "../handler/deployment.ts";
import { setting } from "../handler/setting.ts";
import { entry } from "../handler.ts";
import { S3Store } from "../stores/s3.ts";

/** With every deployment: what stands at the door, beside the publications, because it goes with the code. */
export const handler = entry(DEPLOYMENT, (asked) =>
    answerDeployment(asked, async () => {
        const site = new S3Store(setting("REGIOSPIEGEL_SITE"));
        for (const [path, text] of (await door()).files) await site.put(path.slice(1), Buffer.from(text));
    }),
);
