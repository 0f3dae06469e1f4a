import { type Day, workday, yearOf } from "./calendar.ts";
import type { Health } from "./health.ts";
import type { HisOutput } from "./his-output.ts";
import { onlyPassing } from "./patients.ts";
import type { PracticeProfile } from "./profile.ts";
import { type Random, Wheel } from "./random.ts";
import type { Horizon } from "./settings.ts";

const CHILD = new Wheel<string>([
    ["R74", 14],
    ["R05", 10],
    ["H71", 9],
    ["S84", 4],
    ["A03", 8],
    ["D73", 6],
    ["S03", 5],
    ["A97", 6],
    ["R02", 3],
    ["D12", 4],
    ["L17", 3],
    ["S18", 4],
    ["P22", 3],
    ["R78", 2],
    ["H01", 3],
    ["F70", 4],
]);
const ADULT = new Wheel<string>([
    ["R74", 7],
    ["R05", 7],
    ["U71", 8],
    ["L03", 8],
    ["L08", 5],
    ["A04", 6],
    ["S88", 3],
    ["D02", 3],
    ["N01", 4],
    ["W11", 4],
    ["X02", 2],
    ["P02", 4],
    ["L86", 3],
    ["S74", 3],
    ["D84", 3],
    ["R75", 3],
    ["A97", 5],
    ["L15", 4],
    ["S82", 3],
    ["H81", 3],
    ["L18.01", 2],
    ["W78", 2],
    ["R81", 1],
    ["P06", 2],
]);
const OLDER = new Wheel<string>([
    ["U71", 13],
    ["L03", 7],
    ["A04", 6],
    ["R05", 7],
    ["K07", 4],
    ["R02", 5],
    ["L15", 6],
    ["S82", 4],
    ["H81", 6],
    ["N17", 4],
    ["D12", 5],
    ["L76", 2],
    ["F92", 4],
    ["P06", 4],
    ["U04", 3],
    ["R78", 4],
    ["A05", 1],
    ["S77", 3],
    ["L08", 4],
    ["A97", 5],
]);

const KINDS = new Wheel<string>([
    ["consult", 46],
    ["consult_kort", 9],
    ["telefonisch", 27],
    ["e-consult", 7],
    ["visite", 1.4],
    ["visite_lang", 0.4],
]);
const KINDS_OLDER = new Wheel<string>([
    ["consult", 36],
    ["consult_kort", 6],
    ["telefonisch", 33],
    ["e-consult", 3.5],
    ["visite", 11],
    ["visite_lang", 4],
]);

/** Contacts a year by ten years of age; with chronic check-ups it comes to about 4,6 over everybody (domain.md §4f). */
const YEARLY = [3.4, 2.1, 3, 3.3, 3.5, 4, 4.9, 6.6, 9.2, 12.5, 13];

/** Contacts of every day, and the short episodes they start. */
export class Contacts {
    private readonly disciplines: Wheel<string>;

    constructor(
        private readonly profile: PracticeProfile,
        private readonly horizon: Horizon,
        private readonly random: Random,
        private readonly output: HisOutput,
    ) {
        this.disciplines = new Wheel([
            ["huisarts", 66],
            ["assistente", 17],
            ["poh-s", 3],
            ["poh-ggz", 6],
            ["poh-o", profile.elderlyNurse ? 3 : 0.3],
            ["pa", profile.physicianAssistant ? 4 : 0],
            ["vs", profile.physicianAssistant ? 2 : 0.2],
            ["soh", profile.longConsults > 0.27 ? 4 : 0],
        ]);
    }

    write(health: Health): void {
        const { patient } = health;
        const { random, horizon, output } = this;
        const last = Math.min(patient.left - 1, horizon.end);
        if (last < patient.entered) return;
        if (onlyPassing(patient)) {
            for (let count = 1 + random.poisson(0.6); count > 0; count--) {
                const date = random.between(patient.entered, Math.min(last, patient.entered + 20));
                output.contact(patient, Math.min(last, workday(date)), "passant", "huisarts", ADULT.turn(random));
            }
            return;
        }
        const age = yearOf(Math.floor((patient.entered + last) / 2)) - patient.birthYear;
        const acute = age < 16 ? CHILD : age < 70 ? ADULT : OLDER;
        const yearly =
            (YEARLY[Math.min(10, Math.max(0, Math.floor(age / 10)))] ?? 4) * patient.need * this.profile.contacts;
        const count = random.poisson((yearly * (last + 1 - patient.entered)) / 365.25);
        for (let number = 0; number < count; number++) {
            this.contact(health, Math.min(last, workday(random.between(patient.entered, last))), age, acute);
        }
        // Now and then somebody is seen just after leaving: a contact of a person who is not registered on that day.
        if (patient.left <= horizon.end - 30 && random.chance(0.04)) {
            output.contact(patient, patient.left + random.between(0, 20), "telefonisch", "assistente", "A97");
        }
    }

    private contact(health: Health, date: Day, age: number, acute: Wheel<string>): void {
        const { random, output } = this;
        const { patient, episodes } = health;
        const discipline = this.disciplines.turn(random);
        let icpc: string;
        const subject = random.next();
        if (discipline === "poh-ggz" && age > 6)
            icpc = subject < 0.4 ? "P76" : subject < 0.7 ? "P02" : subject < 0.85 ? "P74" : "Z05";
        else if (episodes.length > 0 && subject < 0.34) {
            icpc = episodes[Math.floor(random.next() * episodes.length)]?.icpc ?? "A97";
            // Conversations on care wishes are counted as A20 contacts; those come from the elderly care module alone.
            if (icpc === "A20") icpc = "A05";
        } else if (subject > 0.94) icpc = "";
        else icpc = acute.turn(random);
        let kind = (age >= 78 ? KINDS_OLDER : KINDS).turn(random);
        if (kind === "consult" && random.chance(this.profile.longConsults)) kind = "consult_lang";
        output.contact(patient, date, kind, discipline, icpc);
        if (random.chance(0.0008)) output.contact(patient, date, kind, discipline, icpc);
        if (subject >= 0.34 && icpc !== "" && random.chance(0.13)) {
            const start = date - (random.chance(0.1) ? random.between(1, 20) : 0);
            const end = start + random.between(7, 150);
            const open = random.chance(0.12);
            output.episode(patient, { icpc, start, end: open ? 0 : end, active: open });
        }
    }
}
