import { type Day, monthsBefore } from "./calendar.ts";
import { hisOnce, registerOnce, vipOnce } from "./once.ts";
import type { Delivery, HisRows, Region, RegisterRows, VipRows } from "./region.ts";

/** What is current of one practice and one source kind: its rows, up to when, and from when they hold history. */
export interface Current<Rows> {
    rows: Rows;
    peildatum: Day;
    volgnr: number;
    since: Day;
}

export interface CurrentDeliveries {
    register: Current<RegisterRows>;
    his: Map<string, Current<HisRows>>;
    vip: Map<string, Current<VipRows>>;
}

function isNewer(delivery: Delivery, than: { peildatum: Day; volgnr: number } | undefined): boolean {
    return (
        than === undefined ||
        delivery.peildatum > than.peildatum ||
        (delivery.peildatum === than.peildatum && delivery.volgnr > than.volgnr)
    );
}

function current<Rows>(delivery: Delivery, rows: Rows): Current<Rows> {
    const since = delivery.since ?? monthsBefore(delivery.peildatum, 60);
    return { rows, peildatum: delivery.peildatum, volgnr: delivery.volgnr, since };
}

/** Of a delivery of several practices: whom it names, else who occurs in it. Of one practice: that practice. */
function covered<Rows extends object>(delivery: Delivery & { practices: Map<string, Rows> }): string[] {
    if (delivery.sender !== "regio") {
        return [delivery.sender];
    }
    const occurs = ([, rows]: [string, Rows]): boolean =>
        Object.values(rows).some((table) => Array.isArray(table) && table.length > 0);
    return delivery.covered ?? [...delivery.practices].filter(occurs).map(([agb]) => agb);
}

/** The areas that have not ended: those that have are history, and count nowhere. */
export function currentAreas(current: CurrentDeliveries): string[] {
    return current.register.rows.areas.filter((area) => area.tot === null).map((area) => area.gebied);
}

/** The newest peildatum and then the highest volgnr, per practice and source kind; of the register as a whole. */
export function currentDeliveries(region: Region): CurrentDeliveries {
    let register: Current<RegisterRows> | undefined;
    const his = new Map<string, Current<HisRows>>();
    const vip = new Map<string, Current<VipRows>>();
    for (const delivery of region.deliveries) {
        if (delivery.kind === "bureau") {
            register = isNewer(delivery, register) ? current(delivery, registerOnce(delivery.register)) : register;
        } else if (delivery.kind === "his") {
            for (const agb of covered(delivery)) {
                const rows = delivery.practices.get(agb);
                if (rows !== undefined && isNewer(delivery, his.get(agb))) {
                    his.set(agb, current(delivery, hisOnce(rows)));
                }
            }
        } else {
            for (const agb of covered(delivery)) {
                const rows = delivery.practices.get(agb);
                if (rows !== undefined && isNewer(delivery, vip.get(agb))) {
                    vip.set(agb, current(delivery, vipOnce(rows)));
                }
            }
        }
    }
    if (register === undefined) {
        throw new Error("a region has a register");
    }
    return { register, his, vip };
}
