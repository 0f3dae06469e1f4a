import { serve } from "../../dashboards/serve.ts";

interface ServeFlags {
    site: string;
    port: number;
}

/** `regiospiegel serve`: until it is stopped. */
export async function serveSite(flags: ServeFlags): Promise<number> {
    const served = await serve(flags);
    process.stdout.write(`De pagina's staan op ${served.url} (stop met Ctrl+C).\n`);
    await new Promise<void>((resolve) => {
        process.once("SIGINT", resolve);
        process.once("SIGTERM", resolve);
    });
    await served.close();
    return 0;
}
