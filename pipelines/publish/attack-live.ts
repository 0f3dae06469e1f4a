import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { publishedOutcomes } from "../changes/published.ts";
import { type AttackReport, attack } from "../intruder.ts";
import { type Lake, openLake } from "../lake.ts";
import { UsageError } from "../usage-error.ts";
import { loadSolver } from "../worlds/solver.ts";
import { audienceKinds } from "./audience.ts";
import { publishableFigures } from "./audience-view.ts";
import { keptPublication } from "./earlier-publications.ts";
import { practiceLabels } from "./peers.ts";
import { readMarts } from "./read-marts.ts";
import { readMarker } from "./site-folder.ts";

const pointerSchema = z.object({ publication: z.string() });
const markerSchema = z.object({ lake: z.string() });

export interface LiveAttack {
    site: string;
    /** The lake that it was published from; the one that the publication names by default. */
    lake?: string;
    /** A kind (`coalitie`) or one audience (`praktijk/01053293`); everybody by default. */
    audience?: string;
    progress?: (share: number, what: string) => void;
}

/**
 * Lets the intruder loose on the live publication of a site, as one audience or as all of them. Throws one sentence when there is
 * nothing to attack, or when the true figures to hold it against are gone.
 */
export async function attackLive({ site, lake: given, audience, progress }: LiveAttack): Promise<AttackReport> {
    const id = await livePublication(site);
    const marker = markerSchema.safeParse(await readMarker(site, id));
    const told = marker.data?.lake;
    if (given === undefined && told === undefined)
        throw new UsageError(`Publicatie ${id} zegt niet uit welk meer zij komt; noem het met --lake.`);
    const location = given ?? (told?.includes("://") ? told : path.resolve(site, told ?? ""));
    const lake = openLake(location);
    const outcomes = (await publishedOutcomes(lake)).find(({ publication }) => publication === id);
    const kept = await keptPublication(lake, id);
    if (!outcomes || !kept)
        throw new Error(
            `Meer ${location}: van publicatie ${id} zijn de uitkomsten niet meer bewaard, en zonder die is niet te zeggen wat beschermd is; publiceer opnieuw.`,
        );
    const { catalogue, cells } = await readMarts(lake, outcomes.refresh);
    const kinds = await audienceKinds();
    const isMeant = (one: { id: string }, kind: { kind: string }) =>
        audience === undefined || one.id === audience || kind.kind === audience;
    if (!kinds.some((kind) => !kind.operator && kind.audiences(catalogue).some((one) => isMeant(one, kind))))
        throw new UsageError(
            `Doelgroep ${audience} is er niet in publicatie ${id}; verwacht een soort (${kinds.map(({ kind }) => kind).join(", ")}) of een naam als praktijk/01053293.`,
        );
    return attack({
        folder: path.join(site, id),
        figures: publishableFigures(catalogue, cells),
        kinds,
        ...kept,
        labels: practiceLabels(await labelKey(lake), id, catalogue),
        solver: await loadSolver(),
        attacks: isMeant,
        progress,
    });
}

async function livePublication(site: string): Promise<string> {
    const text = await readFile(path.join(site, "current.json"), "utf8").catch(() => null);
    if (text === null)
        throw new UsageError(`In ${site} is niets gepubliceerd; draai eerst 'regiospiegel publish --site ${site}'.`);
    return pointerSchema.parse(JSON.parse(text)).publication;
}

/** The labels' key is derived from the lake's secret, so that neither can be found from the other's uses. */
export async function labelKey(lake: Lake): Promise<Uint8Array> {
    const secret = await readFile(lake.secretPath).catch(() => null);
    if (!secret) {
        throw new Error(
            `Sleutel ${lake.secretPath} ontbreekt, en zonder sleutel kunnen praktijken niet anoniem getoond worden; zet het sleutelbestand van dit meer terug.`,
        );
    }
    return createHmac("sha256", secret).update("labels van praktijken").digest();
}
