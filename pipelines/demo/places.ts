import { type Day, day } from "./calendar.ts";

/** The three reporting areas of the region from 2023 on (domain.md §6). */
export type AreaKey = "nissewaard" | "voorne-aan-zee" | "rozenburg";

export interface Place {
    pc4: number;
    residents: number;
    /** Share of residents of 75 and over on 1-1-2021. */
    over75: number;
}

/** CBS PC4 figures of 1-1-2021, as listed in domain.md §6. */
export const PLACES: Readonly<Record<AreaKey, readonly Place[]>> = {
    nissewaard: [
        [3201, 14140, 9.2],
        [3202, 7150, 9.9],
        [3203, 3720, 17.1],
        [3204, 7100, 8.3],
        [3205, 8425, 5],
        [3206, 10145, 3.1],
        [3207, 15355, 6.9],
        [3208, 5925, 6.7],
        [3209, 1620, 6.5],
        [3211, 1600, 11.6],
        [3212, 575, 7],
        [3214, 5945, 10.3],
        [3216, 1260, 9.5],
        [3218, 2485, 10.1],
    ].map(place),
    "voorne-aan-zee": [
        [3221, 5300, 11.8],
        [3222, 4140, 9.3],
        [3223, 13255, 8.4],
        [3224, 8330, 8.6],
        [3225, 8060, 3.3],
        [3227, 1225, 10.2],
        [3231, 4035, 10.7],
        [3232, 9660, 10.5],
        [3233, 7810, 13.4],
        [3234, 565, 6.2],
        [3235, 6525, 12],
        [3237, 1830, 6.5],
        [3238, 1915, 8.1],
    ].map(place),
    rozenburg: [[3181, 12495, 10.3]].map(place),
};

/** PC4 outside the region from which some patients come: Hoogvliet and Goeree-Overflakkee. */
export const ELSEWHERE: readonly number[] = [3191, 3192, 3193, 3194, 3241, 3253];

export interface Area {
    key: string;
    name: string;
    code: string;
    postcodes: number[];
    from: Day;
    until: Day;
}

const merger = day(2023, 1, 1);
const voorne = (low: number, high: number): number[] =>
    PLACES["voorne-aan-zee"].map((entry) => entry.pc4).filter((pc4) => pc4 >= low && pc4 <= high);

/** The areas of the register, with the three municipalities that became Voorne aan Zee on 1 January 2023. */
export const AREAS: readonly Area[] = [
    area(
        "nissewaard",
        "Nissewaard",
        "GM1930",
        PLACES.nissewaard.map((entry) => entry.pc4),
        day(2015, 1, 1),
        0,
    ),
    area("voorne-aan-zee", "Voorne aan Zee", "GM1992", voorne(3221, 3238), merger, 0),
    area("rozenburg", "Rozenburg", "RO-3181", [3181], day(2010, 3, 18), 0),
    area("brielle", "Brielle", "GM0501", [3231, 3232, 3237, 3238], day(1990, 1, 1), merger),
    area("hellevoetsluis", "Hellevoetsluis", "GM0530", voorne(3221, 3227), day(1990, 1, 1), merger),
    area("westvoorne", "Westvoorne", "GM0614", voorne(3233, 3235), day(1990, 1, 1), merger),
];

/** Men and women per five years of age, 0-4 up to 95+, in the whole region in 2021 (domain.md §6). */
export const MEN: readonly number[] = [
    4155, 4445, 4670, 4910, 4655, 4720, 5145, 4870, 4800, 5350, 6300, 6350, 6185, 5560, 5245, 3235, 1965, 980, 340, 50,
];
export const WOMEN: readonly number[] = [
    3925, 4215, 4430, 4560, 4280, 4615, 5195, 5195, 5110, 5665, 6455, 6690, 6535, 5785, 5705, 3445, 2510, 1555, 610,
    175,
];

function place([pc4 = 0, residents = 0, over75 = 0]: number[]): Place {
    return { pc4, residents, over75: over75 / 100 };
}

function area(key: string, name: string, code: string, postcodes: number[], from: Day, until: Day): Area {
    return { key, name, code, postcodes, from, until };
}
