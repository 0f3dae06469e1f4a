import type { Files } from "./delivery-files.ts";

const PATIENTS = "patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie\n";

/** A whole his-lang delivery of the patients named, without any care. */
export function hisLang(change: Files, ...patients: string[]): Files {
    return {
        "patienten.csv": PATIENTS + patients.map((name) => `${name};1957;V;3201;01-03-2011;;vast\n`).join(""),
        "episodes.csv": "patientnr;icpc;startdatum;einddatum;status\n",
        "bepalingen.csv": "patientnr;nhgnr;datum;waarde;eenheid\n",
        "contacten.csv": "patientnr;datum;soort;discipline;icpc\n",
        "medicatie.csv": "patientnr;datum;atc;dagen\n",
        "verwijzingen.csv": "patientnr;datum;bestemming;programma\n",
        ...change,
    };
}

/** The same of one patient with one HbA1c. */
export const measured = (patient: string, value: number): Files =>
    hisLang(
        { "bepalingen.csv": `patientnr;nhgnr;datum;waarde;eenheid\n${patient};2816;01-05-2024;${value};\n` },
        patient,
    );
