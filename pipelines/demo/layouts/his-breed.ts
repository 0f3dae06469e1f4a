import { DateTexts, type Day } from "../calendar.ts";
import type { Episode } from "../health.ts";
import type { HisLayout, HisTable, LayoutStyle } from "../layout.ts";
import type { Patient, Registration } from "../patients.ts";
import { TextFile } from "../text-file.ts";

/** NHG number and the column that holds it: the memo code with its blanks taken out (domain.md §3b), or the number itself. */
export const WIDE_COLUMNS: readonly (readonly [number, string])[] = [
    [2816, "HBACB"],
    [3266, "HBAPB"],
    [3754, "HBAPBPO"],
    [372, "GLUCBNU"],
    [1744, "RRSYKA"],
    [2055, "RRSYKAMH"],
    [3336, "RR3SKA"],
    [1740, "RRDIKA"],
    [542, "LDLB"],
    [2683, "LDLDB"],
    [3826, "NHDLB"],
    [192, "CHOLBMT"],
    [446, "HDLBMT"],
    [3583, "KRECOFB"],
    [1919, "KREMOFB"],
    [40, "ALBKUMI"],
    [357, "GEWAO"],
    [560, "LNGPAO"],
    [1272, "QUETAO"],
    [1739, "ROOKAQ"],
    [4013, "nhg_4013"],
    [3239, "NNGBAQ"],
    [3958, "BWRLAQ"],
    [2196, "RIVUSQ"],
    [1710, "MOFVNSLI"],
    [2129, "FUFOFA"],
    [1638, "DAFUFZ"],
    [2717, "nhg_2717"],
    [1608, "nhg_1608"],
    [3549, "COAERQ"],
    [3555, "ACTRQ"],
    [3602, "ACQKRQ"],
    [4025, "ASCORQ"],
    [3953, "RH19KQ"],
    [2785, "AWKWAZ"],
    [2808, "KWBHAZ"],
    [3686, "nhg_3686"],
    [3882, "IZPAZ"],
    [3982, "DMDOAZ"],
    [4021, "MBOAZ"],
    [2673, "GEWVAA"],
];
const SLOT = new Map(WIDE_COLUMNS.map(([nhg], slot) => [nhg, slot] as const));

const HEADERS: Readonly<Record<HisTable, string>> = {
    patient: "agb,patient_id,geboortejaar,sekse,pc4,ingeschreven_vanaf,ingeschreven_tot,type",
    episode: "agb,patient_id,icpc,vanaf,tot,actief",
    // ROKENNHG is a code of the supplier's own: a column that nobody knows, to be listed and left alone.
    measurement: `agb,patient_id,datum,${WIDE_COLUMNS.map(([, column]) => column).join(",")},ROKENNHG`,
    contact: "agb,patient_id,datum,soort,discipline,icpc",
    prescription: "agb,patient_id,datum,atc,dagen",
    referral: "agb,patient_id,datum,bestemming,programma",
};
const SEXES = { M: "man", V: "vrouw", O: "onbekend" } as const;
const EMPTY = ',""';

/** One or more practices, wide: `,`, UTF-8 with BOM, LF, all quoted, ISO dates, a column per bepaling (exports.md). */
export function open(): HisLayout {
    return new WideLayout();
}

class WideLayout implements HisLayout {
    readonly format = "his-breed";
    private readonly dates = new DateTexts("jjjj-mm-dd");
    private readonly tables: Record<HisTable, TextFile> = {
        patient: new TextFile("patient.csv", "utf8"),
        episode: new TextFile("probleem.csv", "utf8"),
        measurement: new TextFile("meetwaarden.csv", "utf8"),
        contact: new TextFile("contact.csv", "utf8"),
        prescription: new TextFile("recept.csv", "utf8"),
        referral: new TextFile("verwijzing.csv", "utf8"),
    };
    private agb = "";
    private started = false;
    private owner = "";
    /** The measurements of the present patient, waiting to be put side by side per day. */
    private waiting: { day: Day; slot: number; value: string }[] = [];

    startPractice(agb: string, style: LayoutStyle): void {
        this.agb = `"${style.lostZero ? agb.replace(/^0/, "") : agb}","`;
        if (this.started) return;
        this.started = true;
        for (const [table, header] of Object.entries(HEADERS)) {
            const quoted = `"${(style.capitals ? header.toUpperCase() : header).replaceAll(",", '","')}"`;
            this.tables[table as HisTable].head(`\uFEFF${quoted}\n`);
        }
    }

    patient(patient: Patient, registration: Registration, until: Day): void {
        const { dates } = this;
        this.owner = patient.id;
        this.tables.patient.row(
            `${this.agb}${patient.id}","${patient.birthYear}","${SEXES[patient.sex]}","${patient.pc4}","${dates.of(registration.from)}","${dates.of(until)}","${registration.kind === "VAST" ? "vast" : "passant"}"\n`,
        );
    }

    episode(id: string, episode: Episode, end: Day): void {
        const active = episode.active || end !== episode.end ? "J" : "N";
        this.tables.episode.row(
            `${this.agb}${id}","${episode.icpc}","${this.dates.of(episode.start)}","${this.dates.of(end)}","${active}"\n`,
        );
    }

    measurement(_id: string, nhg: number, day: Day, value: string, unit: string): void {
        const slot = SLOT.get(nhg);
        if (slot === undefined) throw new Error(`Demogenerator: geen brede kolom voor NHG ${nhg}.`);
        if (value !== "") this.waiting.push({ day, slot, value: unit === "%" ? `${value} %` : value });
    }

    contact(id: string, day: Day, kind: string, discipline: string, icpc: string): void {
        this.tables.contact.row(`${this.agb}${id}","${this.dates.of(day)}","${kind}","${discipline}","${icpc}"\n`);
    }

    prescription(id: string, day: Day, atc: string, days: number): void {
        this.tables.prescription.row(`${this.agb}${id}","${this.dates.of(day)}","${atc}","${days}"\n`);
    }

    referral(id: string, day: Day, destination: string, programme: string): void {
        this.tables.referral.row(`${this.agb}${id}","${this.dates.of(day)}","${destination}","${programme}"\n`);
    }

    endPatient(): void {
        if (this.waiting.length === 0) return;
        // By day and column; a bepaling that occurs twice on one day starts a second line.
        this.waiting.sort((left, right) => left.day - right.day || left.slot - right.slot);
        let place = 0;
        while (place < this.waiting.length) {
            const day = this.waiting[place]?.day ?? 0;
            let rest: { slot: number; value: string }[] = [];
            for (; place < this.waiting.length && this.waiting[place]?.day === day; place++) {
                const cell = this.waiting[place];
                if (cell) rest.push(cell);
            }
            while (rest.length > 0) rest = this.wideRow(this.owner, this.dates.of(day), rest);
        }
        this.waiting = [];
    }

    date(day: Day): string {
        return this.dates.of(day);
    }

    raw(table: HisTable, fields: readonly string[]): void {
        if (table === "measurement") {
            const [id = "", nhg = "", day = "", value = ""] = fields;
            this.wideRow(id, day, [{ slot: SLOT.get(Number(nhg)) ?? 0, value }]);
            return;
        }
        this.tables[table].row(`${this.agb}${fields.join('","')}"\n`);
    }

    line(table: HisTable, text: string): void {
        this.tables[table].row(`${text}\n`);
    }

    fileOf(table: HisTable): string {
        return this.tables[table].name;
    }

    files(): TextFile[] {
        return Object.values(this.tables);
    }

    /** Writes one line; returns the cells that found their column taken. */
    private wideRow(
        id: string,
        day: string,
        cells: { slot: number; value: string }[],
    ): { slot: number; value: string }[] {
        const left: { slot: number; value: string }[] = [];
        let text = `${this.agb}${id}","${day}"`;
        let next = 0;
        for (const cell of cells) {
            if (cell.slot < next) {
                left.push(cell);
                continue;
            }
            if (cell.slot > next) text += EMPTY.repeat(cell.slot - next);
            text += `,"${cell.value}"`;
            next = cell.slot + 1;
        }
        this.tables.measurement.row(`${text}${EMPTY.repeat(WIDE_COLUMNS.length + 1 - next)}\n`);
        return left;
    }
}
