import { basename } from "node:path";
import type { NamedFormat } from "../format.ts";
import { Refusal } from "../issues.ts";
import { REGION } from "../lake.ts";

export interface DeliveryName {
    /** The name without extension, small letters: one name is one delivery. */
    stem: string;
    format: NamedFormat;
    /** AGB code, or `regio`. */
    sender: string;
    /** ISO day. */
    peildatum: string;
    sequence: number;
    kind: "zip" | "gz" | "folder";
}

const FORM =
    /^([a-z0-9]+(?:-[a-z0-9]+)*)_([0-9]{8}|regio)_([0-9]{4})([0-9]{2})([0-9]{2})(?:_([0-9]{1,6}))?(\.zip|\.gz)?$/;
const EXPECTED = "verwacht <indeling>_<agb of regio>_<jjjjmmdd>[_<volgnr>], zoals his-lang_01053293_20240630.zip";

/** Whether a name looks like that of a delivery (it may still be refused). */
export const looksLikeDelivery = (path: string): boolean => FORM.test(basename(path).toLowerCase());

/** What the name of a delivery says. Throws a refusal when it says nothing, or something impossible. */
export function parseDeliveryName(
    path: string,
    isFolder: boolean,
    formats: ReadonlyMap<string, NamedFormat>,
): DeliveryName {
    const name = basename(path);
    const match = FORM.exec(name.toLowerCase());
    if (!match) throw new Refusal("naam_onbekend", `${EXPECTED}, kreeg ${name}`);
    const [, layout = "", sender = "", year, month, day, sequence, extension] = match;
    const format = formats.get(layout);
    if (!format) throw new Refusal("indeling_onbekend", `${layout}; bekend zijn ${[...formats.keys()].join(", ")}`);
    const peildatum = `${year}-${month}-${day}`;
    if (!isDay(peildatum)) throw new Refusal("naam_onbekend", `${EXPECTED}, maar ${year}${month}${day} is geen datum`);
    const kind = isFolder ? "folder" : extension === ".zip" ? "zip" : extension === ".gz" ? "gz" : null;
    if (kind === null) throw new Refusal("naam_onbekend", `verwacht .zip, .gz of een map, kreeg ${name}`);
    if (isFolder && extension !== undefined) {
        throw new Refusal("naam_onbekend", `een map heeft geen extensie, kreeg ${name}`);
    }
    const wanted = format.records ? "een .gz" : "een .zip of een map";
    if ((kind === "gz") !== (format.records !== undefined)) {
        throw new Refusal("naam_onbekend", `de indeling ${layout} komt als ${wanted}, kreeg ${name}`);
    }
    if (format.sender === "practice" && sender === REGION) {
        throw new Refusal("naam_onbekend", `de indeling ${layout} noemt één praktijk met haar AGB-code, kreeg regio`);
    }
    if (format.sender === "region" && sender !== REGION) {
        throw new Refusal(
            "naam_onbekend",
            `de indeling ${layout} komt van de regio en heet ${layout}_regio_<jjjjmmdd>`,
        );
    }
    const number = sequence === undefined ? 1 : Number(sequence);
    if (number < 1) throw new Refusal("naam_onbekend", `een volgnummer begint bij 1, kreeg ${sequence}`);
    const stem = `${layout}_${sender}_${year}${month}${day}_${number}`;
    return { stem, format, sender, peildatum, sequence: number, kind };
}

function isDay(day: string): boolean {
    const parsed = new Date(`${day}T00:00:00Z`);
    return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}
