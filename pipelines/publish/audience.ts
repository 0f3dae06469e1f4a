import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Catalogue, IndicatorDefinition } from "./catalogue.ts";
import type { Level } from "./cell.ts";
import type { Thresholds } from "./primary-suppression.ts";
import type { PeriodKind } from "./publication-period.ts";

export type GroupLevel = Exclude<Level, "practice">;

/** One group of readers with a path of its own. */
export interface Audience {
    /** Folder of its bundle: `coalitie`, `vakgroep/diabetes-cvrm`, `praktijk/01053293`. */
    id: string;
    title: string;
    /** Where its pages lie in the site: `/coalitie/`. */
    path: string;
    /** AGB of the practice that is this audience. */
    practice?: string;
    /** Name of the vakgroep that is this audience. */
    vakgroep?: string;
    /** The area, or the hagro, that is this audience. */
    area?: string;
    hagro?: string;
    /** Name of the adviser that is this audience, and the practices assigned. */
    adviser?: string;
    assigned?: readonly string[];
}

/** A file of `audiences/`: a kind of readers and all that they may see (disclosure.md). The filename is the kind. */
export interface AudienceDefinition {
    /** Which readers there are of this kind. */
    audiences(catalogue: Catalogue): Audience[];
    /** Levels of groups, with the kinds of period for each. */
    levels: Partial<Record<GroupLevel, readonly PeriodKind[]>>;
    /** Which groups of a level; absent: all. */
    seesGroup?(audience: Audience, catalogue: Catalogue, level: GroupLevel, id: string): boolean;
    /** Which indicators. */
    seesIndicator(audience: Audience, indicator: IndicatorDefinition): boolean;
    /** The reader's own practice, exact: kinds of period. */
    own?: readonly PeriodKind[];
    /** Anonymous practices in whole percents: kinds of period, and how many of the newest of each (absent: all). */
    peers?: { periods: Partial<Record<PeriodKind, number>> };
    /** The practices of the reader's own hagro in whole percents, by name where all agreed. */
    members?: boolean;
    /** Those who read alike share one system of suppression; a GP may sit at the coalition's table, so all readers do. */
    readers: "lezers" | "beheerder";
    /** Pages beside the figures. */
    goals: "all" | "vakgroep" | "none";
    reconciliation?: boolean;
    operator?: boolean;
    thresholds: Thresholds;
}

export interface AudienceKind extends AudienceDefinition {
    kind: string;
}

/** All kinds of audience: one per file of `audiences/`, in order of name. */
export async function audienceKinds(): Promise<AudienceKind[]> {
    const folder = new URL("../audiences/", import.meta.url);
    const files = (await readdir(fileURLToPath(folder))).filter((file) => file.endsWith(".ts")).sort();
    return Promise.all(
        files.map(async (file) => {
            const loaded = (await import(new URL(file, folder).href)) as { default: AudienceDefinition };
            return { kind: file.slice(0, -".ts".length), ...loaded.default };
        }),
    );
}
