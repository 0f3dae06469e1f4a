import { readFile } from "node:fs/promises";
import { type Form, readingOf } from "../disclosure/forms.ts";
import type { Audience, AudienceKind } from "../publish/audience.ts";
import { allCells } from "../publish/audience-view.ts";
import type { IndicatorDefinition } from "../publish/catalogue.ts";
import { cellKey, countsPatients, type MartCell } from "../publish/cell.ts";
import { periodKind } from "../publish/publication-period.ts";
import { wholePercent } from "../publish/shown-form.ts";
import { PRINTED_FIGURES } from "../reconciliation/annual-report-2022.ts";
import { Prover } from "../worlds/prover.ts";
import { rangeOf } from "../worlds/range.ts";
import type { Figure, System } from "../worlds/system.ts";
import { View } from "../worlds/view.ts";
import type { Target } from "../worlds/walk.ts";
import type { AttackJob } from "./attack-job.ts";
import { type Claim, type Printed, type Subject, subjectKey } from "./claim.ts";
import { couldBe, decode } from "./decode.ts";
import { FigureIndex } from "./figure-index.ts";
import type { FigureKind } from "./figure-kind.ts";
import type { Finding } from "./finding.ts";
import { PageJudge } from "./judge-page.ts";
import { readChanges } from "./read-changes.ts";
import { newRuns, type Run, readDownload } from "./read-download.ts";
import { Secrets } from "./secrets.ts";
import { Spoken } from "./spoken.ts";
import type { WrittenFile } from "./written-files.ts";

/** disclosure.md rule 5. */
const FEWEST_VALUES = 6;
const NO_THRESHOLDS = { fewestPatients: 10, fewestPractices: 4, largestShare: 0.6, exactFrom: 100 };
/** Files that say nothing of patients, whoever reads them. */
const WITHOUT_FIGURES = /(?:\.css|\.js|(?:^|\/)doelgroepen\.json|(?:^|\/)\.publicatie\.json)$/;
/** The message beside the pages, as plain text. */
const MESSAGE = /(?:^|\/)bericht\.txt$/;
const WHAT: Record<Target["what"], string> = { numerator: "teller", denominator: "noemer", rest: "rest van de groep" };

/** What a group of readers reads between them, and what each knows beside it. */
export class ReadersKnowledge {
    readonly findings: Finding[] = [];
    readonly counts = { files: 0, claims: 0, targets: 0, given: 0 };
    private readonly job: AttackJob;
    private readonly system: System;
    private readonly kinds: ReadonlyMap<string, FigureKind>;
    private readonly kindList: readonly FigureKind[];
    private readonly secrets: Secrets;
    private readonly index: FigureIndex;
    private readonly printed = new Map<string, Map<string, Printed>>();
    private readonly readers = new Map<string, { name: string; knowing: ReadonlySet<string> }>();
    private readonly group: string;
    private readonly definitions: ReadonlyMap<string, IndicatorDefinition>;
    /** Indicators that the region has a goal for. */
    private readonly goals: ReadonlySet<string>;
    private readonly shown: ReadonlyMap<string, Form>;
    private readonly runs = newRuns();
    /** Runs of which every claim was taken, or tells nothing of patients. */
    private readonly takenRuns = new Set<Run>();
    /** Claims that were compared with the truth before. */
    private readonly fitting = new Set<Claim>();
    /** Claims that are known already. */
    private readonly taken = new Set<Claim>();
    private readonly dots = new Map<string, { practice: string; percent: number }[]>();
    private first = "";
    private before: ReadonlyMap<string, MartCell[]> | null = null;

    constructor(job: AttackJob, system: System, kinds: readonly FigureKind[], group: string) {
        this.job = job;
        this.system = system;
        this.kindList = kinds;
        this.kinds = new Map(kinds.map((kind) => [kind.id, kind]));
        this.group = group;
        this.definitions = new Map(job.figures.catalogue.indicators.map((one) => [one.id, one]));
        this.goals = new Set(
            job.figures.catalogue.goals.flatMap((theme) => theme.goals.flatMap(({ indicator }) => indicator ?? [])),
        );
        this.shown = job.shown.get(group) ?? new Map();
        const one = job.kinds.find(({ readers }) => readers === group);
        const { indicators, places } = job.figures;
        this.secrets = new Secrets(allCells(job.figures), places, indicators, one?.thresholds ?? NO_THRESHOLDS);
        this.index = new FigureIndex(system.figures.at(-1) ?? [], this.shown);
    }

    /** Reads what was written for one audience: downloads first, because they explain the pages. */
    async read(kind: AudienceKind, audience: Audience, files: readonly WrittenFile[]): Promise<void> {
        this.first ||= audience.id;
        this.rememberReader(audience);
        const spoken = new Spoken();
        const find = (what: Finding["kind"], subject: Subject | null, file: string, detail: string) =>
            this.findings.push({ kind: what, audience: audience.id, file, subject, detail });
        const pages = new PageJudge({
            figures: this.job.figures,
            labels: this.job.labels,
            index: this.index,
            spoken,
            mayKnow: ({ figure, form }) => (this.isOwn(figure, audience) ? "exact" : form),
            take: (claim, file) => this.take(claim, file, kind, audience, spoken),
            fits: (claim) => this.isTrue(claim),
            dotsOf: (indicator, period) => this.dotsOf(indicator, period, audience),
            find,
            audience,
        });
        const htmlFiles: WrittenFile[] = [];
        for (const file of files) {
            this.counts.files += 1;
            if (WITHOUT_FIGURES.test(file.name)) continue;
            if (file.name.endsWith(".html") || MESSAGE.test(file.name)) htmlFiles.push(file);
            else if (file.name.endsWith("veranderingen.csv")) {
                const { claims, earlier } = readChanges(file.name, await readFile(file.path, "utf8"));
                for (const claim of claims) this.take(claim, file.name, kind, audience, spoken);
                for (const claim of earlier) this.takeEarlier(claim, file.name, audience, find);
            } else if (/\.(csv|arrow)$/.test(file.name)) {
                for (const run of readDownload(file.name, await readFile(file.path), this.kindList, this.runs))
                    this.takeRun(run, file.name, kind, audience, spoken);
            } else find("onleesbaar", null, file.name, "");
        }
        for (const { name, path } of htmlFiles) {
            const text = await readFile(path, "utf8");
            pages.read(name, MESSAGE.test(name) ? pageOf(text) : text);
        }
        pages.judge();
    }

    /** Bounds every protected count with all that was read. */
    judge(progress: (share: number) => void): void {
        const view = new View(this.system);
        const before = new View(this.system);
        this.remember(view);
        this.remember(before);
        for (const [key, form] of this.shown) {
            const figure = this.index.at(key)?.figure;
            if (figure) view.read(figure, readingOf(figure.cell, form));
        }
        for (const [key, printed] of this.printed) {
            const figure = this.index.at(key)?.figure;
            const indicator = figure && this.job.figures.indicators.get(figure.cell.indicator);
            if (!figure || !indicator || this.shown.get(key) === "exact") continue;
            view.read(figure, decode([...printed.values()], indicator, this.kinds).reading);
        }
        const readers = [...this.readers.values()];
        const knowing = readers.map((one) => one.knowing);
        const prover = new Prover(view, FEWEST_VALUES, this.job.solver, knowing);
        const targets = this.secrets.of(this.system, this.system.figures.length - 1);
        targets.forEach((target, index) => {
            this.counts.targets += Math.max(1, readers.length);
            if (index % 500 === 0) progress(index / targets.length);
            const reader = prover.unsafeFor(target, knowing);
            if (reader === null) return;
            const { values, isProven } = rangeOf(target, view, reader, FEWEST_VALUES, this.job.solver);
            if (values >= FEWEST_VALUES) return;
            if (rangeOf(target, before, reader, FEWEST_VALUES, this.job.solver).values < FEWEST_VALUES) {
                this.counts.given += 1;
                return;
            }
            const who = readers.find((one) => one.knowing === reader)?.name;
            this.findings.push({
                kind: isProven ? "herleidbaar" : "onbeslist",
                audience: this.first,
                file: "",
                subject: target.figure.cell,
                detail: `${WHAT[target.what]}${who ? `, voor wie ${who} kent` : ""}`,
            });
        });
    }

    /** Whoever reads among practices knows the own one as it is; an adviser those assigned (disclosure.md rule 3). */
    private rememberReader({ id, practice, assigned, vakgroep, hagro }: Audience): void {
        const remember = (name: string, practices: readonly string[]) =>
            this.readers.set([...practices].sort().join(" "), { name, knowing: new Set(practices) });
        if (assigned) remember(id, assigned);
        else if (practice !== undefined) remember(id, [practice]);
        // Members of a vakgroep or hagro are practices, and any of them may be the reader.
        else if (vakgroep !== undefined || hagro !== undefined)
            for (const one of this.job.figures.practiceCells.keys()) remember(`praktijk/${one}`, [one]);
    }

    /** Takes the claims of a group; of a run that was taken before, only whether this audience may read it is asked again. */
    private takeRun(run: Run, file: string, kind: AudienceKind, audience: Audience, spoken: Spoken): void {
        spoken.addRun(run);
        const isTaken = this.takenRuns.has(run);
        let isDone = true;
        for (const claim of run) {
            this.counts.claims += 1;
            if (!this.mayRead(claim.subject, kind, audience)) {
                const { subject } = claim;
                this.findings.push({ kind: "andermans", audience: audience.id, file, subject, detail: "" });
            } else if (!isTaken) isDone = this.know(claim, file, audience) && isDone;
        }
        if (isDone) this.takenRuns.add(run);
    }

    /** A claim is for this audience, true, and no more precise than it may be; then it is known. */
    private take(claim: Claim, file: string, kind: AudienceKind, audience: Audience, spoken: Spoken): void {
        this.counts.claims += 1;
        if (!this.mayRead(claim.subject, kind, audience)) {
            const { subject } = claim;
            this.findings.push({ kind: "andermans", audience: audience.id, file, subject, detail: "" });
            return;
        }
        spoken.add(claim);
        this.know(claim, file, audience);
    }

    /** Whether there is nothing more to be learned from a claim, whoever reads it next. */
    private know(claim: Claim, file: string, audience: Audience): boolean {
        const { subject, key, printed } = claim;
        const find = (what: Finding["kind"], detail = "") =>
            this.findings.push({ kind: what, audience: audience.id, file, subject, detail });
        const indicator = this.job.figures.indicators.get(subject.indicator);
        // The same line of a download stands in the files of many audiences.
        if (this.taken.has(claim)) return true;
        const told = printed.filter((one) => this.kinds.get(one.kind)?.ofPractices !== true);
        if (!indicator || !countsPatients(indicator.klasse) || told.length === 0) return true;
        const figure = this.index.at(key)?.figure;
        if (!figure || !this.isTrue(claim)) {
            find("onjuist");
            return false;
        }
        // What a reader knew already; another may not.
        if (this.isOwn(figure, audience)) return false;
        if (this.secrets.isPercentOnly(figure.cell, indicator)) {
            const { reading } = decode(told, indicator, this.kinds);
            // Nothing may stand beside the percent, however little it tells.
            const isAlone = told.every(({ kind: what }) => what === "value");
            if (!isAlone || reading.numerator || reading.denominator) find("te-precies");
        }
        if (this.secrets.isOfTooFew(figure.cell, indicator)) find("te-precies", "te weinig praktijken");
        const known = this.printed.get(key) ?? new Map<string, Printed>();
        this.printed.set(key, known);
        for (const one of told) known.set(`${one.kind} ${one.value} ${one.step}`, one);
        this.taken.add(claim);
        return true;
    }

    /** What a list of changes says of the publication before: only what that one showed as it was. */
    private takeEarlier(
        { subject, key, printed }: Claim,
        file: string,
        audience: Audience,
        find: (what: Finding["kind"], subject: Subject, file: string, detail: string) => void,
    ): void {
        this.counts.claims += 1;
        const indicator = this.job.figures.indicators.get(subject.indicator);
        if (!indicator || !countsPatients(indicator.klasse)) return;
        if (subject.level === "practice" && subject.id === audience.practice) return;
        const shown = (this.shownBefore().get(key) ?? []).some((cell) =>
            printed.every(({ kind, value }) => value === cell[kind as "numerator" | "denominator"]),
        );
        if (!shown) find("te-precies", subject, file, "een eerder cijfer dat toen niet getoond werd");
    }

    /** Figures that earlier publications showed these readers as they were. */
    private shownBefore(): ReadonlyMap<string, MartCell[]> {
        if (this.before) return this.before;
        const before = new Map<string, MartCell[]>();
        for (const { cells, forms } of this.job.earlier.parts)
            cells.forEach((cell, place) => {
                if (forms.get(this.group)?.[place] !== "exact") return;
                const key = cellKey(cell);
                before.set(key, [...(before.get(key) ?? []), cell]);
            });
        this.before = before;
        return before;
    }

    private isTrue(claim: Claim): boolean {
        if (this.fitting.has(claim)) return true;
        const indicator = this.job.figures.indicators.get(claim.subject.indicator);
        const figure = this.index.at(claim.key)?.figure;
        if (!indicator || !figure || figure.cell.numerator === null) return false;
        const told = claim.printed.filter((one) => this.kinds.get(one.kind)?.ofPractices !== true);
        const fits = couldBe(figure.cell.numerator, figure.cell.denominator, told, indicator, this.kinds);
        if (fits) this.fitting.add(claim);
        return fits;
    }

    /** Whether the audience's own file says that it may read such a figure. */
    private mayRead(subject: Subject, kind: AudienceKind, audience: Audience): boolean {
        const { catalogue, indicators } = this.job.figures;
        const period = periodKind(subject.period);
        const definition = this.definitions.get(subject.indicator);
        if (period === null || !indicators.has(subject.indicator) || !definition) return false;
        // A goal that is the audience's subject is held against the region's figure, also of an indicator without a page.
        const isOfGoal = kind.goals !== "none" && subject.level === "region" && this.goals.has(subject.indicator);
        if (!isOfGoal && !kind.seesIndicator(audience, definition)) return false;
        if (subject.level === "practice") {
            if (subject.id === audience.practice) return kind.own?.includes(period) === true;
            // Of another practice no more than the dot that says so.
            return kind.members === true && this.shown.get(subjectKey(subject)) === "percent";
        }
        if (!kind.levels[subject.level]?.includes(period)) return false;
        return kind.seesGroup?.(audience, catalogue, subject.level, subject.id) ?? true;
    }

    private isOwn({ cell }: Figure, { practice, assigned }: Audience): boolean {
        return cell.level === "practice" && (cell.id === practice || assigned?.includes(cell.id) === true);
    }

    /** The whole percents of the dots that this audience may see at an indicator and period. */
    private dotsOf(indicator: string, period: string, audience: Audience): number[] {
        const name = `${indicator}\t${period}`;
        const all = this.dots.get(name) ?? this.allDots(indicator, period);
        this.dots.set(name, all);
        return all.flatMap(({ practice, percent }) => (practice === audience.practice ? [] : percent));
    }

    /** The whole percents of all practices' dots, whoever sees them. */
    private allDots(indicator: string, period: string): { practice: string; percent: number }[] {
        const { practiceCells, indicators } = this.job.figures;
        const definition = indicators.get(indicator);
        // What is about practices is shown as it is (disclosure.md rule 1).
        const isOpen = definition !== undefined && !countsPatients(definition.klasse);
        const percentOf = (practice: string, cells: readonly MartCell[]): number | null => {
            const key = cellKey({ indicator, stratum: null, level: "practice", id: practice, period });
            if (!isOpen) {
                const figure = this.shown.get(key) === "percent" ? this.index.at(key)?.figure : undefined;
                return figure ? wholePercent(figure.cell) : null;
            }
            const cell = cells.find((one) => cellKey(one) === key);
            return cell ? wholePercent(cell) : null;
        };
        return [...practiceCells].flatMap(([practice, cells]) => {
            const percent = percentOf(practice, cells);
            return percent === null ? [] : [{ practice, percent }];
        });
    }

    /** What everybody may know: the printed annual report, and what earlier publications showed these readers. */
    private remember(view: View): void {
        this.job.earlier.parts.forEach((part, place) => {
            const told = part.forms.get(this.group);
            this.system.figures[place]?.forEach((figure, index) => {
                const form = told?.[index];
                if (!figure || form === undefined || form === "hidden") return;
                view.read(figure, readingOf(figure.cell, form));
            });
        });
        for (const { from, printed } of PRINTED_FIGURES) {
            if (from.kind !== "cell") continue;
            const figure = this.index.at(subjectKey({ ...from, stratum: from.stratum ?? null }))?.figure;
            if (figure && Number(printed.replaceAll(".", "")) === figure.cell.numerator) view.know(figure.n);
        }
    }
}

/** A plain text as a page of one paragraph per line. */
function pageOf(text: string): string {
    const lines = text.split("\n").map((line) => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
    return `<main>${lines.map((line) => `<p>${line}</p>`).join("")}</main>`;
}
