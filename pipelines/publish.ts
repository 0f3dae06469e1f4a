import { createHash, createHmac } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type DefinitionReport, needsAcceptance } from "./changes/definition-report.ts";
import { rememberPublication } from "./changes/published.ts";
import { changesSince, keepHidden, type SincePublication } from "./changes/since-publication.ts";
import { type Finding, findingSentence } from "./intruder/finding.ts";
import { type AttackReport, attack } from "./intruder.ts";
import { type Lake, openLake, type ReleaseView, readRelease } from "./lake.ts";
import { labelKey } from "./publish/attack-live.ts";
import { type AudienceKind, audienceKinds } from "./publish/audience.ts";
import { addKept, audienceBundles } from "./publish/audience-bundles.ts";
import { publishableFigures } from "./publish/audience-view.ts";
import type { Kept, PublicationStamp } from "./publish/bundle.ts";
import { deliveryNotes } from "./publish/delivery-notes.ts";
import { type Earlier, earlierPublications, keepPublication } from "./publish/earlier-publications.ts";
import { practiceLabels } from "./publish/peers.ts";
import { newestQuarter } from "./publish/publication-period.ts";
import { currentMarts, martsPrefix, readMarts } from "./publish/read-marts.ts";
import { protectReaders, shownForms } from "./publish/reader-groups.ts";
import { openSite } from "./publish/site.ts";
import { type LetterFacts, readHeld } from "./quality/letter.ts";
import { readSourced } from "./quality/letter-issue.ts";
import { isHolding } from "./quality/quality-check.ts";
import { type HeldDelivery, heldDeliveries, type PracticeDelivery, releaseQuality } from "./quality/release-quality.ts";
import { codeFingerprint } from "./refresh/code-fingerprint.ts";
import { baselinesToPublish, type FrozenBaselines, withFrozenBaselines } from "./refresh/goal-baselines.ts";
import { loadSolver } from "./worlds/solver.ts";

export type RenderSite = (options: {
    bundles: string;
    out: string;
    progress?: (share: number, what: string) => void;
}) => Promise<{ pages: number; bytes: number }>;

export interface PublishOptions {
    lake: Lake | string;
    /** Folder that is served, or `s3://bucket/prefix`. */
    site: string;
    /** Makes pages of bundles; handed in, so that pages and pipelines meet through files only. */
    render?: RenderSite;
    /** Changes when the pages or the stylesheet do. */
    pagesFingerprint?: string;
    /** Keeps the bundles here as well; the folder is emptied first. */
    bundles?: string;
    /** The mark of the definition report that somebody has seen; `true`: whatever it says (an invented region). */
    acceptDefinitions?: string | true;
    /** Key of the labels of anonymous practices; the lake's own secret by default. */
    key?: Uint8Array;
    now?: () => Date;
    progress?: (share: number, what: string) => void;
}

/** What was published, and what is kept of the figures per kind of audience, class and level. */
export interface PublicationReport {
    publication: string;
    path: string;
    /** True: the same input had been published before, and nothing was made. */
    reused: boolean;
    audiences: number;
    pages: number;
    bytes: number;
    kept: (Kept & { audience: string })[];
    /** What the intruder tried before it went live, and did not find; how long is known of a publication made just now. */
    attack: Omit<AttackReport, "findings" | "seconds"> & { seconds: number | null };
    /** What new definitions did to the figures since the publication before; null when no definition changed. */
    definitions: DefinitionReport | null;
}

/** What the marker of a publication says. */
interface Remembered extends PublicationReport {
    release: string;
    made: string;
}

/** New definitions move figures that were published, and nobody has said to have seen that. */
export class DefinitionsNotAccepted extends Error {
    readonly report: DefinitionReport;
    constructor(report: DefinitionReport & { mark: string }) {
        super(
            `Nieuwe definities veranderen gepubliceerde cijfers van ${report.moved.length} indicatoren en er is niets gepubliceerd; bekijk hierboven wat er verandert en publiceer met --accept-definitions ${report.mark}.`,
        );
        this.report = report;
    }
}

/** The intruder found something in what was written, so that it does not go live. */
export class PublicationRefused extends Error {
    readonly findings: readonly Finding[];
    constructor(findings: readonly Finding[]) {
        const [first] = findings;
        super(
            `De publicatie zou iets of iemand verraden (${findings.length} bevindingen) en is niet gemaakt; de vorige blijft staan. De eerste: ${first ? findingSentence(first) : ""}`,
        );
        this.findings = findings;
    }
}

/** Story 3: marts become bundles, one per audience and suppressed for it; bundles become pages; the pages go live. */
export async function publish(options: PublishOptions): Promise<PublicationReport> {
    const lake = typeof options.lake === "string" ? openLake(options.lake) : options.lake;
    const refresh = await currentMarts(lake);
    const key = options.key ?? (await labelKey(lake));
    const deliveries = await releaseQuality(lake);
    const view = await readRelease(lake);
    const letters = await readHeld(lake, view?.deliveries ?? []);
    const operator = { ...operatorFacts(view), held: heldFacts(letters), quality: qualityFacts(deliveries) };
    const kinds = await audienceKinds();
    const baselines = await baselinesToPublish(lake);
    const since = await changesSince(lake, refresh, {
        progress: (share, what) => options.progress?.(0.05 * share, what),
    });
    const definitions = since.state === "compared" ? since.report : null;
    if (needsAcceptance(definitions) && options.acceptDefinitions !== true) {
        if (options.acceptDefinitions !== definitions.mark) throw new DefinitionsNotAccepted(definitions);
    }
    const held = heldDeliveries(letters, deliveries);
    const made = { lake, refresh, key, operator, baselines, since, deliveries, held };
    const inputs = await inputsOf(made, options.pagesFingerprint ?? "");
    const earlier = await earlierPublications(lake, inputs);
    const publication = publicationId(inputs, earlier);
    const site = openSite(options.site);
    const live = site.pathOf(publication);

    const marker = await site.readMarker(publication);
    if (marker) {
        // What is live is never touched; only the copy of the bundles that was asked for is made again.
        if (options.bundles !== undefined) {
            await writeBundles({ ...made, earlier, bundles: options.bundles, publication, kinds, options });
        }
        await site.pointAt(publication);
        const { audiences, pages, bytes, kept, attack: attacked, release, made: day } = marker as unknown as Remembered;
        // a run that was broken off between going live and this may have left it undone
        await rememberPublication(lake, { publication, refresh, release, made: day });
        return {
            publication,
            path: live,
            reused: true,
            audiences,
            pages,
            bytes,
            kept,
            attack: { ...attacked, seconds: null },
            definitions,
        };
    }

    const work = await site.workFolder(publication);
    try {
        const pages = path.join(work, "pages");
        const bundles = options.bundles ?? path.join(work, "bundles");
        const written = await writeBundles({ ...made, earlier, bundles, publication, kinds, options });
        const rendered = options.render
            ? await options.render({
                  bundles,
                  out: pages,
                  progress: (share, what) => options.progress?.(0.3 + 0.4 * share, what),
              })
            : { pages: 0, bytes: 0 };
        for (const { id, path: place } of written.audiences) {
            await copyDownloads(path.join(bundles, id), path.join(pages, place));
        }
        const attacked = await attackPages({ ...made, earlier, publication, kinds, options }, pages, written);
        const report = { audiences: written.audiences.length, ...rendered, kept: written.kept, attack: attacked };
        await keepHidden(lake, publication, written.hidden);
        // Kept before it goes live: what may have been seen counts from then on, whatever happens next.
        const { groups, shown, figures, release, made: day } = written;
        const readers = groups.map((group) => group.readers);
        const heading = { id: publication, inputs, readers, places: [...figures.places] };
        await keepPublication(lake, earlier, heading, shown, figures.indicators);
        // How long it took is not part of what was published: the same input leaves the same bytes.
        const { seconds: _seconds, ...tried } = attacked;
        await site.goLive(pages, {
            id: publication,
            ...report,
            attack: tried,
            release,
            made: day,
            lake: wayTo(lake, options.site),
        });
        await rememberPublication(lake, { publication, refresh, release, made: day });
        options.progress?.(1, "gepubliceerd");
        return { publication, path: live, reused: false, ...report, definitions };
    } finally {
        await rm(work, { recursive: true, force: true });
    }
}

/** What a publication is made of, apart from the code. */
interface Ingredients {
    lake: Lake;
    refresh: string;
    key: Uint8Array;
    operator: Record<string, unknown>;
    /** Baselines of goals as they were first published. */
    baselines: FrozenBaselines;
    /** Every change since the publication before. */
    since: SincePublication;
    /** What the current deliveries are like, practice by practice. */
    deliveries: readonly PracticeDelivery[];
    /** What came in and does not count. */
    held: readonly HeldDelivery[];
}

interface BundlesToWrite extends Ingredients {
    bundles: string;
    publication: string;
    earlier: Earlier;
    kinds: readonly AudienceKind[];
    options: PublishOptions;
}

/** Writes `<bundles>/<audience id>/` for every audience, one at a time, so that memory does not grow with the region. */
async function writeBundles(job: BundlesToWrite) {
    const { lake, refresh, bundles, publication, key, operator, since, held, kinds, options } = job;
    const { catalogue: computed, cells, ageSex } = await readMarts(lake, refresh);
    refuseWithoutQuarter(computed);
    const catalogue = { ...computed, goals: withFrozenBaselines(computed.goals, job.baselines, computed.release) };
    options.progress?.(0.05, "resultaten gelezen");
    const stamp: PublicationStamp = {
        id: publication,
        release: catalogue.release,
        peildatum: catalogue.peildatum,
        from: catalogue.from,
        to: catalogue.to,
        demo: catalogue.demo,
        made: (options.now?.() ?? new Date()).toISOString().slice(0, 10),
    };
    const figures = publishableFigures(catalogue, cells);
    const quarter = newestQuarter(catalogue.from, catalogue.to) ?? "";
    const notes = deliveryNotes(figures, job.deliveries, await readSourced(), quarter, held);
    const details = { ageSex, deliveries: notes };
    const solver = await loadSolver();
    const { groups, shown } = protectReaders(figures, kinds, job.earlier, solver, (share) =>
        options.progress?.(0.05 + 0.15 * share, "beschermd"),
    );
    const expected = kinds.reduce((sum, kind) => sum + kind.audiences(catalogue).length, 0);
    await rm(bundles, { recursive: true, force: true });
    const audiences: { id: string; path: string }[] = [];
    const keptByKind = new Map<string, Kept[]>();
    const hidden: Record<string, string[]> = {};
    const protects = (readers: string, keys: string[]): void => {
        hidden[readers] = keys;
    };
    const toWrite = { figures, groups, stamp, key, operator, since, details, held, protects };
    for (const bundle of audienceBundles(toWrite)) {
        const target = path.join(bundles, bundle.audience.id);
        await mkdir(target, { recursive: true });
        for (const [name, content] of bundle.files) await writeFile(path.join(target, name), content);
        audiences.push({ id: bundle.audience.id, path: bundle.audience.path });
        if (bundle.kind !== "beheer")
            keptByKind.set(bundle.kind, addKept(keptByKind.get(bundle.kind) ?? [], bundle.kept));
        options.progress?.(0.2 + (0.1 * audiences.length) / expected, `doelgroep ${bundle.audience.id}`);
    }
    const kept = [...keptByKind].flatMap(([audience, rows]) => rows.map((row) => ({ audience, ...row })));
    const { release, made } = stamp;
    return { audiences, kept, hidden, shown, figures, groups, release, made: made ?? "" };
}

/** The intruder reads what was written (disclosure.md rule 9). Throws when it finds anything: nothing goes live then. */
async function attackPages(
    { earlier, publication, kinds, key, options }: Omit<BundlesToWrite, "bundles">,
    folder: string,
    { figures, groups }: Awaited<ReturnType<typeof writeBundles>>,
): Promise<PublicationReport["attack"]> {
    const { findings, ...counts } = await attack({
        folder,
        figures,
        kinds,
        earlier,
        shown: shownForms(groups),
        labels: practiceLabels(key, publication, figures.catalogue),
        solver: await loadSolver(),
        progress: (share, what) => options.progress?.(0.7 + 0.28 * share, what),
    });
    if (findings.length > 0) throw new PublicationRefused(findings);
    return counts;
}

/** Puts an audience's download files under its own path; bundle.json itself is never served. */
async function copyDownloads(bundle: string, place: string): Promise<void> {
    const names = (await readdir(bundle, { withFileTypes: true })).filter((entry) => entry.isFile());
    for (const { name } of names) {
        if (name === "bundle.json") continue;
        await mkdir(place, { recursive: true });
        await copyFile(path.join(bundle, name), path.join(place, name));
    }
}

/**
 * Hash of all that a publication is made of: the marts, frozen baselines, the operator's facts, the code and data files of publishing, the
 * pages' version, the publication before and the key of the labels. The same input gives the same id.
 */
async function inputsOf(
    { lake, refresh, key, operator, baselines, since, deliveries, held }: Ingredients,
    pagesFingerprint: string,
): Promise<string> {
    const hash = createHash("sha256").update(await codeFingerprint(pagesFingerprint));
    for (const folder of ["audiences", "reconciliation"]) {
        const place = fileURLToPath(new URL(`./${folder}/`, import.meta.url));
        const names = (await readdir(place)).filter((name) => name !== "README.md");
        for (const name of names.sort()) hash.update(await readFile(path.join(place, name)));
    }
    const prefix = martsPrefix(refresh);
    for (const key of await lake.store.list(prefix)) {
        hash.update(key.slice(prefix.length)).update((await lake.store.get(key))?.body ?? "");
    }
    const compared = since.state === "first" ? null : [since.before.publication, since.state];
    hash.update(JSON.stringify([operator, baselines, compared, deliveries, held])).update(
        createHmac("sha256", key).update("publicatie").digest(),
    );
    return hash.digest("hex").slice(0, 16);
}

/** The same inputs give the same id, after the same earlier publications: those decide what may still be shown. */
function publicationId(inputs: string, { chain }: Earlier): string {
    if (chain.length === 0) return inputs;
    const hash = createHash("sha256").update(inputs);
    for (const { id } of chain) hash.update(id);
    return hash.digest("hex").slice(0, 16);
}

/** Whose current delivery differs from the one before it, and in what; the others are as they were. */
function qualityFacts(deliveries: readonly PracticeDelivery[]) {
    return deliveries
        .filter(({ relaid, warnings }) => relaid !== null || warnings.length > 0)
        .map(({ practice, source, peildatum, relaid, warnings }) => ({
            practice,
            source,
            peildatum,
            relaid,
            warnings: warnings.map(({ sentence }) => sentence),
        }))
        .sort((a, b) => (`${a.practice} ${a.source}` < `${b.practice} ${b.source}` ? -1 : 1));
}

/** Which deliveries are held, and by which checks. */
function heldFacts(letters: readonly LetterFacts[]) {
    return letters.map(({ delivery, source, peildatum, practices, checks }) => ({
        name: delivery,
        source,
        peildatum,
        practices,
        checks: checks.filter(isHolding).map(({ check }) => check),
    }));
}

/** What the operator sees of the lake: deliveries with their receipts, and the release. No rows. */
function operatorFacts(view: ReleaseView | null): Record<string, unknown> {
    if (!view) return { deliveries: [], receipts: [], releases: [] };
    const { id, deliveries } = view.release;
    return {
        deliveries: view.deliveries.map((delivery) => ({
            id: delivery.id,
            name: delivery.name,
            format: delivery.format,
            source: delivery.source,
            peildatum: delivery.peildatum,
            sequence: delivery.sequence,
            practices: delivery.practices,
            historyFrom: delivery.historyFrom,
            demo: delivery.demo,
            receipt: delivery.receipt,
        })),
        receipts: view.deliveries.map(({ receipt }) => receipt),
        // Not from which release this one came: that tells in which order deliveries arrived, and pages must not depend on it.
        releases: [{ id, deliveries }],
    };
}

/** Where the lake is, seen from the site: the same wherever the two stand together, and no path of a machine. */
function wayTo({ location }: Lake, site: string): string {
    const isFolder = (place: string) => !place.includes("://");
    return isFolder(location) && isFolder(site) ? path.relative(site, location) : location;
}

/** Pages speak of quarters and years (indicators.md, Publication); without a whole quarter there is nothing to show. */
function refuseWithoutQuarter({ from, to }: { from: string; to: string }): void {
    if (newestQuarter(from, to) !== null) return;
    throw new Error(
        `De uitkomsten van ${from} tot en met ${to} bevatten geen heel kwartaal, en pagina's tonen kwartalen en jaren; reken eerst meer maanden uit met regiospiegel refresh --from.`,
    );
}
