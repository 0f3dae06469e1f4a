import { type Day, dateText } from "./calendar.ts";
import { AREAS } from "./places.ts";
import { practiceFacts } from "./practice-facts.ts";
import type { RegionPlan } from "./region.ts";
import { regionFacts } from "./region-facts.ts";
import type { Horizon } from "./settings.ts";
import { practiceStaff } from "./staff.ts";
import { TextFile } from "./text-file.ts";

const BOM = "\uFEFF";

/** The files of the bureau delivery: the register of practices and areas, and what the bureau keeps about them. */
export function writeRegister(region: RegionPlan, horizon: Horizon): TextFile[] {
    return [practices(region), areas(), facts(region, horizon), regional(region, horizon), staff(region, horizon)];
}

function practices(region: RegionPlan): TextFile {
    const file = new TextFile("praktijken.csv", "utf8");
    file.head(`${BOM}agb;naam;organisatie;hagro;gebied;his;toegetreden;vertrokken\r\n`);
    for (const practice of region.practices) {
        file.row(
            `${practice.agb};${practice.name};Cohaesie;${practice.hagro};${practice.area};${practice.format};${text(practice.joined)};${text(practice.left)}\r\n`,
        );
    }
    return file;
}

function areas(): TextFile {
    const file = new TextFile("gebieden.csv", "utf8");
    file.head(`${BOM}gebied;naam;cbs_code;postcodes;van;tot\r\n`);
    for (const area of AREAS) {
        file.row(
            `${area.key};${area.name};${area.code};${area.postcodes.join(" ")};${text(area.from)};${text(area.until)}\r\n`,
        );
    }
    return file;
}

function facts(region: RegionPlan, horizon: Horizon): TextFile {
    const file = new TextFile("praktijkfeiten.csv", "utf8");
    file.head(`${BOM}agb;feit;datum;waarde\r\n`);
    for (const { agb, fact, date, value } of practiceFacts(region)) {
        if (date <= horizon.end) file.row(`${agb};${fact};${text(date)};${value}\r\n`);
    }
    return file;
}

function regional(region: RegionPlan, horizon: Horizon): TextFile {
    const file = new TextFile("regiofeiten.csv", "utf8");
    file.head(`${BOM}gebied;feit;datum;aantal;code\r\n`);
    for (const { area, fact, date, count, code } of regionFacts(region, horizon)) {
        if (date <= horizon.end) file.row(`${area};${fact};${text(date)};${count};${code}\r\n`);
    }
    return file;
}

function staff(region: RegionPlan, horizon: Horizon): TextFile {
    const file = new TextFile("personeel.csv", "utf8");
    file.head(`${BOM}agb;datum;functie;aantal;fte\r\n`);
    for (const { agb, date, role, count, fte } of practiceStaff(region, horizon)) {
        if (date <= horizon.end)
            file.row(`${agb};${text(date)};${role};${count};${fte.toFixed(2).replace(".", ",")}\r\n`);
    }
    return file;
}

function text(value: Day): string {
    return value === 0 ? "" : dateText(value, "dd-mm-jjjj");
}
