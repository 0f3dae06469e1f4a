import { apportion } from "./apportion.ts";
import { day } from "./calendar.ts";
import { type AreaKey, PLACES } from "./places.ts";
import type { HisFormat, PracticePlan, Role } from "./practice.ts";
import { at, type Random, stream } from "./random.ts";
import { CHANGE_DAY, type Settings } from "./settings.ts";
import { DEMO_YEAR_2022 } from "./year2022.ts";

const NAMES = [
    "De Reiger",
    "De Kievit",
    "De Scholekster",
    "De Lepelaar",
    "De Wulp",
    "De Grutto",
    "De Tureluur",
    "De Zwaluw",
    "De Ooievaar",
    "De Bergeend",
    "De Fuut",
    "De Kluut",
    "De Visdief",
    "Het Baken",
    "De Vuurtoren",
    "De Sluis",
    "Het Veer",
    "De Haven",
    "De Steiger",
    "De Kreek",
    "De Gors",
    "Het Duin",
    "De Polder",
    "De Dijk",
    "De Molen",
    "Het Wiel",
    "De Terp",
    "De Brug",
    "De Kade",
    "De Werf",
    "Het Anker",
    "De Boei",
    "De Loodsboot",
    "De Windroos",
    "Het Kompas",
    "De Linde",
    "De Iep",
    "De Wilg",
    "De Esdoorn",
    "De Meidoorn",
    "De Duindoorn",
    "Het Helmgras",
    "De Zeedistel",
    "De Lamsoor",
    "De Zilvermeeuw",
] as const;
const HAGRO_WORDS = ["noord", "oost", "zuid", "west", "midden", "haven", "kust", "polder"] as const;

/** The practices of the region without their counts: area, role, layout, hagro, name and code. */
export function drawPractices(settings: Settings): PracticePlan[] {
    const total = settings.practices;
    const share = (count: number): number => Math.round((total * count) / DEMO_YEAR_2022.practices);
    const rozenburg = Math.max(1, share(DEMO_YEAR_2022.rozenburgPractices));
    const voorne = Math.max(1, share(18));
    const areas: AreaKey[] = [
        ...Array<AreaKey>(total - voorne - rozenburg).fill("nissewaard"),
        ...Array<AreaKey>(voorne).fill("voorne-aan-zee"),
        ...Array<AreaKey>(rozenburg).fill("rozenburg"),
    ];
    const random = stream(settings.seed, "practices");
    const roles = drawRoles(random, areas, share(DEMO_YEAR_2022.leavers), share(DEMO_YEAR_2022.joiners));
    const formats = drawFormats(random, total);
    const agbs = drawAgbs(random, total);
    const hagros = nameHagros(areas);
    const names = random.shuffle(NAMES);
    return areas.map((area, index) => {
        const role = at(roles, index);
        return {
            index,
            agb: at(agbs, index),
            name: `Huisartsenpraktijk ${at(names, index % names.length)}${index < names.length ? "" : ` ${1 + Math.floor(index / names.length)}`}`,
            area,
            homes: drawHomes(random, area),
            hagro: at(hagros, index),
            format: at(formats, index),
            role,
            joined: role === "joiner" ? CHANGE_DAY : index % 7 === 3 ? day(2014, 7, 1) : day(2009, 1, 1),
            left: role === "leaver" ? CHANGE_DAY : 0,
            size: 0,
            over75: 0,
            quota: { dm2: 0, cvrm: 0, asthma: 0, copd: 0 },
            lifestyle2022: 0,
            consultations: [],
            conversations: [],
            generalPractitioners: 1,
            portal: { registered16: 0, used: 0 },
        };
    });
}

/** Rozenburg's practices stay; of the others some leave and some join, and every area keeps one that stays. */
function drawRoles(random: Random, areas: AreaKey[], leavers: number, joiners: number): Role[] {
    const roles = areas.map((): Role => "stayer");
    const candidates = random.shuffle(areas.map((_, index) => index).filter((index) => areas[index] !== "rozenburg"));
    const turn = (role: Role, count: number): void => {
        for (const index of candidates) {
            if (count === 0) return;
            const staying = areas.filter((area, other) => area === areas[index] && roles[other] === "stayer").length;
            if (roles[index] !== "stayer" || staying < 2) continue;
            roles[index] = role;
            count--;
        }
    };
    turn("leaver", leavers);
    turn("joiner", joiners);
    return roles;
}

/** 24 of 45 long, 13 wide, 8 journal, in any order; small regions have one of each. */
function drawFormats(random: Random, total: number): HisFormat[] {
    const [long = 0, wide = 0, journal = 0] = apportion(total, [24, 13, 8], 1);
    return random.shuffle([
        ...Array<HisFormat>(long).fill("his-lang"),
        ...Array<HisFormat>(wide).fill("his-breed"),
        ...Array<HisFormat>(journal).fill("his-journaal"),
    ]);
}

/** Invented AGB codes, 01 and six digits. None passes the 11-proef as nine digits, or a column of it would look like BSNs. */
function drawAgbs(random: Random, total: number): string[] {
    const codes = new Set<string>();
    while (codes.size < total) {
        const code = `01${String(random.between(1_000, 989_999)).padStart(6, "0")}`;
        if (!passesElevenTest(`0${code}`)) codes.add(code);
    }
    return [...codes];
}

/** 9a+8b+7c+6d+5e+4f+3g+2h-1i divisible by 11 (domain.md §5a). */
export function passesElevenTest(digits: string): boolean {
    let sum = 0;
    for (let place = 0; place < 9; place++) sum += Number(digits[place]) * (place === 8 ? -1 : 9 - place);
    return sum % 11 === 0;
}

/** Neighbouring practices share a hagro of about five; Rozenburg is one. */
function nameHagros(areas: AreaKey[]): string[] {
    const names: string[] = [];
    for (const area of ["nissewaard", "voorne-aan-zee", "rozenburg"] as const) {
        const count = areas.filter((other) => other === area).length;
        const groups = Math.max(1, Math.round(count / 5.8));
        apportion(count, Array<number>(groups).fill(1)).forEach((size, group) => {
            const word = groups === 1 ? "" : `-${HAGRO_WORDS[group] ?? String(group + 1)}`;
            for (let member = 0; member < size; member++) names.push(`hagro-${area}${word}`);
        });
    }
    return names;
}

function drawHomes(random: Random, area: AreaKey): { pc4: number; weight: number }[] {
    const places = PLACES[area];
    const home = at(
        places,
        weightedIndex(
            random,
            places.map((entry) => entry.residents),
        ),
    );
    return [
        { pc4: home.pc4, weight: 0.7 },
        ...places
            .filter((entry) => entry !== home)
            .map((entry) => ({
                pc4: entry.pc4,
                weight: (0.3 * entry.residents) / (1 + Math.abs(entry.pc4 - home.pc4)) / 8_000,
            })),
    ];
}

function weightedIndex(random: Random, weights: readonly number[]): number {
    let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let index = 0; index < weights.length; index++) {
        left -= at(weights, index);
        if (left < 0) return index;
    }
    return weights.length - 1;
}
