import { type Day, day, type Month, monthEnd, parseMonth } from "./calendar.ts";

export interface DemoOptions {
    /** Folder of deliveries to write; made when absent. */
    out: string;
    seed?: number;
    practices?: number;
    /** Patients registered at members on 31 December 2022. */
    patients?: number;
    /** First published month, `jjjj-mm`. */
    from?: string;
    /** Last published month, `jjjj-mm`. */
    to?: string;
    /** Told now and then: the share done (0 to 1) and what was written. */
    progress?: (share: number, what: string) => void;
}

/** The choices that decide every byte of the demo region. */
export interface Settings {
    seed: number;
    practices: number;
    patients: number;
    from: string;
    to: string;
}

/** Days that follow from the settings. */
export interface Horizon {
    /** History starts here: 60 months before the first published month. */
    start: Day;
    /** Last day of the last published month: the newest peildatum. */
    end: Day;
    /** The day on which the annual report counts. */
    reference: Day;
    last: Month;
}

/** Joiners come and leavers go on this day (domain.md §2). */
export const CHANGE_DAY: Day = day(2023, 1, 1);

/** Fills in defaults and refuses what cannot be made, in one Dutch sentence. */
export function readSettings(options: DemoOptions): Settings {
    const settings: Settings = {
        seed: options.seed ?? 2022,
        practices: options.practices ?? 45,
        patients: options.patients ?? 130_782,
        from: options.from ?? "2022-01",
        to: options.to ?? "2024-06",
    };
    whole("seed", settings.seed, 0, 2 ** 31 - 1);
    whole("practices", settings.practices, 3, 5_000);
    whole("patients", settings.patients, 600, 20_000_000);
    if (settings.patients < settings.practices * 100) {
        throw new Error(
            `Demoregio: --patients ${settings.patients} is te weinig voor ${settings.practices} praktijken; verwacht minstens ${settings.practices * 100}. Kies meer patiënten of minder praktijken.`,
        );
    }
    const from = month("from", settings.from);
    const to = month("to", settings.to);
    if (from.year * 12 + from.month > to.year * 12 + to.month) {
        throw new Error(
            `Demoregio: --from ${settings.from} ligt na --to ${settings.to}; kies een eerste maand die niet na de laatste ligt.`,
        );
    }
    return settings;
}

export function horizonOf(settings: Settings): Horizon {
    const from = month("from", settings.from);
    const to = month("to", settings.to);
    return {
        start: day(from.year - 5, from.month, 1),
        end: monthEnd(to.year, to.month),
        reference: CHANGE_DAY - 1,
        last: to,
    };
}

function whole(name: string, value: number, low: number, high: number): void {
    if (Number.isInteger(value) && value >= low && value <= high) return;
    throw new Error(
        `Demoregio: --${name} moet een geheel getal van ${low} tot en met ${high} zijn, gekregen ${value}; pas de waarde aan.`,
    );
}

function month(name: string, text: string): Month {
    const value = parseMonth(text);
    if (value && value.year >= 2020 && value.year <= 2026) return value;
    throw new Error(
        `Demoregio: --${name} moet een maand van 2020-01 tot en met 2026-12 zijn (jjjj-mm), gekregen "${text}"; pas de maand aan.`,
    );
}
