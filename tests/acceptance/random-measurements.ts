import type { Day } from "./calendar.ts";
import * as codes from "./code-lists.ts";
import type { Chance } from "./random.ts";
import type { Measurement } from "./region.ts";

type Meaning = Pick<Measurement, "text" | "unit" | "number" | "answer">;

function plain(number: number, unit: string): Meaning {
    return { text: String(number).replace(".", ","), unit, number, answer: null };
}

function hba1c(chance: Chance): Meaning {
    const shape = chance.whole(0, 9);
    const value = chance.pick([40, 48, 52, 53, 54, 55, 64, 65, 70, 100]);
    if (shape <= 2) {
        const percent = chance.whole(55, 100) / 10;
        const number = Math.round(10.93 * percent - 23.5);
        return { text: String(percent).replace(".", ","), unit: "%", number, answer: null };
    }
    if (shape === 3) {
        const comparator = chance.pick(["<", ">"]);
        return { text: `${comparator}${value}`, unit: "mmol/mol", number: value, answer: null };
    }
    if (shape === 4) {
        return { text: "1E+02", unit: "mmol/mol", number: 100, answer: null };
    }
    if (shape === 5) {
        return notMeasured(chance);
    }
    return plain(shape === 6 ? value + 0.4 : value, chance.pick(["mmol/mol", ""]));
}

function notMeasured(chance: Chance): Meaning {
    return { text: chance.pick(["-", ""]), unit: "", number: null, answer: null };
}

function systolic(chance: Chance): Meaning {
    const value = chance.pick([110, 120, 139, 140, 141, 150, 172]);
    const shape = chance.whole(0, 9);
    if (shape === 0) {
        return { text: "1E+02", unit: "mmHg", number: 100, answer: null };
    }
    if (shape === 1) {
        return { text: `${chance.pick(["<", ">"])}${value}`, unit: "", number: value, answer: null };
    }
    if (shape === 2) {
        return notMeasured(chance);
    }
    return plain(shape === 3 ? value + 0.5 : value, chance.pick(["mmHg", ""]));
}

function ldl(chance: Chance): Meaning {
    const value = chance.pick([1, 1.7, 1.8, 1.9, 2.5, 2.6, 2.7, 4.1]);
    if (chance.happens(0.1)) {
        return { text: `<${String(value).replace(".", ",")}`, unit: "mmol/l", number: value, answer: null };
    }
    return chance.happens(0.1) ? notMeasured(chance) : plain(value, chance.pick(["mmol/l", ""]));
}

function answered(text: string, answer = text.trim().toLowerCase()): Meaning {
    return { text, unit: "", number: null, answer };
}

function yesOrNo(chance: Chance): Meaning {
    return chance.happens(0.5)
        ? answered(chance.pick(["ja", "J", "JA", "j", "Ja"]), "ja")
        : answered(chance.pick(["nee", "N", "NEE", "n", "Nee"]), "nee");
}

function smoking(chance: Chance): Meaning {
    const shape = chance.whole(0, 4);
    if (shape === 0) {
        return chance.happens(0.5) ? answered("ja", "rookt") : answered("N", "nooit");
    }
    return shape === 1 ? notMeasured(chance) : answered(chance.anyCase(chance.pick(["rookt", "gestopt", "nooit"])));
}

function done(chance: Chance): Meaning {
    const shape = chance.whole(0, 4);
    if (shape === 0) {
        return plain(chance.whole(0, 3), "");
    }
    if (shape === 1) {
        return notMeasured(chance);
    }
    return shape === 2 ? answered(chance.pick(["verhoogd risico", "geen", "goed"])) : yesOrNo(chance);
}

function fundusPolicy(chance: Chance): Meaning {
    return answered(chance.anyCase(chance.pick([codes.NO_FUNDUS_NEEDED, "controle over 2 jaar"])));
}

const CONCEPTS: readonly { numbers: readonly number[]; often: number; value: (chance: Chance) => Meaning }[] = [
    { numbers: codes.HBA1C, often: 0.8, value: hba1c },
    { numbers: codes.SYSTOLIC, often: 0.8, value: systolic },
    { numbers: [1740], often: 0.1, value: (chance) => plain(chance.whole(60, 95), "mmHg") },
    { numbers: codes.LDL, often: 0.7, value: ldl },
    { numbers: codes.EGFR, often: 0.5, value: (chance) => plain(chance.whole(20, 120), "ml/min") },
    { numbers: codes.ACR, often: 0.4, value: (chance) => plain(chance.whole(0, 400) / 10, "mg/mmol") },
    { numbers: codes.BMI, often: 0.5, value: (chance) => plain(chance.whole(180, 400) / 10, "kg/m2") },
    { numbers: codes.LUNG_ATTACKS, often: 0.6, value: (chance) => plain(chance.whole(0, 4), "") },
    { numbers: codes.EXERCISE, often: 0.4, value: done },
    { numbers: codes.ASTMA_CONTROL, often: 0.5, value: done },
    { numbers: codes.RISK_CATEGORY, often: 0.6, value: done },
    { numbers: codes.TEAM_MEETING, often: 0.3, value: done },
    { numbers: codes.MEDICATION_REVIEW, often: 0.3, value: done },
    { numbers: codes.SMOKING, often: 0.7, value: smoking },
    { numbers: codes.FOOT, often: 0.6, value: done },
    { numbers: codes.FUNDUS, often: 0.5, value: done },
    { numbers: [codes.FUNDUS_POLICY], often: 0.12, value: fundusPolicy },
    { numbers: codes.INHALATION, often: 0.6, value: done },
    { numbers: codes.FRAILTY, often: 0.5, value: yesOrNo },
    { numbers: codes.CARE_PLAN, often: 0.4, value: done },
];

/** What was measured of one patient: per concept some rows, now and then two on one day. */
export function measurementsOf(chance: Chance, patientnr: string, someDay: () => Day): Measurement[] {
    const rows: Measurement[] = [];
    for (const { numbers, often, value } of CONCEPTS) {
        for (let count = chance.happens(often) ? chance.whole(1, 3) : 0; count > 0; count -= 1) {
            const datum = someDay();
            rows.push({ patientnr, datum, nhgnr: chance.pick(numbers), ...value(chance) });
            if (chance.happens(0.2)) {
                rows.push({ patientnr, datum, nhgnr: chance.pick(numbers), ...value(chance) });
            }
        }
    }
    return rows;
}
