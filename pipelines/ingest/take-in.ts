import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteText } from "../check.ts";
import { type Delivery, openDelivery } from "../delivery.ts";
import { Refusal } from "../issues.ts";
import { copyArrival } from "../lake/incoming.ts";
import { readObjections } from "../lake/objections.ts";
import {
    besideDelivery,
    type DeliveryRecord,
    ObjectionsChanged,
    originOf,
    REGION,
    readPointer,
    readRelease,
} from "../lake.ts";
import { type AsideGroup, asideGroups, asideOfPractices } from "../quality/letter.ts";
import { judgeQuality } from "../quality/quality-gate.ts";
import { profileOf } from "../quality/quality-profile.ts";
import { recordOf, refuseReusedName, store } from "./delivery-record.ts";
import { refuseIdentifiers } from "./gathered-texts.ts";
import type { Candidate } from "./inbox.ts";
import { INGEST_SETTINGS, type Run } from "./ingest-settings.ts";
import { landJournal, widthOf } from "./journal.ts";
import { inCheckingOrder, landFile } from "./landing.ts";
import { type Landed, type LandingContext, startLanding } from "./landing-context.ts";
import type { Receipt } from "./receipt.ts";
import { refused } from "./refusal.ts";
import { stageEntry, type TextFile } from "./textfile.ts";

/** First line of a journal that holds invented data. */
const DEMO_COMMENT = "# verzonnen demogegevens";

/** One delivery: read, checked, conformed, and committed when it is its turn. */
export async function takeIn(candidate: Candidate, run: Run, turn: Promise<unknown>): Promise<Receipt> {
    const stale: DeliveryRecord[] = [];
    for (;;) {
        try {
            const receipt = await attempt(candidate, run, turn);
            for (const record of stale) await clearStale(run, record);
            return receipt;
        } catch (error) {
            if (!(error instanceof ObjectionsChanged)) throw error;
            stale.push(error.record);
        }
    }
}

/** What was written of a delivery before somebody in it objected: no release names it, and none will. */
async function clearStale({ lake }: Run, record: DeliveryRecord): Promise<void> {
    if ((await readRelease(lake))?.release.deliveries.includes(record.id)) return;
    for (const key of [...record.files.map(({ key }) => key), ...besideDelivery(record.id)])
        await lake.store.erase(key);
}

async function attempt(candidate: Candidate, run: Run, turn: Promise<unknown>): Promise<Receipt> {
    const folder = await mkdtemp(join(run.temp, "levering-"));
    const connection = await run.opened.instance.connect();
    const receipt: Pick<Receipt, "files" | "ignoredColumns" | "asideLines"> = { files: [], ignoredColumns: [] };
    try {
        const { name } = candidate;
        if (name.peildatum > run.effects.today()) {
            throw new Refusal("peildatum_in_toekomst", `peildatum ${name.peildatum}, vandaag ${run.effects.today()}`);
        }
        const path = await copyArrival(candidate.path, join(folder, "aankomst"));
        const delivery = await openDelivery(path, name, INGEST_SETTINGS.limits);
        const id = identityOf(delivery);
        const inForce = (await readPointer(run.lake))?.objections;
        const view = await readRelease(run.lake);
        const known = view?.deliveries.find((earlier) => originOf(earlier) === id);
        if (known) return { ...known.receipt, delivery: basename(candidate.path), known: true };
        refuseReusedName(view?.deliveries ?? [], name.stem, id);
        const register = name.format.source === "bureau" ? null : await readRegister(run, connection);
        const objections = (await readObjections(run.lake, inForce)).keys;
        const context = contextOf(delivery, register, objections, run, connection, folder);
        const landed = await land(delivery, context, folder, receipt);
        const aside = await asideGroups(connection);
        refuseTooMuchAside(receipt, aside);
        const record = recordOf(candidate, delivery, id, landed, context, receipt);
        const profile = await profileOf(record, name.format, landed, context);
        await turn;
        const judged = await judgeQuality({ profile, aside, asideOf: await asideOfPractices(connection) }, record, run);
        if (judged.held) return judged.held;
        const stored = await store(record, landed, context, run, { copy: path, objections: inForce });
        return { ...stored, checks: judged.checks };
    } catch (error) {
        await turn;
        if (error instanceof ObjectionsChanged) throw error;
        return refused(candidate.path, error, receipt);
    } finally {
        connection.closeSync();
        await rm(folder, { recursive: true, force: true });
    }
}

/** What was delivered, in which layout, by whom and for which day. The volgnr is not part: the same bytes twice are one. */
function identityOf({ name, contentHash }: Delivery): string {
    return createHash("sha256")
        .update(`${name.format.name} ${name.sender} ${name.peildatum} ${contentHash}`)
        .digest("hex");
}

/** AGB codes of the current register. Throws register_ontbreekt. */
async function readRegister({ lake }: Run, connection: DuckDBConnection): Promise<string[]> {
    const files = (await readRelease(lake))?.files.filter((file) => file.table === "practices") ?? [];
    const paths = await lake.store.localPaths(files.map((file) => file.key));
    if (paths.length === 0) throw new Refusal("register_ontbreekt", "");
    const listed = paths.map(quoteText).join(", ");
    const sql = `SELECT DISTINCT practice_id FROM read_parquet([${listed}], hive_partitioning = false) ORDER BY 1`;
    return (await connection.runAndReadAll(sql)).getRows().map(([practice]) => String(practice));
}

function contextOf(
    delivery: Delivery,
    register: readonly string[] | null,
    objections: readonly string[],
    run: Run,
    connection: DuckDBConnection,
    folder: string,
): LandingContext {
    const { name, manifest } = delivery;
    const { format, sender } = name;
    const listed = manifest.praktijken?.map((practice) => practice.padStart(8, "0"));
    if (register !== null && sender !== REGION) {
        if (!register.includes(sender)) throw new Refusal("praktijk_niet_in_register", `AGB-code ${sender}`);
        if (listed && (listed.length !== 1 || listed[0] !== sender)) {
            throw new Refusal(
                "levering_json_onleesbaar",
                `praktijken noemt een andere praktijk dan de naam (${sender})`,
            );
        }
    }
    const ownColumn = Object.values(format.files ?? {}).some((file) =>
        Object.values(file.columns).some(({ to }) => to === "practice_id"),
    );
    const members =
        listed === undefined ? register : (register?.filter((practice) => listed.includes(practice)) ?? null);
    return {
        connection,
        dialect: format.dialect,
        peildatum: name.peildatum,
        practice: sender === REGION || ownColumn ? null : sender,
        allowed: sender === REGION ? members : [sender],
        checkPatients: format.source === "HIS",
        asRegion: format.source === "bureau",
        secret: run.secret,
        objections,
        scanned: [],
        folder,
    };
}

async function land(
    delivery: Delivery,
    context: LandingContext,
    folder: string,
    receipt: Pick<Receipt, "files" | "ignoredColumns">,
): Promise<Landed> {
    await startLanding(context.connection);
    const { format } = delivery.name;
    const landed: Landed = {
        receipts: receipt.files,
        parts: [],
        practices: [],
        ignoredColumns: receipt.ignoredColumns,
        demo: delivery.manifest.demo ?? false,
    };
    const files = inCheckingOrder([...delivery.files], ([file]) => format.files?.[file]?.table);
    for (const [title, entry] of files) {
        const layout = format.files?.[title];
        const width = layout ? undefined : widthOf(format.records ?? {});
        const text = await stageEntry(entry, folder, context.dialect, title, width);
        checkManifest(delivery, title, text);
        const file = layout
            ? await landFile(title, text, layout, context)
            : await landJournal(title, text, format.records ?? {}, context);
        if (text.comments.includes(DEMO_COMMENT)) landed.demo = true;
        landed.receipts.push(...file.receipts);
        landed.parts.push(...file.parts);
        landed.practices.push(...file.practices);
        landed.ignoredColumns.push(...file.ignoredColumns);
        if (layout?.table === "practices") context.allowed = await ownRegister(context);
    }
    await refuseIdentifiers(context);
    return landed;
}

/** Rows of the register's other files are checked against its own practices. */
async function ownRegister({ connection, folder }: LandingContext): Promise<string[]> {
    const path = join(folder, `practices-${REGION}.parquet`);
    const sql = `SELECT practice_id FROM read_parquet(${quoteText(path)}, hive_partitioning = false)`;
    return (await connection.runAndReadAll(sql)).getRows().map(([practice]) => String(practice));
}

function checkManifest({ manifest }: Delivery, title: string, text: TextFile): void {
    const listed = manifest.bestanden?.find(({ naam }) => basename(naam).toLowerCase() === title);
    if (listed?.sha256 !== undefined && listed.sha256.toLowerCase() !== text.sha256) {
        throw new Refusal("hash_klopt_niet", title);
    }
    if (listed?.rijen !== undefined && listed.rijen !== text.records) {
        throw new Refusal("rijen_kloppen_niet", `${title}, verwacht ${listed.rijen}, kreeg ${text.records}`);
    }
}

/** A refused delivery leaves nothing in the lake: its receipt names the lines, for the letter to its sender. */
function refuseTooMuchAside(receipt: Pick<Receipt, "files" | "asideLines">, groups: AsideGroup[]): void {
    const { asideRows, asideShare } = INGEST_SETTINGS;
    for (const { name, rows, cells, among, aside } of receipt.files) {
        const total = Object.values(aside).reduce((sum, count) => sum + count, 0);
        const filled = among ?? cells ?? rows;
        if (total <= asideRows || total <= filled * asideShare) continue;
        const counts = Object.entries(aside).map(([code, count]) => `${code} ${count}`);
        receipt.asideLines = groups;
        throw new Refusal("te_veel_terzijde", `bestand ${name}: ${total} van ${filled} (${counts.join(", ")})`);
    }
}
