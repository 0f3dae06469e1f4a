import { type Lake, type ReleaseView, readPointer, readRelease } from "../lake.ts";
import { reachable, readReleases } from "./retained.ts";

const DAY = 86_400_000;

/** What an operator asks first: what is current, of which day each practice's data are, and what can be gone back to. */
export interface Overview {
    release: string | null;
    undone: string[];
    releases: { release: string; deliveries: number }[];
    practices: { practice: string; source: string; peildatum: string; delivery: string }[];
}

/** Reads no rows. */
export async function overview(lake: Lake): Promise<Overview> {
    const pointer = await readPointer(lake);
    const view = await readRelease(lake);
    const releases = pointer === null ? [] : reachable(await readReleases(lake), pointer);
    const names = new Map((view?.deliveries ?? []).map(({ id, name }) => [id, name]));
    return {
        release: pointer?.release ?? null,
        undone: pointer?.undone ?? [],
        releases: releases.map(({ id, deliveries }) => ({ release: id, deliveries: deliveries.length })),
        practices: (view?.coverage ?? []).map(({ practice, source, peildatum, delivery }) => ({
            practice,
            source,
            peildatum,
            delivery: names.get(delivery) ?? delivery,
        })),
    };
}

/** Practices whose newest HIS delivery speaks of a day that lies more than so many days before today, sorted (pure). */
export function latePractices({ coverage }: Pick<ReleaseView, "coverage">, today: string, days: number): string[] {
    const since = new Date(Date.parse(today) - days * DAY).toISOString().slice(0, 10);
    return coverage
        .filter(({ source, peildatum }) => source === "HIS" && peildatum < since)
        .map(({ practice }) => practice)
        .sort();
}
