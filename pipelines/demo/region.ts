import { apportion } from "./apportion.ts";
import { planConsultations, planConversations } from "./consultations.ts";
import { drawPractices } from "./draw-practices.ts";
import { PLACES } from "./places.ts";
import type { PracticePlan } from "./practice.ts";
import { at, type Random, stream } from "./random.ts";
import type { Settings } from "./settings.ts";
import { DEMO_YEAR_2022 } from "./year2022.ts";

export interface RegionPlan {
    settings: Settings;
    practices: PracticePlan[];
    hagros: string[];
    /** patients / 130.782: what counts of patients are scaled by. */
    patientScale: number;
    /** members of 2022 / 40: what counts of practices and of the bureau are scaled by. */
    practiceScale: number;
}

/** Decides, from the settings alone, every practice of the region and every count it must reach. */
export function planRegion(settings: Settings): RegionPlan {
    const drawn = drawPractices(settings);
    const random = stream(settings.seed, "region");
    const members = drawn.filter((practice) => practice.role !== "joiner");
    const joiners = drawn.filter((practice) => practice.role === "joiner");
    const patientScale = settings.patients / DEMO_YEAR_2022.patients;
    const practiceScale = members.length / DEMO_YEAR_2022.members;

    spread(members, settings.patients, sizeWeights(random, members), (practice, size) => {
        practice.size = size;
    });
    for (const practice of joiners) {
        practice.size = Math.round((settings.patients / members.length) * (0.9 + 0.6 * random.next()));
    }
    const counts = DEMO_YEAR_2022.programmes;
    const each = (total: number, sd: number, weight: (practice: PracticePlan) => number): number[] =>
        exactly(random, drawn, Math.round(total * patientScale), sd, weight);
    const over75 = each(DEMO_YEAR_2022.over75, 0.08, (practice) => practice.size * elderlyShare(practice));
    const older = (practice: PracticePlan): number => practice.size * (0.5 + practice.over75 / practice.size / 0.1948);
    assign(drawn, over75, (practice, count) => {
        practice.over75 = count;
    });
    const quotas = {
        dm2: each(counts.dm2, 0.12, older),
        cvrm: each(counts.cvrm, 0.15, older),
        asthma: each(counts.asthma, 0.22, (practice) => practice.size),
        copd: each(counts.copd, 0.22, older),
    };
    drawn.forEach((practice, index) => {
        practice.quota = {
            dm2: at(quotas.dm2, index),
            cvrm: at(quotas.cvrm, index),
            asthma: at(quotas.asthma, index),
            copd: at(quotas.copd, index),
        };
    });
    for (const [key, count] of Object.entries(DEMO_YEAR_2022.lifestyleReferrals)) {
        const local = members.filter((practice) => practice.area === key);
        const weights = local.map((practice) => practice.size * Math.exp(random.normal(0, 0.4)));
        spread(local, Math.round(count * patientScale), weights, (practice, part) => {
            practice.lifestyle2022 = part;
        });
    }
    const leavers = members.filter((practice) => practice.role === "leaver");
    const doctors = Math.max(members.length, Math.round(DEMO_YEAR_2022.staff.huisarts * practiceScale));
    const leaving = leavers.length === 9 ? DEMO_YEAR_2022.leaverGeneralPractitioners : leavers.length;
    const stayers = members.filter((practice) => practice.role === "stayer");
    const staffed = (group: PracticePlan[], total: number): void =>
        spread(
            group,
            total,
            group.map((practice) => practice.size),
            (practice, count) => {
                practice.generalPractitioners = count;
            },
            1,
        );
    if (leavers.length > 0) staffed(leavers, leaving);
    staffed(stayers, doctors - (leavers.length > 0 ? leaving : 0));
    if (joiners.length > 0) {
        staffed(joiners, joiners.length === 5 ? DEMO_YEAR_2022.joinerGeneralPractitioners : 4 * joiners.length);
    }
    planPortal(stream(settings.seed, "portal"), drawn);
    planConsultations(stream(settings.seed, "consultations"), drawn, patientScale);
    planConversations(stream(settings.seed, "conversations"), drawn, patientScale);
    return {
        settings,
        practices: drawn,
        hagros: [...new Set(drawn.map((practice) => practice.hagro))],
        patientScale,
        practiceScale,
    };
}

/** 16,2 % of the people of 16 and over on Voorne-Putten, Rozenburg left out (annual report); every practice its own share. */
function planPortal(random: Random, practices: PracticePlan[]): void {
    for (const practice of practices)
        practice.portal.registered16 = Math.round(practice.size * random.normal(0.835, 0.012));
    const use = (group: PracticePlan[]): void => {
        const people = group.reduce((sum, practice) => sum + practice.portal.registered16, 0);
        const weights = group.map((practice) => practice.portal.registered16 * Math.exp(random.normal(0, 0.35)));
        spread(group, Math.round(people * DEMO_YEAR_2022.portalShare), weights, (practice, used) => {
            practice.portal.used = Math.min(practice.portal.registered16, used);
        });
    };
    use(practices.filter((practice) => practice.role !== "joiner" && practice.area !== "rozenburg"));
    use(practices.filter((practice) => practice.role !== "joiner" && practice.area === "rozenburg"));
    use(practices.filter((practice) => practice.role === "joiner"));
}

/** Lognormal, about 1.500 to 7.500 around 3.270; leavers are the smaller ones (14 of 80 doctors). */
function sizeWeights(random: Random, practices: PracticePlan[]): number[] {
    return practices.map((practice) => {
        const size = Math.exp(random.normal(0, 0.45)) * (practice.role === "leaver" ? 0.8 : 1);
        return Math.min(2.3, Math.max(0.46, practice.area === "rozenburg" ? 0.75 * Math.sqrt(size) : size));
    });
}

function elderlyShare(practice: PracticePlan): number {
    const shares = new Map(PLACES[practice.area].map((entry) => [entry.pc4, entry.over75]));
    let sum = 0;
    let weights = 0;
    for (const { pc4, weight } of practice.homes) {
        sum += weight * (shares.get(pc4) ?? 0.087);
        weights += weight;
    }
    return 0.03 + 0.7 * (sum / weights);
}

/** The members of 2022 share `total` exactly; joiners get what is usual for their weight. */
function exactly(
    random: Random,
    practices: PracticePlan[],
    total: number,
    sd: number,
    weight: (practice: PracticePlan) => number,
): number[] {
    const weights = practices.map((practice) => weight(practice) * Math.exp(random.normal(0, sd)));
    const inside = practices.map((practice) => practice.role !== "joiner");
    const memberWeights = weights.filter((_, index) => inside[index]);
    const parts = apportion(total, memberWeights);
    const perWeight = total / memberWeights.reduce((one, other) => one + other, 0);
    return practices.map((_, index) =>
        inside[index] ? (parts.shift() ?? 0) : Math.round(at(weights, index) * perWeight),
    );
}

function assign(
    practices: PracticePlan[],
    counts: number[],
    give: (practice: PracticePlan, count: number) => void,
): void {
    practices.forEach((practice, index) => {
        give(practice, at(counts, index));
    });
}

function spread(
    practices: PracticePlan[],
    total: number,
    weights: number[],
    give: (practice: PracticePlan, count: number) => void,
    atLeast = 0,
): void {
    assign(practices, apportion(total, weights, atLeast), give);
}
