import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { KEYS } from "../pipelines/lake.ts";
import { StoryFunction } from "./function.ts";
import type { LakeStack } from "./lake.ts";
import { eraseObjects, readObjects, readSecret, useFacts, writeObjects } from "./permissions.ts";
import type { Settings } from "./settings.ts";
import type { SiteStack } from "./site.ts";
import { storyEnvironment } from "./stories.ts";

export interface PublishProps extends StackProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
    site: SiteStack;
}

/** Marts become pages, and one pointer makes them live; with the same function an older publication is put back. */
export class PublishStack extends Stack {
    readonly publish: StoryFunction;

    constructor(scope: Construct, id: string, props: PublishProps) {
        super(scope, id, { ...props, description: "Regiospiegel: marts worden pagina's" });
        const { settings, assets, data, site } = props;
        this.publish = new StoryFunction(this, "Publiceren", {
            assets,
            asset: "stories",
            handler: "publish",
            description: "Maakt pagina's per doelgroep en zet ze live, of zet een eerdere publicatie terug",
            memory: 4_096,
            disk: 10_240,
            timeout: Duration.minutes(15),
            environment: {
                ...storyEnvironment(data),
                REGIOSPIEGEL_SITE: `s3://${site.pages.name}`,
                REGIOSPIEGEL_AANWIJZER: site.facts.keyValueStoreArn,
            },
            may: [
                ...readObjects(data.lake, ""),
                // What it compared, showed and keeps to protect the next, and what of it was computed anew.
                ...writeObjects(data.lake, KEYS.published, KEYS.hidden, KEYS.publications, KEYS.changes, KEYS.results),
                ...readSecret(data.pseudonyms, data.lake.key),
                ...readObjects(site.pages, ""),
                ...writeObjects(site.pages, ""),
                ...eraseObjects(site.pages, ""),
                useFacts(site.facts, "PutKey"),
            ],
            key: data.operations,
            logDays: settings.watch.logDays,
        });
    }
}
