import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, NIST80053R5Checks } from "cdk-nag";
import { type Acknowledged, acknowledged } from "./acknowledge.ts";
import { context, Region } from "./app.ts";
import { type RoleRights, rightsOf, type Template, templatesOf } from "./rights.ts";
import { type Settings, settings } from "./settings.ts";

export const EXAMPLE_ACCOUNT = "111122223333";

/** An environment with every option on: what is judged, and what the access page shows. */
export const EXAMPLE: Settings = settings({
    stage: "voorbeeld",
    account: EXAMPLE_ACCOUNT,
    domain: { name: "spiegel.example.org", zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.org" },
    refresh: { engine: "athena" },
    arrivals: { sftp: [{ sender: "01053293", publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIVoorbeeld" }] },
    watch: { mail: "beheer@example.org" },
});

/**
 * Synthesises an environment under both sets of security rules; throws when there is a finding that nobody accepted, or a
 * template that CloudFormation would refuse. Needs no built functions, no account and no network.
 */
export function synthesised(
    folder: string,
    example: Settings = EXAMPLE,
): { templates: Template[]; roles: RoleRights[]; accepted: readonly Acknowledged[]; missing: number } {
    const assets = join(folder, "functies");
    mkdirSync(join(assets, "stories"), { recursive: true });
    writeFileSync(join(assets, "stories", "leeg.mjs"), "");
    const app = new App({ postCliContext: context(), outdir: join(folder, "cdk.out") });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
    const region = new Region(app, { settings: example, assets });
    app.synth();
    const templates = templatesOf(region.synth());
    return {
        templates,
        roles: rightsOf(templates, EXAMPLE_ACCOUNT, example.region),
        accepted: acknowledged(app),
        missing: region.synth().manifest.missing?.length ?? 0,
    };
}
