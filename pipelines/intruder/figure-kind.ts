import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { MeasuredIndicator } from "../publish/cell.ts";

/**
 * A kind of figure that may be shown: under which heading it stands in a download, and what it is for given counts. The
 * intruder turns a printed number back into the counts that would give it; a kind that it does not know is refused.
 */
export interface FigureKindDefinition {
    /** Heading in the CSV file, and the column of the Arrow file. */
    csv: string;
    arrow: string;
    /** What would be printed for these counts, on the scale of the download; null where there is no such figure. */
    reckon(numerator: number, denominator: number | null, indicator: MeasuredIndicator): number | null;
    /** It says something of practices, not of patients (disclosure.md rule 1): nothing to turn back. */
    ofPractices?: boolean;
}

export interface FigureKind extends FigureKindDefinition {
    id: string;
}

/** All kinds of figure: one per file of `figures/`. */
export async function figureKinds(): Promise<FigureKind[]> {
    const folder = new URL("./figures/", import.meta.url);
    const files = (await readdir(fileURLToPath(folder))).filter((file) => file.endsWith(".ts")).sort();
    return Promise.all(
        files.map(async (file) => {
            const loaded = (await import(new URL(file, folder).href)) as { default: FigureKindDefinition };
            return { id: file.slice(0, -".ts".length), ...loaded.default };
        }),
    );
}
