import type { CurrentDeliveries } from "./current-deliveries.ts";
import {
    type Contact,
    type Episode,
    emptyHis,
    emptyVip,
    type Measurement,
    type Patient,
    type Prescription,
    type Programme,
} from "./region.ts";

type ByPatient<Row> = ReadonlyMap<string, readonly Row[]>;

/** The rows of a practice as somebody with a stack of files would lay them out: a pile per patient. */
export interface RowsByPatient {
    patients: ByPatient<Patient>;
    episodes: ByPatient<Episode>;
    measurements: ByPatient<Measurement>;
    prescriptions: ByPatient<Prescription>;
    contacts: ByPatient<Contact>;
    programmes: ByPatient<Programme>;
}

function byPatient<Row extends { patientnr: string }>(rows: readonly Row[]): ByPatient<Row> {
    const piles = new Map<string, Row[]>();
    for (const row of rows) {
        const pile = piles.get(row.patientnr);
        if (pile === undefined) {
            piles.set(row.patientnr, [row]);
        } else {
            pile.push(row);
        }
    }
    return piles;
}

/** What is current of one practice; nothing of one that never sent anything. */
export function rowsByPatient(current: CurrentDeliveries, agb: string): RowsByPatient {
    const his = current.his.get(agb)?.rows ?? emptyHis();
    const vip = current.vip.get(agb)?.rows ?? emptyVip();
    return {
        patients: byPatient(his.patients),
        episodes: byPatient(his.episodes),
        measurements: byPatient(his.measurements),
        prescriptions: byPatient(his.prescriptions),
        contacts: byPatient(his.contacts),
        programmes: byPatient(vip.programmes),
    };
}
