import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { printable } from "../delivery.ts";
import type { NamedFormat } from "../format.ts";
import { Refusal } from "../issues.ts";
import { type DeliveryName, looksLikeDelivery, parseDeliveryName } from "./delivery-name.ts";
import type { Receipt } from "./receipt.ts";
import { refused } from "./refusal.ts";

/** A path whose name is that of a delivery. */
export interface Candidate {
    path: string;
    name: DeliveryName;
    size: number;
}

/** Paths that are deliveries, and the deliveries inside paths that are folders of them. Hidden entries are passed over. */
export async function expand(paths: readonly string[]): Promise<string[]> {
    const deliveries: string[] = [];
    for (const path of paths) {
        const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
        if (!isFolder || looksLikeDelivery(path)) {
            deliveries.push(path);
            continue;
        }
        const inside = (await readdir(path)).filter((entry) => !entry.startsWith(".")).sort();
        // A folder without deliveries is named as it is, and then refused for its name.
        if (inside.some(looksLikeDelivery)) deliveries.push(...inside.map((entry) => join(path, entry)));
        else deliveries.push(path);
    }
    return deliveries;
}

/** What the name of a path says, or the receipt that refuses it. */
export async function name(path: string, formats: ReadonlyMap<string, NamedFormat>): Promise<Candidate | Receipt> {
    try {
        const found = await stat(path).catch(() => null);
        if (!found) throw new Refusal("niet_gevonden", printable(path));
        return { path, name: parseDeliveryName(path, found.isDirectory(), formats), size: found.size };
    } catch (error) {
        return refused(path, error);
    }
}

/** By peildatum, sequence and name: the same deliveries give the same chain of releases. */
export function canonically(a: Candidate, b: Candidate): number {
    const key = ({ name }: Candidate) => `${name.peildatum} ${String(name.sequence).padStart(6, "0")} ${name.stem}`;
    return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
