import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, type Zippable, zipSync } from "fflate";

/** Small good deliveries, each as its files: what a bad one spoils in one place. */
export type Files = Record<string, string | Uint8Array>;

const PATIENTS = Array.from({ length: 24 }, (_, index) => `patient${String(index + 1).padStart(3, "0")}`);

/** Lines with CRLF, as `his-lang`, `viplive` and `bureau` write them. */
export function lines(...rows: readonly string[]): string {
    return `${rows.join("\r\n")}\r\n`;
}

export function hisLang(): Files {
    return {
        "patienten.csv": lines(
            "patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie",
            ...PATIENTS.map((patient, index) => `${patient};${1935 + index * 3};V;3201;01-01-2015;;VAST`),
        ),
        "episodes.csv": lines(
            "patientnr;icpc;startdatum;einddatum;status",
            ...PATIENTS.map((patient) => `${patient};T90.02;01-01-2016;;actief`),
        ),
        "bepalingen.csv": lines(
            "patientnr;nhgnr;datum;waarde;eenheid",
            ...PATIENTS.map((patient) => `${patient};2816;15-03-2024;52;mmol/mol`),
        ),
        "contacten.csv": lines(
            "patientnr;datum;soort;discipline;icpc",
            `${PATIENTS[0]};15-03-2024;consult;huisarts;K86`,
        ),
        "medicatie.csv": lines("patientnr;datum;atc;dagen", `${PATIENTS[0]};15-03-2024;B01AC06;90`),
        "verwijzingen.csv": lines("patientnr;datum;bestemming;programma", `${PATIENTS[0]};15-03-2024;GLI;CooL`),
    };
}

export function hisBreed(agb: string): Files {
    return {
        "patient.csv": lines(
            "agb,patient_id,geboortejaar,sekse,pc4,ingeschreven_vanaf,ingeschreven_tot,type",
            ...PATIENTS.map((patient) => `${agb},${patient},1950,vrouw,3201,2015-01-01,,vast`),
        ),
        "probleem.csv": lines("agb,patient_id,icpc,vanaf,tot,actief", `${agb},${PATIENTS[0]},T90.02,2016-01-01,,J`),
        "meetwaarden.csv": lines(
            "agb,patient_id,datum,HBACB,RRSYKA",
            ...PATIENTS.map((patient) => `${agb},${patient},2024-03-15,52,130`),
        ),
        "contact.csv": lines(
            "agb,patient_id,datum,soort,discipline,icpc",
            `${agb},${PATIENTS[0]},2024-03-15,consult,huisarts,K86`,
        ),
        "recept.csv": lines("agb,patient_id,datum,atc,dagen", `${agb},${PATIENTS[0]},2024-03-15,B01AC06,90`),
        "verwijzing.csv": lines(
            "agb,patient_id,datum,bestemming,programma",
            `${agb},${PATIENTS[0]},2024-03-15,GLI,CooL`,
        ),
    };
}

export function hisJournal(): string[] {
    return [
        ...PATIENTS.map((patient) => `P|${patient}|1950|V|3201|20150101||V`),
        ...PATIENTS.map((patient) => `M|${patient}|2816|20240315|52|mmol/mol`),
        `E|${PATIENTS[0]}|T90.02|20160101||A`,
    ];
}

export function viplive(agb: string): Files {
    return {
        "ketenzorg.csv": lines(
            "agb;patientnr;programma;startdatum;einddatum;hoofdbehandelaar",
            ...PATIENTS.map((patient) => `${agb};${patient};DM2;01-01-2020;;huisarts`),
        ),
        "acp.csv": lines("agb;patientnr;datum;vorm", `${agb};${PATIENTS[0]};15-03-2024;gesprek`),
        "kwetsbaarheid.csv": lines(
            "agb;patientnr;datum;instrument;score;kwetsbaar;bron",
            `${agb};${PATIENTS[0]};15-03-2024;TraZAG;4;ja;praktijk`,
        ),
        "zorgplannen.csv": lines("agb;patientnr;datum;soort", `${agb};${PATIENTS[0]};15-03-2024;IZP`),
        "gli.csv": lines(
            "agb;patientnr;verwijsdatum;programma;intakedatum;startdatum;einddatum;einde",
            `${agb};${PATIENTS[0]};15-03-2024;CooL;;;;loopt`,
        ),
        "consultaties.csv": lines(
            "agb;patientnr;datum;antwoorddatum;onderwerp;bij;specialisme;ziekenhuis",
            `${agb};${PATIENTS[0]};15-03-2024;16-03-2024;diabetes;apotheek;;`,
        ),
        "telemonitoring.csv": lines(
            "agb;patientnr;startdatum;einddatum;aandoening",
            `${agb};${PATIENTS[0]};15-03-2024;;CVRM`,
        ),
        "portaal.csv": lines("agb;maand;ingeschreven_16plus;gebruikt_inzage", `${agb};2024-03;20;5`),
    };
}

export function register(...practices: readonly string[]): Files {
    return {
        "praktijken.csv": lines(
            "agb;naam;organisatie;hagro;gebied;his;toegetreden;vertrokken",
            ...practices.map((agb) => `${agb};Praktijk De Linde;Cohaesie;Noord;nissewaard;Bricks;01-01-2015;`),
        ),
        "gebieden.csv": lines(
            "gebied;naam;cbs_code;postcodes;van;tot",
            "nissewaard;Nissewaard;GM1930;3201 3202;01-01-2015;",
        ),
        "praktijkfeiten.csv": lines("agb;feit;datum;waarde", `${practices[0]};ict_scan;15-03-2024;ja`),
        "regiofeiten.csv": lines("gebied;feit;datum;aantal;code", "regio;rcp_melding;15-03-2024;3;"),
        "personeel.csv": lines("agb;datum;functie;aantal;fte", `${practices[0]};15-03-2024;huisarts;2;1,5`),
    };
}

/** The files as zip bytes; `around` is a folder inside the zip. */
export function zipped(files: Files, more: Zippable = {}): Uint8Array {
    const entries = Object.entries(files).map(([name, content]) => [name, bytesOf(content)] as const);
    return zipSync({ ...Object.fromEntries(entries), ...more }, { level: 6 });
}

export function bytesOf(content: string | Uint8Array): Uint8Array {
    return typeof content === "string" ? new Uint8Array(Buffer.from(content, "utf8")) : content;
}

export function gzipped(content: string | Uint8Array): Uint8Array {
    return gzipSync(bytesOf(content));
}

/** Writes bytes as a file, or files as a folder, and gives the path. */
export async function put(folder: string, name: string, content: Uint8Array | Files): Promise<string> {
    const path = join(folder, name);
    await mkdir(folder, { recursive: true });
    if (content instanceof Uint8Array) {
        await writeFile(path, content);
        return path;
    }
    await mkdir(path);
    for (const [file, text] of Object.entries(content)) {
        await writeFile(join(path, file), bytesOf(text));
    }
    return path;
}
