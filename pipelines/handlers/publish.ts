import { z } from "zod";
import { renderSite, siteFingerprint } from "../../dashboards/site.ts";
import { leadTo, NOTHING } from "../handler/pointer.ts";
import { setting } from "../handler/setting.ts";
import { cloudLakeWithKey, count, entry } from "../handler.ts";
import { openSite } from "../publish/site.ts";
import { removePublication } from "../publish/site-store.ts";
import { publish } from "../publish.ts";
import { S3Store } from "../stores/s3.ts";

const publication = z.string().regex(/^[0-9a-f]{16}$/);
const WANTED = z.discriminatedUnion("do", [
    z.object({ do: z.literal("publish") }),
    z.object({ do: z.literal("point"), publication }),
    z.object({ do: z.literal("hide") }),
    z.object({ do: z.literal("remove"), publication }),
]);

/** Makes and shows a publication; or shows an earlier one, shows none, or removes one in every version. */
export const handler = entry(WANTED, async (wanted) => {
    const site = setting("REGIOSPIEGEL_SITE");
    if (wanted.do === "hide") return leadTo(NOTHING).then(() => ({ live: null }));
    if (wanted.do === "remove") return { removed: await removePublication(new S3Store(site), wanted.publication) };
    if (wanted.do === "point") return show(site, wanted.publication);
    const fingerprint = { render: renderSite, pagesFingerprint: await siteFingerprint() };
    const report = await publish({ lake: await cloudLakeWithKey(), site, ...fingerprint }).catch((error: unknown) => {
        count("publicatie_niet_gemaakt");
        throw error;
    });
    await leadTo(report.publication);
    count("publicatie");
    return { live: report.publication, reused: report.reused, pages: report.pages, audiences: report.audiences };
});

async function show(location: string, wanted: string): Promise<{ live: string }> {
    const site = openSite(location);
    if ((await site.readMarker(wanted)) === null)
        throw new Error(`Publicatie ${wanted} staat niet meer in ${location}; kies een andere.`);
    await site.pointAt(wanted);
    await leadTo(wanted);
    return { live: wanted };
}
