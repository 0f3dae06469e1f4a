import type { Form } from "../disclosure/forms.ts";
import type { Audience } from "../publish/audience.ts";
import type { PublishableFigures } from "../publish/audience-view.ts";
import { comparePeriods, periodKind } from "../publish/publication-period.ts";
import type { Figure } from "../worlds/system.ts";
import type { Claim, Subject } from "./claim.ts";
import { follows, readCurves, readStrip } from "./drawing.ts";
import { type NumberInText, numbersIn } from "./dutch-text.ts";
import type { FigureIndex, Indexed } from "./figure-index.ts";
import type { Finding } from "./finding.ts";
import { type Context, type Drawing, type Passage, readPage } from "./read-page.ts";
import { type Spoken, spokenClaim } from "./spoken.ts";
import { type Group, REGION, type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** What judging pages needs to know of the rest. */
export interface PageWorld {
    audience: Audience;
    figures: PublishableFigures;
    labels: ReadonlyMap<string, string>;
    /** The true figures about patients in this publication. */
    index: FigureIndex;
    mayKnow(indexed: Indexed): Form;
    /** What stands in downloads, tables and strips so far. */
    spoken: Spoken;
    /** Takes up what a table says. */
    take(claim: Claim, file: string): void;
    /** Whether a claim is true; an untrue one gives nobody away. */
    fits(claim: Claim): boolean;
    /** The whole percents of the practices without a name at an indicator and period. */
    dotsOf(indicator: string, period: string): readonly number[];
    find(kind: Finding["kind"], subject: Subject | null, file: string, detail: string): void;
}

/** Most subjects that one text is laid beside. */
const MOST_SUBJECTS = 600;

/**
 * Reads the pages of one audience: tables and strips first, because they explain the sentences, labels and drawings. A number
 * counts as given away when it is that of a hidden figure which the text, its row or its heading is about, and no shown
 * figure there explains it.
 */
export class PageJudge {
    private readonly vocabulary: Vocabulary;
    private readonly world: PageWorld;
    private readonly own: readonly Group[];
    private readonly pages: { file: string; passages: Passage[]; drawings: Drawing[] }[] = [];

    constructor(world: PageWorld) {
        const { audience } = world;
        this.world = world;
        this.vocabulary = vocabularyOf(world.figures, audience, world.labels);
        this.own = [
            REGION,
            ...(audience.practice === undefined ? [] : [{ level: "practice" as const, id: audience.practice }]),
            ...(audience.area === undefined ? [] : [{ level: "area" as const, id: audience.area }]),
            ...(audience.hagro === undefined ? [] : [{ level: "hagro" as const, id: audience.hagro }]),
        ];
    }

    /** Reads a page: what its tables and strips say is taken up at once. */
    read(file: string, text: string): void {
        const indicator = this.vocabulary.indicatorAt(file.replace(/index\.html$/, ""));
        const about = { indicators: indicator === null ? null : [indicator] };
        const { passages, drawings } = readPage(text, this.vocabulary, about);
        this.pages.push({ file, passages, drawings });
        for (const passage of passages)
            if (passage.place === "cel" || passage.place === "waarde") this.takeCell(passage, file);
        for (const drawing of drawings) this.takeStrip(drawing, file);
    }

    /** Judges all numbers and lines with what was read. */
    judge(): void {
        for (const { file, passages, drawings } of this.pages) {
            for (const passage of passages) this.judgeText(passage, file);
            for (const drawing of drawings) this.judgeDrawing(drawing, file);
        }
    }

    private takeCell(passage: Passage, file: string): void {
        const [one, another] = this.figuresOf(passage.context, 1);
        if (!one || another) return;
        const { subject: only } = one;
        const indicator = this.world.figures.indicators.get(only.indicator);
        if (!indicator) return;
        const text = passage.text.replace(/\s+/g, " ");
        const isExact = passage.place === "waarde";
        for (const part of isExact ? [text] : text.split(" · ")) {
            const claim = spokenClaim(part, only, indicator.maat !== "aantal", isExact);
            if (claim && this.isNews(claim) && this.world.fits(claim)) this.world.take(claim, file);
        }
    }

    /** Whether a claim says something that is not known of its subject yet. */
    private isNews({ key, printed }: Claim): boolean {
        return !printed.every(({ value, step }) =>
            this.world.spoken.explains({ value, step, isPercent: false, isChange: false }, [key], []),
        );
    }

    /** Every dot stands on a whole percent of a practice that may be shown, and on no other. */
    private takeStrip({ element, context, label }: Drawing, file: string): void {
        const strip = readStrip(element, label);
        if (!strip) return;
        const [indicator, another] = context.indicators ?? [];
        const [period] = context.periods ?? [];
        if (indicator === undefined || another !== undefined || period === undefined) {
            this.world.find("onleesbaar", null, file, "een strook stippen zonder indicator of periode");
            return;
        }
        const subject = { indicator, stratum: null, level: "practice" as const, id: "*", period };
        if (!strip.isWhole) this.world.find("te-precies", subject, file, "stippen naast hele percentages");
        this.world.spoken.addStrip(indicator, period, strip.percents);
        const left = [...this.world.dotsOf(indicator, period)];
        for (const percent of strip.percents) {
            const place = left.indexOf(percent);
            if (place < 0) {
                this.world.find("verraden", subject, file, "een stip van een praktijk die niet getoond mag worden");
                return;
            }
            left.splice(place, 1);
        }
    }

    private judgeText(passage: Passage, file: string): void {
        const numbers = numbersIn(passage.rest);
        if (numbers.length === 0) return;
        const figures = this.figuresOf(passage.context);
        const keys = figures.map(({ key }) => key);
        for (const indexed of figures) {
            const { figure, subject } = indexed;
            const may = this.world.mayKnow(indexed);
            if (may === "exact" || isDelivered(passage.text, figure)) continue;
            const told = numbers.find(
                (number) =>
                    tells(number, figure, may) && !this.world.spoken.explains(number, keys, passage.context.spans),
            );
            if (told) this.world.find("verraden", subject, file, passage.text.replace(/\d/g, "#").slice(0, 80));
        }
    }

    /** A line that follows a run of true figures of which some are hidden. */
    private judgeDrawing({ element, context, label }: Drawing, file: string): void {
        if (readStrip(element, label) !== null) return;
        const curves = readCurves(element).filter(({ coordinates }) => coordinates.length > 3 && !isEven(coordinates));
        if (curves.length === 0) return;
        for (const { values, hidden } of this.runs(this.figuresOf({ ...context, periods: null }))) {
            if (hidden === null || values.length < 4 || isEven(values)) continue;
            if (curves.some(({ coordinates }) => follows(coordinates, values)))
                this.world.find("verraden", hidden, file, "een lijn volgt cijfers die niet getoond mogen worden");
        }
    }

    /** Every run of true values that a drawing about these figures may follow, with the first that is hidden in it. */
    private runs(all: readonly Indexed[]): { values: number[]; hidden: Subject | null }[] {
        const runs = new Map<string, Indexed[]>();
        for (const indexed of all) {
            const { indicator, stratum, level, id, period } = indexed.subject;
            for (const name of [
                `tijd ${indicator} ${stratum} ${level} ${id} ${periodKind(period)}`,
                `groepen ${indicator} ${stratum} ${level} ${period}`,
            ]) {
                const run = runs.get(name);
                if (run) run.push(indexed);
                else runs.set(name, [indexed]);
            }
        }
        return [...runs.values()].flatMap((run) => {
            const sorted = [...run].sort((a, b) => comparePeriods(a.subject.period, b.subject.period));
            const hidden = sorted.find((one) => this.world.mayKnow(one) === "hidden")?.subject ?? null;
            return (["numerator", "value"] as const).map((what) => ({
                values: sorted.map(({ figure: { cell } }) => cell[what] ?? 0),
                hidden,
            }));
        });
    }

    /** Every figure about patients that a context may be about, or a few more than `most` of them. */
    private figuresOf({ indicators, groups, periods, strata }: Context, most = MOST_SUBJECTS): Indexed[] {
        const found: Indexed[] = [];
        const asked = periods === null ? null : new Set(periods);
        for (const indicator of new Set(indicators ?? [])) {
            for (const group of groups ?? this.own) {
                this.world.index.find(indicator, group, asked, strata, found);
                if (found.length > most) return found.slice(0, most + 1);
            }
        }
        return found;
    }
}

/** Whether a number is one of a hidden figure's: its counts, the rest, its share as precisely as it is written. */
function tells({ value, step, isPercent, isChange }: NumberInText, { cell }: Figure, may: Form): boolean {
    if (isChange) return false;
    const { numerator, denominator } = cell;
    if (!isPercent && step === 1) {
        if (value === numerator || (denominator !== null && value === denominator)) return true;
        return denominator !== null && numerator !== null && value === denominator - numerator;
    }
    // What is shown as a whole percent may be said as one.
    if (may === "percent" && step >= 1) return false;
    const scale = isPercent ? 100 : 1;
    return [cell.value, cell.low, cell.high].some(
        (one) => one !== null && Math.abs(one * scale - value) <= step / 2 + 1e-9,
    );
}

/** How many practices delivered of all members: about practices, also where a number of patients happens to be the same. */
function isDelivered(text: string, { cell: { delivered, members } }: Figure): boolean {
    return delivered !== null && members !== null && text === `${delivered}/${members}`;
}

/** Values at even distances tell nothing: rows, bars, a flat line. */
function isEven(values: readonly number[]): boolean {
    const step = (values[1] ?? 0) - (values[0] ?? 0);
    return values.every((value, index) => index === 0 || Math.abs(value - (values[index - 1] ?? 0) - step) <= 1.5);
}
