import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stage, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { IngestStack } from "./ingest.ts";
import { LakeStack } from "./lake.ts";
import { type Settings, STAGES } from "./settings.ts";

const ROOT = join(import.meta.dirname, "..");

export interface RegionProps {
    settings: Settings;
    /** Folder of built functions. */
    assets: string;
}

/** One environment: stacks by how long what is in them lives. */
export class Region extends Stage {
    constructor(scope: Construct, { settings, assets }: RegionProps) {
        const env = { region: settings.region, ...(settings.account ? { account: settings.account } : {}) };
        super(scope, `Regiospiegel-${settings.stage}`, { env });
        const data = new LakeStack(this, "Meer", { settings });
        new IngestStack(this, "Opnemen", { settings, assets, data });
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
