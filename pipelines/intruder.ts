import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Claim, type Printed, type Subject, subjectKey } from "./intruder/claim.ts";
import { couldBe, decode } from "./intruder/decode.ts";
import { type FigureKind, figureKinds } from "./intruder/figure-kind.ts";
import type { Finding } from "./intruder/finding.ts";
import { readDownload } from "./intruder/read-download.ts";
import { Secrets } from "./intruder/secrets.ts";
import type { Audience, AudienceKind } from "./publish/audience.ts";
import type { PublishableFigures } from "./publish/audience-view.ts";
import { cellKey, countsPatients } from "./publish/cell.ts";
import type { Earlier } from "./publish/earlier-publications.ts";
import { periodKind } from "./publish/publication-period.ts";
import { wholePercent } from "./publish/shown-form.ts";
import { PRINTED_FIGURES } from "./reconciliation/annual-report-2022.ts";
import { Prover } from "./worlds/prover.ts";
import { rangeOf } from "./worlds/range.ts";
import type { Solver } from "./worlds/solver.ts";
import { countSystem, type Figure, type System } from "./worlds/system.ts";
import { View, wholePercentRatio } from "./worlds/view.ts";
import type { Target } from "./worlds/walk.ts";

export interface AttackJob {
    /** Folder of the publication, as it is served. */
    folder: string;
    /** The true figures: only to know which counts are protected, and that what is read is not wrong. */
    figures: PublishableFigures;
    kinds: readonly AudienceKind[];
    /** What was published before. */
    earlier: Earlier;
    solver: Solver;
    /** Which audiences to attack; all of them without. */
    attacks?: (audience: Audience, kind: AudienceKind) => boolean;
    progress?: (share: number, what: string) => void;
}

export interface AttackReport {
    findings: Finding[];
    audiences: number;
    files: number;
    claims: number;
    /** Protected counts that were tried, times the readers that tried them. */
    targets: number;
    /** Protected counts that earlier publications gave away already; nothing can be done about those. */
    given: number;
    seconds: number;
}

/** disclosure.md rule 5. */
const FEWEST_VALUES = 6;

/**
 * The intruder (disclosure.md rules 5, 6 and 9): reads a publication back as it was written, turns every printed figure
 * into the counts that fit, adds what readers know of their own practices, of the annual report and of earlier
 * publications, and tries to bound every protected count. It does not ask the code that hides what it hid.
 */
export async function attack(job: AttackJob): Promise<AttackReport> {
    const started = performance.now();
    const kinds = await figureKinds();
    const { figures, earlier } = job;
    const cells = [...figures.groupCells, ...[...figures.practiceCells.values()].flat()];
    const system = countSystem([...earlier.parts, { cells, places: figures.places }], figures.indicators);
    const report: AttackReport = { findings: [], audiences: 0, files: 0, claims: 0, targets: 0, given: 0, seconds: 0 };
    const readers = [...new Set(job.kinds.map((kind) => kind.readers))];
    for (const reader of readers) {
        const alike = job.kinds.filter((kind) => kind.readers === reader);
        const base = new Base(job, system, new Map(kinds.map((kind) => [kind.id, kind])), reader, alike);
        for (const kind of alike) {
            for (const audience of kind.audiences(figures.catalogue)) {
                if (kind.operator || job.attacks?.(audience, kind) === false) continue;
                await base.read(kind, audience, kinds);
                report.audiences += 1;
                job.progress?.(0.5 * (report.audiences / 100), `gelezen ${audience.id}`);
            }
        }
        base.judge();
        report.findings.push(...base.findings);
        report.files += base.files;
        report.claims += base.claims;
        report.targets += base.targets;
        report.given += base.given;
    }
    report.seconds = (performance.now() - started) / 1_000;
    return report;
}

/** What a group of readers reads between them, and what each knows beside it. */
class Base {
    readonly findings: Finding[] = [];
    files = 0;
    claims = 0;
    targets = 0;
    given = 0;
    private readonly job: AttackJob;
    private readonly system: System;
    private readonly kinds: ReadonlyMap<string, FigureKind>;
    private readonly secrets: Secrets;
    private readonly byKey = new Map<string, Figure>();
    private readonly printed = new Map<string, Printed[]>();
    private readonly readers = new Map<string, { name: string; knowing: ReadonlySet<string> }>();
    private readonly reader: string;
    private first: string | null = null;

    constructor(
        job: AttackJob,
        system: System,
        kinds: ReadonlyMap<string, FigureKind>,
        reader: string,
        alike: readonly AudienceKind[],
    ) {
        this.job = job;
        this.system = system;
        this.kinds = kinds;
        this.reader = reader;
        const [one] = alike;
        const { groupCells, practiceCells, indicators, places } = job.figures;
        const cells = [...groupCells, ...[...practiceCells.values()].flat()];
        this.secrets = new Secrets(cells, places, indicators, one?.thresholds ?? NO_THRESHOLDS);
        for (const figure of system.figures.at(-1) ?? []) if (figure) this.byKey.set(cellKey(figure.cell), figure);
        // A vakgroep or a hagro is read by practices, and any of them may be the reader.
        if (reader === "praktijken")
            for (const practice of practiceCells.keys()) this.readers.set(practice, { name: practice, knowing: new Set([practice]) });
    }

    /** Reads what was written for one audience. */
    async read(kind: AudienceKind, audience: Audience, kinds: readonly FigureKind[]): Promise<void> {
        this.first ??= audience.id;
        const place = path.join(this.job.folder, audience.path);
        for (const name of await filesIn(place)) {
            const file = path.posix.join(audience.path, name).slice(1);
            this.files += 1;
            const claims = readDownload(file, await readFile(path.join(place, name)), kinds);
            for (const claim of claims) this.take(claim, kind, audience);
        }
        if (audience.assigned)
            this.readers.set(audience.assigned.join(" "), {
                name: audience.id,
                knowing: new Set(audience.assigned),
            });
    }

    /** A claim is for this audience, true, and no more precise than it may be; then it is known. */
    private take(claim: Claim, kind: AudienceKind, audience: Audience): void {
        this.claims += 1;
        const { subject, printed, file } = claim;
        const indicator = this.job.figures.indicators.get(subject.indicator);
        const told = printed.filter((one) => this.kinds.get(one.kind)?.ofPractices !== true);
        const find = (what: Finding["kind"], detail = "") =>
            this.findings.push({ kind: what, audience: audience.id, file, subject, detail });
        if (!mayRead(subject, kind, audience, this.job.figures)) return void find("andermans");
        if (!indicator || !countsPatients(indicator.klasse) || told.length === 0) return;
        const figure = this.byKey.get(subjectKey(subject));
        const { numerator, denominator } = figure?.cell ?? {};
        if (!figure || numerator === null || numerator === undefined) return void find("onjuist");
        if (!couldBe(numerator, denominator ?? null, told, indicator, this.kinds)) return void find("onjuist");
        const isOwn = subject.level === "practice" && subject.id === audience.practice;
        // What a practice reads of itself it knew already.
        if (isOwn) return;
        if (this.secrets.isPercentOnly(figure.cell, indicator)) {
            const { reading } = decode(told, indicator, this.kinds);
            if (reading.numerator || reading.denominator) find("te-precies");
        }
        if (this.secrets.isOfTooFew(figure.cell, indicator)) find("te-precies", "te weinig praktijken");
        const key = subjectKey(subject);
        const known = this.printed.get(key);
        if (known) known.push(...told);
        else this.printed.set(key, [...told]);
    }

    /** Bounds every protected count with all that was read. */
    judge(): void {
        if (this.first === null) return;
        const view = new View(this.system);
        this.remember(view);
        for (const [key, printed] of this.printed) {
            const figure = this.byKey.get(key);
            const indicator = figure && this.job.figures.indicators.get(figure.cell.indicator);
            if (figure && indicator) view.read(figure, decode(unique(printed), indicator, this.kinds).reading);
        }
        const before = new View(this.system);
        this.remember(before);
        const prover = new Prover(view, FEWEST_VALUES, this.job.solver);
        const readers = [...this.readers.values()];
        const knowing = readers.map((one) => one.knowing);
        for (const target of this.secrets.of(this.system, this.system.figures.length - 1)) {
            this.targets += Math.max(1, readers.length);
            const reader = prover.unsafeFor(target, knowing);
            if (reader === null) continue;
            const { values, isProven } = rangeOf(target, view, reader, FEWEST_VALUES, this.job.solver);
            if (values >= FEWEST_VALUES) continue;
            if (rangeOf(target, before, reader, FEWEST_VALUES, this.job.solver).values < FEWEST_VALUES) {
                this.given += 1;
                continue;
            }
            const who = readers.find((one) => one.knowing === reader)?.name;
            this.findings.push({
                kind: isProven ? "herleidbaar" : "onbeslist",
                audience: this.first,
                file: "",
                subject: target.figure.cell,
                detail: `${WHAT[target.what]}${who ? `, voor wie praktijk ${who} kent` : ""}`,
            });
        }
    }

    /** What everybody may know: the printed annual report, and what earlier publications showed these readers. */
    private remember(view: View): void {
        this.job.earlier.parts.forEach((part, place) => {
            const told = part.forms.get(this.reader);
            this.system.figures[place]?.forEach((figure, index) => {
                const form = told?.[index];
                if (!figure || form === undefined || form === "hidden") return;
                const percent = form === "percent" ? wholePercent(figure.cell) : null;
                if (form === "exact") view.read(figure, { numerator: true, denominator: true });
                else if (percent !== null) view.read(figure, { ratio: wholePercentRatio(percent) });
            });
        });
        for (const { from, printed } of PRINTED_FIGURES) {
            if (from.kind !== "cell") continue;
            const figure = this.byKey.get(subjectKey({ ...from, stratum: from.stratum ?? null }));
            if (figure && Number(printed.replaceAll(".", "")) === figure.cell.numerator) view.know(figure.n);
        }
    }
}

const WHAT: Record<Target["what"], string> = { numerator: "teller", denominator: "noemer", rest: "rest van de groep" };
const NO_THRESHOLDS = { fewestPatients: 10, fewestPractices: 4, largestShare: 0.6, exactFrom: 100 };

/** Whether the audience's own file says that it may read such a figure. */
function mayRead(subject: Subject, kind: AudienceKind, audience: Audience, figures: PublishableFigures): boolean {
    const period = periodKind(subject.period);
    const definition = figures.catalogue.indicators.find(({ id }) => id === subject.indicator);
    if (period === null || !definition || !kind.seesIndicator(audience, definition)) return false;
    if (subject.level === "practice") return subject.id === audience.practice && kind.own?.includes(period) === true;
    if (!kind.levels[subject.level]?.includes(period)) return false;
    return kind.seesGroup?.(audience, figures.catalogue, subject.level, subject.id) ?? true;
}

function unique(printed: readonly Printed[]): Printed[] {
    return [...new Map(printed.map((one) => [`${one.kind} ${one.value} ${one.step}`, one])).values()];
}

/** Downloads directly under an audience's path. */
async function filesIn(place: string): Promise<string[]> {
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    return entries
        .filter((entry) => entry.isFile() && /\.(csv|arrow)$/.test(entry.name))
        .map(({ name }) => name)
        .sort();
}
