import type { Day } from "./calendar.ts";
import type { HisOutput } from "./his-output.ts";
import type { Patient } from "./patients.ts";
import type { Random } from "./random.ts";

const HBA1C = new Set([2816, 3266, 3754]);

/** Writes measured values the way exports hold them: mostly plain, now and then with the quirks that exports.md names. */
export class ValueWriter {
    constructor(
        private readonly output: HisOutput,
        private readonly random: Random,
        /** Some laboratories still report HbA1c in per cent now and then. */
        private readonly olderUnits: boolean,
    ) {}

    /** A number with 0 or 1 decimals. */
    number(patient: Patient, nhg: number, day: Day, value: number, decimals: 0 | 1, unit: string): void {
        const text = decimals === 0 ? String(Math.round(value)) : tenths(value);
        const quirk = this.random.next();
        if (quirk > 0.02) {
            this.output.measurement(patient, nhg, day, text, unit);
            return;
        }
        if (quirk < 0.003 && unit !== "" && unit !== "kg/m2")
            this.output.measurement(patient, nhg, day, `${text} ${unit}`, "");
        else if (quirk < 0.004) this.output.measurement(patient, nhg, day, "-", unit);
        else if (quirk < 0.005) this.output.measurement(patient, nhg, day, "", unit);
        else if (quirk < 0.0065) {
            // Measured twice on one day: both rows stay, the indicator decides which one counts.
            this.output.measurement(patient, nhg, day, text, unit);
            const again = value + (decimals === 0 ? 2 : 0.1);
            this.output.measurement(
                patient,
                nhg,
                day,
                decimals === 0 ? String(Math.round(again)) : tenths(again),
                unit,
            );
        } else if (quirk < 0.008) {
            // Sent twice: equal in every column, one row.
            this.output.measurement(patient, nhg, day, text, unit);
            this.output.measurement(patient, nhg, day, text, unit);
        } else if (this.olderUnits && HBA1C.has(nhg)) {
            this.output.measurement(patient, nhg, day, tenths((Math.round(value) + 23.5) / 10.93), "%");
        } else if (text === "100") this.output.measurement(patient, nhg, day, "1E+02", unit);
        else if (unit === "kg/m2") this.output.measurement(patient, nhg, day, text, "kg/m²");
        else this.output.measurement(patient, nhg, day, text, "");
    }

    /** A number with a limit of the laboratory: below `low` or above `high` only that much is reported. */
    limited(patient: Patient, nhg: number, day: Day, value: number, unit: string, low: number, high: number): void {
        const rounded = Math.round(value);
        if (rounded < low) this.output.measurement(patient, nhg, day, `<${low}`, unit);
        else if (rounded > high) this.output.measurement(patient, nhg, day, `>${high}`, unit);
        else this.number(patient, nhg, day, rounded, 0, unit);
    }

    /** An answer; now and then with other capitals. */
    word(patient: Patient, nhg: number, day: Day, answer: string): void {
        const quirk = this.random.next();
        const text =
            quirk < 0.01
                ? answer.toUpperCase()
                : quirk < 0.02
                  ? answer.charAt(0).toUpperCase() + answer.slice(1)
                  : answer;
        this.output.measurement(patient, nhg, day, text, "");
    }

    /** Yes or no in one of its spellings. */
    answer(patient: Patient, nhg: number, day: Day, yes: boolean): void {
        const spelling = this.random.next();
        const text = spelling < 0.8 ? (yes ? "ja" : "nee") : spelling < 0.9 ? (yes ? "J" : "N") : yes ? "Ja" : "Nee";
        this.output.measurement(patient, nhg, day, text, "");
    }
}

function tenths(value: number): string {
    const whole = Math.round(value * 10);
    const rest = whole % 10;
    return rest === 0 ? String(whole / 10) : `${Math.trunc(whole / 10)}.${Math.abs(rest)}`;
}
