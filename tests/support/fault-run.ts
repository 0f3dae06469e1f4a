// One or more stories in a process of their own, as a test may want to kill it: STORIES LAKE SITE [DELIVERY...]
import "./fault-writes.ts";

const [stories = "", lakePath = "", site = "", ...deliveries] = process.argv.slice(2);

async function run(): Promise<void> {
    const { openLake } = await import("../../pipelines/lake.ts");
    const lake = openLake(lakePath);
    for (const story of stories.split(",")) {
        if (story === "ingest") {
            const { ingest } = await import("../../pipelines/ingest.ts");
            const effects = { today: () => "2024-07-15", now: () => "2024-07-15T08:00:00.000Z" };
            const receipts = await ingest(deliveries, lake, effects);
            const refused = receipts.find((receipt) => !receipt.accepted);
            if (refused) throw new Error(refused.message);
        } else if (story === "refresh") {
            const { refresh } = await import("../../pipelines/refresh.ts");
            await refresh(lake, { from: "2024-01", to: "2024-03" });
        } else {
            const { publish } = await import("../../pipelines/publish.ts");
            const { renderSite } = await import("../../dashboards/site.ts");
            await publish({ lake, site, render: renderSite, now: () => new Date("2024-07-15T00:00:00Z") });
        }
    }
}

run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
});
