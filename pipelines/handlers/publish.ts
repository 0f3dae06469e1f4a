import { z } from "zod";
import { renderSite, siteFingerprint } from "../../dashboards/site.ts";
import { redefinedSince } from "../changes/since-publication.ts";
import { definitionLines } from "../changes/words.ts";
import { leadTo, NOTHING } from "../handler/pointer.ts";
import { setting } from "../handler/setting.ts";
import { cloudLakeWithKey, count, entry } from "../handler.ts";
import { currentMarts } from "../publish/read-marts.ts";
import { openSite } from "../publish/site.ts";
import { removePublication } from "../publish/site-store.ts";
import { DefinitionsNotAccepted, publish } from "../publish.ts";
import { S3Store } from "../stores/s3.ts";

const publication = z.string().regex(/^[0-9a-f]{16}$/);
const WANTED = z.discriminatedUnion("do", [
    /** `accept`: the mark of the report on new definitions, from who read it. */
    z.object({ do: z.literal("publish"), accept: z.string().optional() }),
    z.object({ do: z.literal("definitions") }),
    z.object({ do: z.literal("point"), publication }),
    z.object({ do: z.literal("hide") }),
    z.object({ do: z.literal("remove"), publication }),
]);

/** Makes and shows a publication, or tells what new definitions would do; or shows an earlier one, none, or removes one whole. */
export const handler = entry(WANTED, async (wanted) => {
    const site = setting("REGIOSPIEGEL_SITE");
    if (wanted.do === "hide") return leadTo(NOTHING).then(() => ({ live: null }));
    if (wanted.do === "remove") return { removed: await removePublication(new S3Store(site), wanted.publication) };
    if (wanted.do === "point") return show(site, wanted.publication);
    const lake = await cloudLakeWithKey();
    if (wanted.do === "definitions") {
        const report = await redefinedSince(lake, await currentMarts(lake));
        return { mark: report?.mark ?? null, report: report ? definitionLines(report) : [] };
    }
    const pages = { render: renderSite, pagesFingerprint: await siteFingerprint() };
    const report = await publish({ lake, site, ...pages, acceptDefinitions: wanted.accept }).catch((error: unknown) => {
        count("publicatie_niet_gemaakt");
        throw error instanceof DefinitionsNotAccepted ? new Error(howToAccept(error)) : error;
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

/** The command line shows the report above the refusal; here somebody asks for it. */
const howToAccept = ({ report }: DefinitionsNotAccepted): string =>
    `Nieuwe definities veranderen gepubliceerde cijfers van ${report.moved.length} indicatoren en er is niets gepubliceerd; vraag {"do":"definitions"} en publiceer daarna met {"do":"publish","accept":"${report.mark}"}.`;
