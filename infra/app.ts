import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stage, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { EDGE_REGION, EdgeStack } from "./edge.ts";
import { IngestStack } from "./ingest.ts";
import { LakeStack } from "./lake.ts";
import { LoginStack } from "./login.ts";
import { PublishStack } from "./publish.ts";
import { RefreshStack } from "./refresh.ts";
import { type Settings, STAGES } from "./settings.ts";
import { type SiteAccess, SiteStack } from "./site.ts";

const ROOT = join(import.meta.dirname, "..");

export interface RegionProps {
    settings: Settings;
    /** Folder of built functions. */
    assets: string;
    /** Who may see which page; absent: nothing serves the pages. */
    access?: (scope: Construct) => SiteAccess;
}

/** One environment: stacks by how long what is in them lives. */
export class Region extends Stage {
    constructor(scope: Construct, { settings, assets, access }: RegionProps) {
        const account = settings.account === undefined ? {} : { account: settings.account };
        super(scope, `Regiospiegel-${settings.stage}`, { env: { region: settings.region, ...account } });
        const data = new LakeStack(this, "Meer", { settings });
        new IngestStack(this, "Opnemen", { settings, assets, data });
        const site = new SiteStack(this, "Site", { settings, data });
        const { publish } = new PublishStack(this, "Publiceren", { settings, assets, data, site });
        new RefreshStack(this, "Rekenen", { settings, assets, data, publish });
        Tags.of(this).add("toepassing", "regiospiegel");
        Tags.of(this).add("omgeving", settings.stage);
        void [EDGE_REGION, EdgeStack, LoginStack, access];
    }
}

/** Feature flags of cdk.json, for who runs the app without the command line. */
export const context = (): Record<string, unknown> =>
    (JSON.parse(readFileSync(join(ROOT, "cdk.json"), "utf8")) as { context: Record<string, unknown> }).context;

if (process.argv[1]?.endsWith("infra/app.ts")) {
    const app = new App({ postCliContext: context() });
    for (const settings of STAGES) new Region(app, { settings, assets: join(ROOT, "dist/lambda") });
    app.synth();
}
