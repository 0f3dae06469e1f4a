// Makes the letter of a delivery from its facts and the newest figures, and keeps it beside them in the lake.

import { type DeliveryRecord, KEYS, type Lake, originOf, readRelease } from "../lake.ts";
import { inputsOf, readQueries } from "../query.ts";
import { readIndicator } from "../refresh/indicator.ts";
import { values } from "../values.ts";
import { attemptKey, factsOfPractice, type LetterFacts, letterKey, readFacts } from "./letter.ts";
import { type Computed, effectsOn, type Sourced } from "./letter-effects.ts";
import { letterHtml, letterText } from "./letter-rendering.ts";
import { type Effects, type Letter, writeLetter } from "./letter-sections.ts";
import { readChecks } from "./quality-check.ts";

/** A letter in both forms. */
export interface IssuedLetter {
    facts: LetterFacts;
    letter: Letter;
    html: string;
    text: string;
}

/**
 * The letter of a delivery, named as it was delivered or by the first characters of its id; held ones too. Throws a
 * sentence when there is no such delivery, more than one, or one from before letters were kept.
 */
export async function issueLetter(lake: Lake, named: string): Promise<IssuedLetter> {
    const facts = await findFacts(lake, named);
    return keep(lake, facts, await computedFor(lake, facts));
}

/**
 * One practice's part of a delivery of more, made again with the newest figures; not kept. Throws a sentence when the
 * delivery does not cover the practice by name.
 */
export async function issuePracticeLetter(lake: Lake, named: string, practice: string): Promise<IssuedLetter> {
    const whole = await findFacts(lake, named);
    const before = whole.previous ? await readFacts(lake, whole.previous.id) : null;
    const facts =
        whole.practices.length === 1 && whole.practices[0] === practice
            ? whole
            : factsOfPractice(whole, practice, before);
    if (facts === null)
        throw new Error(
            `Levering ${whole.delivery} gaat niet over praktijk ${practice}; verwacht een AGB-code uit de levering.`,
        );
    return write(facts, await computedFor(lake, facts));
}

/** The letter as it is on arrival, when no figures of this delivery exist: numbers of patients, no points yet. */
export async function keepFirstLetter(lake: Lake, facts: LetterFacts): Promise<void> {
    await keep(lake, facts, { period: null, computed: [] });
}

async function write(facts: LetterFacts, figures: Figures): Promise<IssuedLetter> {
    const letter = writeLetter(facts, await effectsOf(facts, figures), await readChecks());
    return { facts, letter, html: letterHtml(letter), text: letterText(letter) };
}

async function keep(lake: Lake, facts: LetterFacts, figures: Figures): Promise<IssuedLetter> {
    const issued = await write(facts, figures);
    await lake.store.put(KEYS.letter(letterKey(facts), "html"), Buffer.from(issued.html));
    await lake.store.put(KEYS.letter(letterKey(facts), "txt"), Buffer.from(issued.text));
    return issued;
}

async function findFacts(lake: Lake, named: string): Promise<LetterFacts> {
    const wanted = named
        .toLowerCase()
        .replace(/\/+$/, "")
        .replace(/^.*\//, "")
        .replace(/\.(zip|gz)$/, "");
    const matches = (name: string, id: string): boolean =>
        name === wanted || name === `${wanted}_1` || (/^[0-9a-f]{8,}$/.test(wanted) && id.startsWith(wanted));
    const accepted = ((await readRelease(lake))?.deliveries ?? []).filter((delivery: DeliveryRecord) =>
        matches(delivery.name, originOf(delivery)),
    );
    if (accepted.length > 1)
        throw new Error(`Levering ${named} is er meer dan eens in ${lake.location}; geef meer tekens van het id.`);
    const [delivery] = accepted;
    if (delivery) {
        const facts = await readFacts(lake, originOf(delivery));
        if (facts) return facts;
        throw new Error(
            `Levering ${named} is opgenomen voordat er brieven werden bewaard; lever haar opnieuw aan met een hoger volgnummer.`,
        );
    }
    for (const name of [wanted, `${wanted}_1`]) {
        const facts = await readFacts(lake, attemptKey(name));
        if (facts) return facts;
    }
    throw new Error(
        `Levering ${named} staat niet in ${lake.location}; zie regiospiegel deliveries voor de namen. Is zij geweigerd, dan schrijft regiospiegel ingest --letters haar brief.`,
    );
}

async function effectsOf(facts: LetterFacts, { period, computed }: Figures): Promise<Effects> {
    const own = facts.affected.filter(({ practice }) => practice !== null);
    if (own.length === 0 || facts.source === "bureau") return { period: null, indicators: [] };
    sourced ??= readSourced();
    return { period, indicators: effectsOn(await sourced, own, computed) };
}

/** Definitions do not change while a process runs, and a region has many letters. */
let sourced: Promise<Sourced[]> | undefined;

/** Every indicator with the lake tables that it rests on. */
export async function readSourced(): Promise<Sourced[]> {
    const queries = await readQueries();
    return [...queries.values()]
        .filter(({ layer }) => layer === "indicators")
        .map((query) => ({ indicator: readIndicator(query), tables: inputsOf(queries, query.id) }));
}

interface Figures {
    period: string | null;
    computed: Computed[];
}

/** Numerators and denominators of the delivery's practices in the last whole month up to its peildatum. */
async function computedFor(lake: Lake, facts: LetterFacts): Promise<Figures> {
    if ((await lake.store.get(KEYS.martsPointer)) === null) return { period: null, computed: [] };
    const period = lastWholeMonth(facts.peildatum);
    const computed = (await values(lake, { level: "practice", period })).flatMap(
        ({ indicator, stratum, id: practice, numerator, denominator }): Computed[] =>
            stratum !== null || numerator === null || denominator === null || !facts.practices.includes(practice)
                ? []
                : [{ indicator, practice, numerator, denominator }],
    );
    return { period: computed.length === 0 ? null : period, computed };
}

function lastWholeMonth(day: string): string {
    const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
    return new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth(), 0)).toISOString().slice(0, 7);
}
