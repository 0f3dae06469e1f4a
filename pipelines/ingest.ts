import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "./archive.ts";
import { quoteText } from "./check.ts";
import { type Delivery, openDelivery, printable } from "./delivery.ts";
import { type DeliveryName, looksLikeDelivery, parseDeliveryName } from "./delivery-name.ts";
import { type OpenedDuckDB, openDuckDB } from "./duckdb.ts";
import { type NamedFormat, readFormats } from "./format.ts";
import { Refusal, sentenceOf } from "./issues.ts";
import { commitDelivery, type DeliveryRecord, KEYS, type Lake, type LakeFile, REGION, readRelease } from "./lake.ts";
import {
    inPatientOrder,
    type LandedFile,
    type LandingContext,
    landFile,
    landJournal,
    refuseIdentifiers,
    startLanding,
} from "./landing.ts";
import { readSecret } from "./pseudonym.ts";
import type { FileReceipt, Receipt } from "./receipt.ts";
import { stageEntry, type TextFile } from "./textfile.ts";

export type { Receipt } from "./receipt.ts";

/** What ingest needs from the world. */
export interface IngestEffects {
    progress?: (share: number, what: string) => void;
    /** ISO day; a peildatum after it is refused. */
    today: () => string;
    /** ISO instant, noted beside the delivery and used for nothing. */
    now: () => string;
}

/** Settings with the defaults of exports.md. */
export const INGEST_SETTINGS = {
    limits: ARCHIVE_LIMITS as ArchiveLimits,
    /** A file may lose this share of its rows, or this many rows, before the delivery is refused. */
    asideShare: 0.05,
    asideRows: 10,
    /** Without gegevens_vanaf a source is taken to hold this many months of history. */
    historyMonths: 60,
    memory: "1200MB",
    /** Deliveries in flight at once: reading one while DuckDB works on another. */
    atOnce: 2,
};

/** First line of a journal that holds invented data. */
const DEMO_COMMENT = "# verzonnen demogegevens";
const TEMP_PREFIX = "regiospiegel-";

/**
 * Takes deliveries into the lake. Paths are deliveries or folders of deliveries, in any order: the register is read first,
 * the rest by peildatum. Each delivery lands whole, in one new release, or is refused and changes nothing; a refusal is a
 * receipt, not an error.
 */
export async function ingest(paths: string[], lake: Lake, effects: IngestEffects): Promise<Receipt[]> {
    const formats = await readFormats();
    const receipts: Receipt[] = [];
    const found: Candidate[] = [];
    for (const path of await expand(paths)) {
        const candidate = await name(path, formats);
        if ("accepted" in candidate) receipts.push(candidate);
        else found.push(candidate);
    }
    if (found.length === 0) return receipts;
    const temp = await temporaryFolder();
    const opened = await openDuckDB({
        memory: INGEST_SETTINGS.memory,
        threads: availableParallelism(),
        temp: join(temp, "duckdb"),
    });
    try {
        const run: Run = { lake, effects, opened, temp, secret: await readSecret(lake) };
        const ordered = found.sort(canonically);
        const registers = ordered.filter(({ name }) => name.format.source === "bureau");
        const others = ordered.filter(({ name }) => name.format.source !== "bureau");
        const done = progressOf(ordered, effects);
        // The register decides who takes part, so that it is in place before anything else is read.
        receipts.push(...(await inFlight(registers, 1, run, done)));
        receipts.push(...(await inFlight(others, INGEST_SETTINGS.atOnce, run, done)));
    } finally {
        opened.close();
        await rm(temp, { recursive: true, force: true });
    }
    return receipts;
}

interface Candidate {
    path: string;
    name: DeliveryName;
    size: number;
}

interface Run {
    lake: Lake;
    effects: IngestEffects;
    opened: OpenedDuckDB;
    temp: string;
    secret: Uint8Array;
}

/** Paths that are deliveries, and the deliveries inside paths that are folders of them. Hidden entries are passed over. */
async function expand(paths: readonly string[]): Promise<string[]> {
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

async function name(path: string, formats: ReadonlyMap<string, NamedFormat>): Promise<Candidate | Receipt> {
    try {
        const found = await stat(path).catch(() => null);
        if (!found) throw new Refusal("niet_gevonden", printable(path));
        return { path, name: parseDeliveryName(path, found.isDirectory(), formats), size: found.size };
    } catch (error) {
        return refused(path, error);
    }
}

/** By peildatum, sequence and name: the same deliveries give the same chain of releases. */
function canonically(a: Candidate, b: Candidate): number {
    const key = ({ name }: Candidate) => `${name.peildatum} ${String(name.sequence).padStart(6, "0")} ${name.stem}`;
    return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

/** Reads some deliveries at a time; they enter the lake in the order given. */
async function inFlight(
    candidates: readonly Candidate[],
    atOnce: number,
    run: Run,
    done: (candidate: Candidate) => void,
): Promise<Receipt[]> {
    const receipts: Promise<Receipt>[] = [];
    const running = new Set<Promise<unknown>>();
    let turn: Promise<unknown> = Promise.resolve();
    for (const candidate of candidates) {
        if (running.size >= atOnce) await Promise.race(running);
        const before = turn;
        const receipt = takeIn(candidate, run, before);
        receipts.push(receipt);
        turn = receipt.catch(() => undefined);
        const tracked: Promise<unknown> = receipt
            .then(() => done(candidate))
            .catch(() => undefined)
            .finally(() => running.delete(tracked));
        running.add(tracked);
    }
    const settled = await Promise.allSettled(receipts);
    return settled.map((result) => {
        if (result.status === "fulfilled") return result.value;
        throw result.reason;
    });
}

function progressOf(candidates: readonly Candidate[], effects: IngestEffects): (candidate: Candidate) => void {
    const total = candidates.length;
    let finished = 0;
    return ({ path }) => {
        finished += 1;
        effects.progress?.(finished / total, basename(path));
    };
}

/** One delivery: read, checked, conformed, and committed when it is its turn. */
async function takeIn(candidate: Candidate, run: Run, turn: Promise<unknown>): Promise<Receipt> {
    const folder = await mkdtemp(join(run.temp, "levering-"));
    const connection = await run.opened.instance.connect();
    const receipt = { files: [] as FileReceipt[], ignoredColumns: [] as string[] };
    try {
        const { name } = candidate;
        if (name.peildatum > run.effects.today()) {
            throw new Refusal("peildatum_in_toekomst", `peildatum ${name.peildatum}, vandaag ${run.effects.today()}`);
        }
        const delivery = await openDelivery(candidate.path, name, INGEST_SETTINGS.limits);
        const id = identityOf(delivery);
        const view = await readRelease(run.lake);
        const known = view?.deliveries.find((earlier) => earlier.id === id);
        if (known) return { ...known.receipt, delivery: basename(candidate.path), known: true };
        refuseReusedName(view?.deliveries ?? [], name.stem, id);
        const register = name.format.source === "bureau" ? null : await readRegister(run, connection);
        const context = contextOf(delivery, register, run, connection, folder);
        const landed = await land(delivery, context, folder, receipt);
        refuseTooMuchAside(receipt.files);
        const record = recordOf(candidate, delivery, id, landed, context, receipt);
        await turn;
        return await store(record, landed, context, run);
    } catch (error) {
        await turn;
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

function refuseReusedName(deliveries: readonly DeliveryRecord[], stem: string, id: string): void {
    const earlier = deliveries.find((delivery) => delivery.name === stem && delivery.id !== id);
    if (earlier) throw new Refusal("naam_hergebruikt", `volgnummer ${earlier.sequence} is al gebruikt`);
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
    const ownColumn = Object.values(format.files ?? {}).some((file) => "agb" in file.columns);
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
        scanned: [],
        folder,
    };
}

interface Landed extends LandedFile {
    demo: boolean;
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
    const files = inPatientOrder([...delivery.files], ([file]) => format.files?.[file]?.table);
    for (const [title, entry] of files) {
        const text = await stageEntry(entry, folder, context.dialect, title);
        checkManifest(delivery, title, text);
        const layout = format.files?.[title];
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

function refuseTooMuchAside(files: readonly FileReceipt[]): void {
    const { asideRows, asideShare } = INGEST_SETTINGS;
    for (const { name, rows, cells, aside } of files) {
        const total = Object.values(aside).reduce((sum, count) => sum + count, 0);
        const filled = cells ?? rows;
        if (total <= asideRows || total <= filled * asideShare) continue;
        const counts = Object.entries(aside).map(([code, count]) => `${code} ${count}`);
        throw new Refusal("te_veel_terzijde", `bestand ${name}: ${total} van ${filled} (${counts.join(", ")})`);
    }
}

function recordOf(
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

/** Puts the files in the lake and then names them in a release: until then nobody reads them. */
async function store(record: DeliveryRecord, landed: Landed, context: LandingContext, run: Run): Promise<Receipt> {
    const { lake, effects } = run;
    refuseReusedName((await readRelease(lake))?.deliveries ?? [], record.name, record.id);
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
    const arrival = `${JSON.stringify({ delivery: record.receipt.delivery, arrived: effects.now() })}\n`;
    await lake.store.putIfAbsent(KEYS.arrival(record.id), Buffer.from(arrival));
    await commitDelivery(lake, record, (deliveries) => refuseReusedName(deliveries, record.name, record.id));
    return record.receipt;
}

function refused(path: string, error: unknown, receipt?: Pick<Receipt, "files" | "ignoredColumns">): Receipt {
    const delivery = basename(path);
    if (!(error instanceof Refusal)) throw unexpected(delivery, error);
    return {
        delivery,
        accepted: false,
        code: error.code,
        message: sentenceOf(error.code, printable(delivery), error.message),
        files: receipt?.files ?? [],
        ignoredColumns: receipt?.ignoredColumns ?? [],
    };
}

/** A fault of ours or of the machine. Messages of the engine may repeat values, so that only its kind is passed on. */
function unexpected(delivery: string, error: unknown): Error {
    const errno = (error as NodeJS.ErrnoException | null)?.code;
    const kind = error instanceof Error ? (/^[A-Za-z ]+ Error(?=:)/.exec(error.message)?.[0] ?? error.name) : "fout";
    if (process.env.REGIOSPIEGEL_DEBUG === "1") return error as Error;
    const what = errno === undefined ? kind : `${kind}, ${errno}`;
    return new Error(
        `Levering ${printable(delivery)} kon niet worden verwerkt (${what}); er is niets veranderd. Probeer het opnieuw of meld dit aan de beheerder.`,
    );
}

/** A folder for this run, after those of runs that were killed are cleared: raw text must not stay behind. */
async function temporaryFolder(): Promise<string> {
    const root = tmpdir();
    for (const entry of await readdir(root)) {
        const owner = new RegExp(`^${TEMP_PREFIX}([0-9]+)-`).exec(entry)?.[1];
        if (owner !== undefined && !isAlive(Number(owner)))
            await rm(join(root, entry), { recursive: true, force: true });
    }
    const folder = await mkdtemp(join(root, `${TEMP_PREFIX}${process.pid}-`));
    await mkdir(join(folder, "duckdb"));
    return folder;
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
