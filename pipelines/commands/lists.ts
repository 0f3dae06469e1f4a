import { reachable, readReleases } from "../lake/retained.ts";
import { openLake, readPointer, readRelease } from "../lake.ts";
import { readHeld } from "../quality/letter.ts";
import { isHolding } from "../quality/quality-check.ts";

interface ListFlags {
    lake: string;
    json?: boolean;
}

/**
 * `regiospiegel deliveries`: every accepted delivery, with the practices for which it is current, and every delivery that
 * is held, with the checks that hold it.
 */
export async function listDeliveries(flags: ListFlags): Promise<number> {
    const lake = openLake(flags.lake);
    const view = await readRelease(lake);
    const held = await readHeld(lake, view?.deliveries ?? []);
    const accepted = (view?.deliveries ?? [])
        .map((delivery) => ({
            delivery: delivery.name,
            id: delivery.id,
            format: delivery.format,
            source: delivery.source,
            peildatum: delivery.peildatum,
            sequence: delivery.sequence,
            historyFrom: delivery.historyFrom,
            practices: delivery.practices,
            current: (view?.coverage ?? []).filter((row) => row.delivery === delivery.id).map((row) => row.practice),
            rows: delivery.files.reduce((sum, file) => sum + file.rows, 0),
        }))
        .sort((a, b) => (a.peildatum + a.delivery < b.peildatum + b.delivery ? -1 : 1));
    const waiting = held.map(({ delivery, id, format, source, peildatum, practices, checks }) => ({
        delivery,
        id,
        format,
        source,
        peildatum,
        practices,
        current: [],
        held: checks.filter(isHolding).map(({ check }) => check),
    }));
    if (flags.json) process.stdout.write(`${JSON.stringify([...accepted, ...waiting], null, 1)}\n`);
    else {
        for (const row of accepted)
            process.stdout.write(
                `${row.peildatum}  ${row.delivery.padEnd(40)}  ${currency(row.current.length, row.practices.length)}\n`,
            );
        for (const row of waiting)
            process.stdout.write(
                `${row.peildatum}  ${row.delivery.padEnd(40)}  AANGEHOUDEN door ${row.held.join(", ")}: zie regiospiegel letter; klopt zij, neem haar dan op zonder --hold\n`,
            );
    }
    return 0;
}

function currency(current: number, practices: number): string {
    if (current === 0) return "geschiedenis";
    return current === practices ? "geldt" : `geldt voor ${current} van ${practices} praktijken`;
}

/** `regiospiegel releases`: the current release, those it was rolled back from, and those before it, newest first. */
export async function listReleases(flags: ListFlags): Promise<number> {
    const lake = openLake(flags.lake);
    const pointer = await readPointer(lake);
    const releases = pointer === null ? [] : reachable(await readReleases(lake), pointer);
    const rows = releases.map(({ id, parent, deliveries }) => ({
        release: id,
        parent,
        deliveries: deliveries.length,
        current: id === pointer?.release,
    }));
    if (flags.json) process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
    else
        for (const row of rows)
            process.stdout.write(`${row.release}  ${row.deliveries} leveringen${row.current ? "  (huidig)" : ""}\n`);
    return 0;
}
