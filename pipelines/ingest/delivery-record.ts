import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { quoteText } from "../check.ts";
import type { Delivery } from "../delivery.ts";
import type { NamedFormat } from "../format.ts";
import { Refusal } from "../issues.ts";
import { eraseSealed, seal } from "../lake/incoming.ts";
import { idWithout, leftOut } from "../lake/objections.ts";
import { commitDelivery, type DeliveryRecord, KEYS, type LakeFile, originOf, REGION, readRelease } from "../lake.ts";
import type { Candidate } from "./inbox.ts";
import { INGEST_SETTINGS, type Run } from "./ingest-settings.ts";
import type { Landed, LandingContext } from "./landing-context.ts";
import { markSecret } from "./pseudonym.ts";
import type { Receipt } from "./receipt.ts";

/** What the lake keeps of an accepted delivery; its files are added when they are stored. */
export function recordOf(
    { path }: Candidate,
    delivery: Delivery,
    id: string,
    landed: Landed,
    context: LandingContext,
    receipt: Pick<Receipt, "files" | "ignoredColumns">,
): DeliveryRecord {
    const { name, manifest, ignoredFiles } = delivery;
    const { format, peildatum, sequence, sender } = name;
    return {
        id,
        name: name.stem,
        format: format.name,
        source: format.source,
        peildatum,
        sequence,
        practices: coveredPractices(format, sender, manifest.praktijken, landed, context),
        historyFrom: manifest.gegevens_vanaf ?? monthsBefore(peildatum, INGEST_SETTINGS.historyMonths),
        demo: landed.demo,
        files: [],
        receipt: {
            delivery: basename(path),
            accepted: true,
            ...receipt,
            ...(ignoredFiles.length > 0 ? { ignoredFiles } : {}),
        },
    };
}

/** Whom a delivery replaces: the practice of its name, those it lists, or those that occur in its files. */
function coveredPractices(
    format: NamedFormat,
    sender: string,
    listed: readonly string[] | undefined,
    landed: Landed,
    context: LandingContext,
): string[] {
    if (format.source === "bureau") return [REGION];
    if (sender !== REGION) return [sender];
    if (listed !== undefined) return [...(context.allowed ?? [])].sort();
    return [...new Set(landed.practices)].sort();
}

/** The same day of the month so many months earlier, or the last day of that month. */
function monthsBefore(day: string, months: number): string {
    const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
    const lastDay = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1 - months, Math.min(date, lastDay))).toISOString().slice(0, 10);
}

/**
 * Puts the files in the lake and then names them in a release: until then nobody reads them. `copy` is what arrived,
 * `objections` the list under which it was read.
 */
export async function store(
    record: DeliveryRecord,
    landed: Landed,
    context: LandingContext,
    run: Run,
    { copy, objections }: { copy: string; objections: string | undefined },
): Promise<Receipt> {
    const { lake, effects } = run;
    const without = await leftOut(context.connection);
    if (without.length > 0) {
        record.origin = record.id;
        record.id = idWithout(record.origin, without);
        record.without = without;
    }
    refuseReusedName((await readRelease(lake))?.deliveries ?? [], record.name, originOf(record));
    // First, and again at every attempt: it tells gc that files which no release names yet are on their way.
    const arrival = `${JSON.stringify({ delivery: record.receipt.delivery, arrived: effects.now() })}\n`;
    await lake.store.put(KEYS.arrival(record.id), Buffer.from(arrival));
    await markSecret(lake, run.secret);
    const files: LakeFile[] = [];
    for (const { table, practice, path, rows } of landed.parts) {
        const bytes = await readFile(path);
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        const key = KEYS.part(table, practice, record.id);
        files.push({ table, practice, key, rows, bytes: bytes.length, sha256 });
        await lake.store.putFile(key, path);
    }
    record.files = files.sort((a, b) => (a.key < b.key ? -1 : 1));
    const aside = join(context.folder, "terzijde.parquet");
    await context.connection.run(
        `COPY (SELECT file, line::INTEGER AS line, code FROM terzijde ORDER BY file, line, code) TO ${quoteText(aside)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    await lake.store.putFile(KEYS.aside(record.id), aside);
    const check = (deliveries: readonly DeliveryRecord[]) =>
        refuseReusedName(deliveries, record.name, originOf(record));
    // An export that holds somebody who objected is not kept as it came.
    const locked = without.length > 0 || (await seal(lake, record, copy, effects.now()));
    try {
        await commitDelivery(lake, record, check, objections);
    } catch (error) {
        await eraseSealed(lake, originOf(record));
        throw error;
    }
    return locked ? record.receipt : { ...record.receipt, unlocked: true };
}

/** One name is one delivery: other bytes under it are refused. */
export function refuseReusedName(deliveries: readonly DeliveryRecord[], stem: string, id: string): void {
    const earlier = deliveries.find((delivery) => delivery.name === stem && originOf(delivery) !== id);
    if (earlier) throw new Refusal("naam_hergebruikt", `volgnummer ${earlier.sequence} is al gebruikt`);
}
