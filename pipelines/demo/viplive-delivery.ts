import type { Day } from "./calendar.ts";
import { day } from "./calendar.ts";
import { note, type Planted, type ProblemCode, UNKNOWN_AGB } from "./planted.ts";
import type { PracticePlan } from "./practice.ts";
import { stream } from "./random.ts";
import { TextFile } from "./text-file.ts";
import { VIPLIVE_DATES, VIPLIVE_TABLES, type VipliveShare, type VipliveTable } from "./viplive-rows.ts";

/** Puts the practices' shares together into the files of one regional VIPLive delivery, with planted errors. */
export function vipliveFiles(
    shares: readonly VipliveShare[],
    practices: readonly PracticePlan[],
    peildatum: Day,
    seed: number,
): { files: TextFile[]; planted: Planted[] } {
    const planted: Planted[] = [];
    const bad = badRows(practices[0]?.agb ?? "", peildatum, seed);
    const files = (Object.keys(VIPLIVE_TABLES) as VipliveTable[]).map((table) => {
        const file = new TextFile(`${table}.csv`, "utf8");
        file.head(`\uFEFF${VIPLIVE_TABLES[table]}\r\n`);
        shares.forEach((share, place) => {
            file.piece(share[table].text, share[table].rows);
            if (place > 0) return;
            for (const { fields, code } of bad.filter((row) => row.table === table)) {
                file.row(`${fields}\r\n`);
                note(planted, file.name, code);
            }
        });
        return file;
    });
    return { files, planted };
}

/** Patients of these rows are nobody: VIPLive rows are kept whether or not the HIS knows them, so nothing else is wrong. */
function badRows(
    agb: string,
    peildatum: Day,
    seed: number,
): { table: VipliveTable; code: ProblemCode; fields: string }[] {
    const random = stream(seed, "viplive planted", peildatum);
    const date = VIPLIVE_DATES.of(peildatum - random.between(40, 300));
    const early = VIPLIVE_DATES.of(peildatum - 900);
    const later = VIPLIVE_DATES.of(peildatum + random.between(2, 60));
    const old = VIPLIVE_DATES.of(day(1988, 5, 4));
    const who = `${agb};BCDFVBLDWXZQ`;
    return [
        { table: "ketenzorg", code: "einde_voor_start", fields: `${who};DM2;${date};${early};huisarts` },
        { table: "ketenzorg", code: "woord_onbekend", fields: `${who};DM9;${date};;huisarts` },
        { table: "ketenzorg", code: "praktijk_onbekend", fields: `${UNKNOWN_AGB};BCDFVBLDWXZQ;COPD;${date};;huisarts` },
        { table: "ketenzorg", code: "datum_onleesbaar", fields: `${who};HVZ;00-00-0000;;` },
        { table: "ketenzorg", code: "pseudoniem_lengte", fields: `${agb};KRT;HVZ;${date};;` },
        { table: "acp", code: "na_peildatum", fields: `${who};${later};gesprek` },
        { table: "acp", code: "woord_onbekend", fields: `${who};${date};zwijgen` },
        { table: "kwetsbaarheid", code: "voor_1990", fields: `${who};${old};GFI;5;ja;praktijk` },
        { table: "kwetsbaarheid", code: "woord_onbekend", fields: `${who};${date};GFI;5;misschien;praktijk` },
        { table: "zorgplannen", code: "datum_onleesbaar", fields: `${who};32-01-2022;IZP` },
        { table: "consultaties", code: "woord_onbekend", fields: `${who};${date};;weerbericht;SO;;` },
        { table: "telemonitoring", code: "velden_te_weinig", fields: who },
    ];
}
