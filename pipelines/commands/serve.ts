import { accountsPage, closedChoicePage, lateChoicePage } from "../../dashboards/access/accounts.ts";
import { door } from "../../dashboards/access/door.ts";
import { accessPages } from "../../dashboards/access/pages.ts";
import type { DemoAccount } from "../edge/demo-accounts.ts";
import { type LocalSite, type LocalSiteOptions, MINUTES, serveLocally } from "../edge/local-site.ts";

interface ServeFlags {
    site: string;
    port: number;
    open?: boolean;
}

/** `regiospiegel serve`: until it is stopped. */
export async function serveSite(flags: ServeFlags): Promise<number> {
    const served = await openSite(flags);
    process.stdout.write(flags.open ? openSentence(served) : loginSentence(served, await served.accounts()));
    await new Promise<void>((resolve) => {
        process.once("SIGINT", resolve);
        process.once("SIGTERM", resolve);
    });
    await served.close();
    return 0;
}

/** The site with the pages at its door: here they meet. */
export async function openSite(
    flags: ServeFlags & Pick<LocalSiteOptions, "now" | "minutes" | "issuer">,
): Promise<LocalSite> {
    const { assets, files } = await door();
    return serveLocally({
        ...flags,
        pages: accessPages(assets, flags.minutes ?? MINUTES),
        accountPages: {
            accounts: (accounts) => accountsPage(assets, accounts),
            closed: () => closedChoicePage(assets),
            late: () => lateChoicePage(assets),
        },
        door: files,
        report: (error) =>
            process.stderr.write(`Inloggen: ${error instanceof Error ? error.message : String(error)}\n`),
    });
}

const openSentence = ({ baseUrl }: LocalSite): string =>
    `De pagina's staan zonder inloggen open op ${baseUrl}/, alleen op deze computer (stop met Ctrl+C).\n`;

/** More accounts of one kind than this are counted, not named. */
const NAMED = 3;

function loginSentence({ entrance }: LocalSite, accounts: DemoAccount[]): string {
    const kinds = [...new Set(accounts.map(({ kind }) => kind))];
    const lines = kinds.map((kind) => {
        const of = accounts.filter((account) => account.kind === kind);
        const more = of.length > NAMED ? ` en nog ${of.length - NAMED}` : "";
        const named = of.slice(0, NAMED).map(({ id, title }) => `${title} (${id})`);
        return `  ${(kind ?? "meer rollen").padEnd(12)} ${named.join(", ")}${more}\n`;
    });
    return `Log in op ${entrance} als een van deze accounts (stop met Ctrl+C):\n${lines.join("")}`;
}
