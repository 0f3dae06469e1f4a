import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stage, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { EDGE_REGION, EdgeLogStack, EdgeStack } from "./edge.ts";
import { IngestStack } from "./ingest.ts";
import { LakeStack } from "./lake.ts";
import { LoginStack } from "./login.ts";
import { OperateStack } from "./operate.ts";
import { PublishStack } from "./publish.ts";
import { RefreshStack } from "./refresh.ts";
import { type Settings, STAGES } from "./settings.ts";
import { SiteStack } from "./site.ts";
import { UploadStack } from "./upload.ts";
import { WatchStack } from "./watch.ts";

const ROOT = join(import.meta.dirname, "..");

export interface RegionProps {
    settings: Settings;
    /** Folder of built functions. */
    assets: string;
}

/** One environment: stacks by how long what is in them lives. */
export class Region extends Stage {
    constructor(scope: Construct, { settings, assets }: RegionProps) {
        const account = settings.account === undefined ? {} : { account: settings.account };
        super(scope, `Regiospiegel-${settings.stage}`, { env: { region: settings.region, ...account } });
        const common = { settings, assets };
        const data = new LakeStack(this, "Meer", common);
        const { issuer } = new LoginStack(this, "Inloggen", { settings });
        new UploadStack(this, "Aanleveren", { ...common, data, issuer });
        const ingest = new IngestStack(this, "Opnemen", { ...common, data });
        const edge = new EdgeStack(this, "Rand", { settings, env: { region: EDGE_REGION, ...account } });
        const site = new SiteStack(this, "Site", { ...common, data, issuer, edge });
        new EdgeLogStack(this, "RandLog", {
            settings,
            distribution: site.distribution,
            logs: data.logs,
            env: { region: EDGE_REGION, ...account },
        });
        const publish = new PublishStack(this, "Publiceren", { ...common, data, site });
        const refresh = new RefreshStack(this, "Rekenen", { ...common, data, publish: publish.publish });
        new OperateStack(this, "Beheren", { ...common, data, ingest, publish, refresh, site });
        new WatchStack(this, "Waken", { ...common, data, ingest, refresh, site });
        Tags.of(this).add("toepassing", "regiospiegel");
        Tags.of(this).add("omgeving", settings.stage);
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
