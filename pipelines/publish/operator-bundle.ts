import type { SuppressedFigure } from "../disclosure.ts";
import type { Audience, AudienceKind } from "./audience.ts";
import { bundleText, type Kept, type PublicationStamp, restrictedCatalogue } from "./bundle.ts";
import type { Catalogue } from "./catalogue.ts";

/** A line of the operator's suppression log. */
export interface SuppressionLogEntry extends SuppressedFigure {
    /** The kinds of audience that were not shown it. */
    audience: string;
}

export interface OperatorBundleJob {
    stamp: PublicationStamp;
    /** Deliveries, receipts, releases. */
    operator: Record<string, unknown>;
    catalogue: Catalogue;
    kind: AudienceKind;
    audience: Audience;
    kept: Kept[];
    log: readonly SuppressionLogEntry[];
}

/** The operator's files: deliveries, what was kept, and every suppressed figure with its reason. No figures. */
export function operatorBundle(job: OperatorBundleJob): ReadonlyMap<string, string> {
    const { audience, kind, log } = job;
    const frame = {
        publication: job.stamp,
        audience: { id: audience.id, kind: kind.kind, title: audience.title, path: audience.path },
        catalogue: restrictedCatalogue(job.catalogue, kind, audience),
        goals: [],
        kept: job.kept,
        operator: { ...job.operator, suppression: log },
    };
    const heading = "\uFEFFdoelgroep;indicator;uitsplitsing;niveau;id;periode;reden\r\n";
    const lines = log.map(
        ({ audience: who, indicator, stratum, level, id, period, reason }) =>
            `${[who, indicator, stratum ?? "", level, id, period, reason].join(";")}\r\n`,
    );
    return new Map([
        ["bundle.json", bundleText(frame, [], [])],
        ["onderdrukking.csv", `${heading}${lines.join("")}`],
    ]);
}
