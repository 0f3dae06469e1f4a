import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type AttackReport, attack } from "../../pipelines/intruder.ts";
import type { AudienceKind } from "../../pipelines/publish/audience.ts";
import { audienceKinds } from "../../pipelines/publish/audience.ts";
import { audienceBundles } from "../../pipelines/publish/audience-bundles.ts";
import { type PublishableFigures, publishableFigures } from "../../pipelines/publish/audience-view.ts";
import type { Catalogue } from "../../pipelines/publish/catalogue.ts";
import type { Cell, MartCell } from "../../pipelines/publish/cell.ts";
import type { Earlier, ShownCell } from "../../pipelines/publish/earlier-publications.ts";
import { practiceLabels } from "../../pipelines/publish/peers.ts";
import { protectReaders, type ReaderGroup, shownForms } from "../../pipelines/publish/reader-groups.ts";
import { exactCell } from "../../pipelines/publish/shown-form.ts";
import { loadSolver } from "../../pipelines/worlds/solver.ts";

export const NOTHING_EARLIER: Earlier = { chain: [], parts: [], mustStayHidden: new Map(), latest: new Map() };
const KEY = Buffer.from("proefsleutel");

/** A publication as written, without pages. */
export interface WrittenPublication {
    folder: string;
    figures: PublishableFigures;
    kinds: readonly AudienceKind[];
    groups: ReaderGroup[];
    shown: ShownCell[];
    /** Lets the intruder read what stands in the folder now. */
    attack(): Promise<AttackReport>;
}

/**
 * Protects figures, lets `spoil` undo some of that, and writes the downloads of every audience in `folder` as publishing
 * does.
 */
export async function writePublication(
    folder: string,
    { catalogue, cells }: { catalogue: Catalogue; cells: readonly MartCell[] },
    {
        earlier = NOTHING_EARLIER,
        spoil = () => {},
        id = "p",
    }: {
        earlier?: Earlier;
        spoil?: (groups: ReaderGroup[], figures: PublishableFigures) => void;
        id?: string;
    } = {},
): Promise<WrittenPublication> {
    const kinds = await audienceKinds();
    const solver = await loadSolver();
    const figures = figuresOf(catalogue, cells);
    const { groups, shown } = protectedOnce(figures, kinds, earlier, solver);
    spoil(groups, figures);
    const stamp = { id, release: "", peildatum: "", from: "", to: "", demo: true, made: null };
    const since = { state: "first" } as const;
    const details = { ageSex: [], deliveries: [] };
    for (const { audience, files } of audienceBundles({
        figures,
        groups,
        stamp,
        key: KEY,
        operator: {},
        since,
        details,
        held: [],
    })) {
        for (const [name, body] of files) {
            if (name === "bundle.json") continue;
            await mkdir(join(folder, audience.path), { recursive: true });
            await writeFile(join(folder, audience.path, name), body);
        }
    }
    return {
        folder,
        figures,
        kinds,
        groups,
        shown,
        attack: () =>
            attack({
                folder,
                figures,
                kinds,
                earlier,
                shown: shownForms(groups),
                labels: practiceLabels(KEY, id, catalogue),
                solver,
            }),
    };
}

const madeFigures = new Map<readonly MartCell[], PublishableFigures>();

function figuresOf(catalogue: Catalogue, cells: readonly MartCell[]): PublishableFigures {
    const known = madeFigures.get(cells) ?? publishableFigures(catalogue, cells);
    madeFigures.set(cells, known);
    return known;
}

const protectedBefore = new Map<PublishableFigures, ReturnType<typeof protectReaders>>();

/** Protects the same first publication once, however often it is written; what comes back may be spoilt. */
function protectedOnce(...job: Parameters<typeof protectReaders>): ReturnType<typeof protectReaders> {
    const [figures, , earlier] = job;
    const isFirst = earlier === NOTHING_EARLIER;
    const found = (isFirst && protectedBefore.get(figures)) || protectReaders(...job);
    if (isFirst) protectedBefore.set(figures, found);
    const groups = found.groups.map((group) => ({
        ...group,
        protected: { ...group.protected, cells: [...group.protected.cells], forms: new Map(group.protected.forms) },
    }));
    return { groups, shown: found.shown };
}

/** Undoes the suppression of some figures for one group of readers, as a mistake in publishing would. */
export function expose(group: ReaderGroup, figures: PublishableFigures, which: (cell: Cell) => boolean): number {
    const truth = new Map(figures.groupCells.map((cell) => [keyOf(cell), cell]));
    const forms = group.protected.forms as Map<unknown, string>;
    const byKey = new Map([...group.protected.forms.keys()].map((figure) => [keyOf(figure.cell), figure]));
    let count = 0;
    group.protected.cells.forEach((cell, place) => {
        const whole = truth.get(keyOf(cell));
        const figure = byKey.get(keyOf(cell));
        if (
            (cell.state !== "suppressed" && cell.shown !== "percent") ||
            !whole ||
            !figure ||
            !which({ ...cell, ...exactCell(whole) })
        )
            return;
        group.protected.cells[place] = exactCell(whole);
        forms.set(figure, "exact");
        count += 1;
    });
    return count;
}

const keyOf = ({
    indicator,
    stratum,
    level,
    id,
    period,
}: Pick<MartCell, "indicator" | "stratum" | "level" | "id" | "period">) =>
    `${indicator} ${stratum} ${level} ${id} ${period}`;

/** Writes a page of an audience with this body. */
export async function writePage(folder: string, path: string, body: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `<!doctype html><html lang="nl"><body><main>${body}</main></body></html>`);
}
