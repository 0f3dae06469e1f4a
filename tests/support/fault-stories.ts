import type { Lake } from "../../pipelines/lake.ts";

export const STORIES = ["ingest", "refresh", "publish"] as const;
export type Story = (typeof STORIES)[number];

/** One story with its days and months given, so that twice is the same; a refusal is an error. Loads only what it needs. */
export async function runStory(story: Story, lake: Lake, site: string, deliveries: string[]): Promise<void> {
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
