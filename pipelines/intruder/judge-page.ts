import type { Audience, AudienceKind } from "../publish/audience.ts";
import type { PublishableFigures } from "../publish/audience-view.ts";
import { comparePeriods, periodKind } from "../publish/publication-period.ts";
import type { Figure } from "../worlds/system.ts";
import { type Claim, type Subject, subjectKey } from "./claim.ts";
import { follows, readCurves, readStrip } from "./drawing.ts";
import { type NumberInText, numbersIn } from "./dutch-text.ts";
import type { Finding } from "./finding.ts";
import { type Context, type Drawing, type Passage, readPage } from "./read-page.ts";
import { type Spoken, spokenClaim } from "./spoken.ts";
import { type Group, REGION, vocabularyOf, type Vocabulary } from "./vocabulary.ts";

/** What judging pages needs to know of the rest. */
export interface PageWorld {
    figures: PublishableFigures;
    /** The figure of a subject in this publication; none: nothing about patients. */
    figureAt(key: string): Figure | undefined;
    /** Periods of an indicator at a group. */
    periodsOf(indicator: string, group: Group): readonly string[];
    /** What stands in downloads, tables and strips so far. */
    spoken: Spoken;
    /** Whether a figure's counts are known to who reads all this. */
    isRead(key: string): boolean;
    /** Takes up what a table or a strip says. */
    take(claim: Claim): void;
    takeStrip(indicator: string, period: string, percents: readonly number[], file: string): void;
    find(kind: Finding["kind"], subject: Subject | null, file: string, detail: string): void;
}

/** Most subjects that one text is laid beside. */
const MOST_SUBJECTS = 600;

/** Reads the pages of one audience: tables first, because they explain the sentences, labels and drawings. */
export class PageJudge {
    private readonly vocabulary: Vocabulary;
    private readonly world: PageWorld;
    private readonly audience: Audience;
    private readonly own: readonly Group[];
    private readonly pages: { file: string; passages: Passage[]; drawings: Drawing[] }[] = [];

    constructor(world: PageWorld, kind: AudienceKind, audience: Audience) {
        this.world = world;
        this.audience = audience;
        this.vocabulary = vocabularyOf(world.figures, audience);
        this.own = [
            REGION,
            ...(audience.practice === undefined ? [] : [{ level: "practice" as const, id: audience.practice }]),
            ...(audience.area === undefined ? [] : [{ level: "area" as const, id: audience.area }]),
        ];
        void kind;
    }

    /** Reads a page: what its tables and strips say is taken up at once. */
    read(file: string, html: string): void {
        const indicator = this.vocabulary.indicatorAt(file.replace(/index\.html$/, ""));
        const { passages, drawings } = readPage(html, this.vocabulary, { indicators: indicator === null ? null : [indicator] });
        this.pages.push({ file, passages, drawings });
        for (const passage of passages) if (passage.place === "cel" || passage.place === "kenmerk") this.takeCell(passage, file);
        for (const drawing of drawings) this.takeStrip(drawing, file);
    }

    /** Judges everything that is not a table: numbers that no shown figure explains, and lines that follow no shown figure. */
    judge(): void {
        for (const { file, passages, drawings } of this.pages) {
            for (const passage of passages) if (passage.place !== "tekening") this.judgeText(passage, file);
            for (const drawing of drawings) this.judgeDrawing(drawing, file);
        }
    }

    private takeCell(passage: Passage, file: string): void {
        const subjects = this.subjectsOf(passage.context);
        const [only, another] = subjects;
        if (!only || another) return;
        const text = passage.text.replace(/\s+/g, " ");
        const indicator = this.world.figures.indicators.get(only.indicator);
        if (!indicator) return;
        const isExact = passage.place === "kenmerk";
        for (const part of isExact ? [text] : text.split(" · ")) {
            const claim = spokenClaim(part, only, indicator.maat !== "aantal", isExact, file);
            if (claim && this.isNews(claim)) this.world.take(claim);
        }
    }

    /** Whether a claim says something that is not known of its subject yet. */
    private isNews({ subject, printed }: Claim): boolean {
        const key = subjectKey(subject);
        return !printed.every(({ value, step }) => {
            const number = { value, step, isPercent: false, isChange: false };
            return this.world.spoken.explains(number, [key], []);
        });
    }

    private takeStrip({ element, context, label }: Drawing, file: string): void {
        const strip = readStrip(element, label);
        if (!strip) return;
        const [indicator, another] = context.indicators ?? [];
        const [period] = context.periods ?? [];
        if (indicator === undefined || another !== undefined || period === undefined) return;
        const subject = { indicator, stratum: null, level: "practice" as const, id: "*", period };
        if (!strip.isWhole) this.world.find("te-precies", subject, file, "stippen naast hele percentages");
        this.world.spoken.addStrip(indicator, period, strip.percents);
        this.world.takeStrip(indicator, period, strip.percents, file);
    }

    private judgeText(passage: Passage, file: string): void {
        const numbers = numbersIn(passage.rest).filter((number) => !this.isOfGoals(number, passage));
        if (numbers.length === 0) return;
        const subjects = this.subjectsOf(passage.context);
        const keys = subjects.map(subjectKey);
        const hidden = subjects.find((_subject, place) => this.isHidden(keys[place] ?? ""));
        if (!hidden) return;
        const loose = numbers.find((number) => !this.world.spoken.explains(number, keys, passage.context.spans));
        if (loose) this.world.find("onverklaard", hidden, file, passage.text.replace(/\d/g, "#").slice(0, 80));
    }

    /** Growth and its limits in percents, beside a goal for a count, say nothing of patients that its sums do not. */
    private isOfGoals({ isPercent, isChange }: NumberInText, { text }: Passage): boolean {
        return (isPercent || isChange) && /\b(?:groei|doel|vergrijzing|meededen|verwachting|streef|norm)/i.test(text);
    }

    private judgeDrawing({ element, context, label }: Drawing, file: string): void {
        if (readStrip(element, label) !== null) return;
        const curves = readCurves(element).filter(({ coordinates }) => coordinates.length > 2);
        if (curves.length === 0) return;
        const subjects = this.subjectsOf({ ...context, periods: null });
        const hidden = subjects.find((subject) => this.isHidden(subjectKey(subject)));
        if (!hidden) return;
        const sequences = this.sequences(subjects);
        const strange = curves.find(({ coordinates }) => !sequences.some((values) => follows(coordinates, values)));
        if (strange && !isConstant(strange.coordinates) && !isEven(strange.coordinates))
            this.world.find("te-precies", hidden, file, "een tekening volgt geen getoonde cijfers");
    }

    /** Every run of values that a drawing about these subjects may follow. */
    private sequences(subjects: readonly Subject[]): number[][] {
        const runs = new Map<string, { key: string; period: string }[]>();
        const join = (run: string, subject: Subject) => {
            const list = runs.get(run) ?? [];
            runs.set(run, list);
            list.push({ key: subjectKey(subject), period: subject.period });
        };
        for (const subject of subjects) {
            const { indicator, stratum, level, id, period } = subject;
            join(`tijd ${indicator} ${stratum} ${level} ${id} ${periodKind(period)}`, subject);
            join(`groepen ${indicator} ${stratum} ${period}`, subject);
            join(`gebieden ${indicator} ${stratum} ${level} ${period}`, subject);
        }
        const found: number[][] = [];
        for (const [name, run] of runs) {
            if (name.startsWith("tijd")) run.sort((a, b) => comparePeriods(a.period, b.period));
            const known = run.flatMap(({ key, period }) => {
                const one = this.world.spoken.of(key);
                return one ? [{ ...one, period }] : [];
            });
            const shown = known.filter(({ value, numerator }) => value !== null || numerator !== null);
            found.push(shown.map(({ value, numerator }) => value ?? numerator ?? 0));
            found.push(shown.map(({ numerator, value }) => numerator ?? value ?? 0));
            const limits = shown.filter(({ numbers }) => numbers.length > 4);
            for (const place of [3, 5]) found.push(limits.map(({ numbers }) => numbers[place] ?? 0));
            for (const year of new Set(shown.map(({ period }) => period.slice(0, 4)))) {
                let sum = 0;
                found.push([0, ...shown.filter(({ period }) => period.startsWith(year)).map(({ numerator, value }) => (sum += numerator ?? value ?? 0))]);
            }
        }
        return found;
    }

    /** A figure of others that nobody reading all this may know. */
    private isHidden(key: string): boolean {
        const figure = this.world.figureAt(key);
        if (!figure || (figure.cell.level === "practice" && figure.cell.id === this.audience.practice)) return false;
        return !this.world.isRead(key);
    }

    /** Every figure about patients that a context may be about. */
    private subjectsOf(context: Context): Subject[] {
        const subjects: Subject[] = [];
        for (const indicator of new Set(context.indicators ?? [])) {
            for (const group of context.groups ?? this.own) {
                const periods = context.periods ?? this.world.periodsOf(indicator, group);
                for (const period of new Set(periods)) {
                    for (const stratum of context.strata ?? [null]) {
                        const subject = { indicator, stratum, level: group.level, id: group.id, period };
                        if (this.world.figureAt(subjectKey(subject))) subjects.push(subject);
                        if (subjects.length > MOST_SUBJECTS) return subjects;
                    }
                }
            }
        }
        return subjects;
    }
}

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Places at even distances: bars or rows, not values. */
function isEven(values: readonly number[]): boolean {
    const step = (values[1] ?? 0) - (values[0] ?? 0);
    return values.every((value, index) => index === 0 || Math.abs(value - (values[index - 1] ?? 0) - step) <= 1.5);
}
