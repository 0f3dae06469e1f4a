import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { printable } from "../delivery.ts";
import { type Format, readFormats } from "../format.ts";
import { ISSUES, Refusal } from "../issues.ts";
import { checkFormat } from "../layout/format-check.ts";
import { coverageText, proposalText, questionsText } from "../layout/format-report.ts";
import { openSample } from "../layout/format-sample.ts";
import { formatSource } from "../layout/format-source.ts";
import { sniff } from "../layout/sniff.ts";
import { UsageError } from "../usage-error.ts";

interface FormatFlags {
    out?: string;
    json?: boolean;
}

const FOLDER = fileURLToPath(new URL("../formats/", import.meta.url));
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** `regiospiegel format new|check [NAAM] VOORBEELD...`. */
export async function formatVerb(action: string, words: string[], flags: FormatFlags): Promise<number> {
    if (action === "new") return newFormat(words, flags);
    if (action === "check") return checkSample(words, flags);
    throw new UsageError(`Onbekende opdracht format ${printable(action)}; kies format new of format check.`);
}

async function newFormat(words: readonly string[], flags: FormatFlags): Promise<number> {
    const formats = await readFormats();
    const { name, paths } = split(words, (word) => NAME.test(word) && !existsSync(word));
    const called = name ?? nameOf(paths[0] ?? "");
    const folder = resolve(flags.out ?? FOLDER);
    const target = join(folder, `${called}.ts`);
    if (existsSync(target)) {
        throw new UsageError(
            `De indeling ${called} bestaat al (${shownPath(target)}); geef een andere naam: format new NAAM VOORBEELD...`,
        );
    }
    const sample = await openSample(paths);
    const proposal = await readable(() => sniff(sample, formats));
    if (Object.keys(proposal.format.files ?? proposal.format.records ?? {}).length === 0) {
        process.stderr.write(
            "In het voorbeeld is geen enkele tabel herkend; verwacht bestanden met kolomnamen, of een journaal met recordtypen. Er is niets geschreven.\n",
        );
        return 1;
    }
    await mkdir(folder, { recursive: true });
    await writeFile(target, formatSource(called, proposal, folder), { flag: "wx" });
    const coverage = await checkFormat(proposal.format, sample, peildatumOf(paths));
    if (flags.json) {
        write(JSON.stringify({ name: called, file: shownPath(target), ...proposal, coverage }, null, 1));
        return 0;
    }
    write(proposalText(called, shownPath(target), proposal));
    write(coverageText(called, coverage));
    write(questionsText(proposal.questions));
    write(
        `Beantwoord de vragen in ${shownPath(target)} en draai daarna: regiospiegel format check ${flags.out ? shownPath(target) : called} VOORBEELD...`,
    );
    return 0;
}

async function checkSample(words: readonly string[], flags: FormatFlags): Promise<number> {
    const formats = await readFormats();
    const { name, paths } = split(words, (word) => word.endsWith(".ts") || (formats.has(word) && !existsSync(word)));
    const called = name ?? nameOf(paths[0] ?? "");
    const format = called.endsWith(".ts") ? await formatIn(called) : formats.get(called);
    if (!format) {
        throw new UsageError(
            `Indeling ${printable(called)} bestaat niet; bekend zijn ${[...formats.keys()].join(", ")}, of geef het pad van een .ts-bestand.`,
        );
    }
    const coverage = await readable(async () => checkFormat(format, await openSample(paths), peildatumOf(paths)));
    write(
        flags.json
            ? JSON.stringify({ name: basename(called, ".ts"), ...coverage }, null, 1)
            : coverageText(basename(called, ".ts"), coverage),
    );
    return coverage.good ? 0 : 1;
}

/** The first word is the name of the layout unless it is a sample itself. */
function split(words: readonly string[], isName: (word: string) => boolean): { name: string | null; paths: string[] } {
    const [first = "", ...rest] = words;
    const name = isName(first) ? first : null;
    const paths = name === null ? [...words] : rest;
    if (paths.length === 0)
        throw new UsageError("Er ontbreekt een argument: geef een of meer voorbeelden (map, zip, gz of bestand).");
    return { name, paths };
}

/** The part of a delivery's name that names its layout, or what of another name can serve as one. */
function nameOf(path: string): string {
    const stem = basename(resolve(path))
        .toLowerCase()
        .replace(/\.[a-z0-9]+$/, "");
    const name = (stem.split("_")[0] ?? "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    return NAME.test(name) ? name : "nieuw";
}

/** The day in the name of a delivery; without one, today. */
function peildatumOf(paths: readonly string[]): string {
    const days = paths.flatMap((path) => {
        const [, year, month, day] =
            /_((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?:[_.]|$)/.exec(basename(path)) ?? [];
        return year === undefined ? [] : [`${year}-${month}-${day}`];
    });
    return days.sort().at(-1) ?? new Date().toISOString().slice(0, 10);
}

async function formatIn(path: string): Promise<Format> {
    if (!existsSync(path)) throw new UsageError(`Het bestand ${printable(path)} bestaat niet.`);
    const module = (await import(pathToFileURL(resolve(path)).href)) as { default?: Format };
    if (module.default?.dialect === undefined) {
        throw new UsageError(`${printable(path)} is geen indeling; verwacht export default defineFormat({...}).`);
    }
    return module.default;
}

/** A sample that cannot be opened is a sentence, as in ingest. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { sentence, remedy } = ISSUES[error.code];
        throw new Error(`Het voorbeeld is niet te lezen: ${sentence} (${error.message}); ${remedy}.`);
    }
}

/** A path as the reader would type it. */
function shownPath(path: string): string {
    const near = relative(process.cwd(), resolve(path));
    return near.startsWith("..") ? resolve(path) : near;
}

const write = (text: string): boolean => process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
