import type { Lake } from "../../pipelines/lake.ts";
import { emptyLake, type Files, take, writeFolder } from "./delivery-files.ts";
import { scratch } from "./scratch.ts";

/**
 * Four practices, delivered at the end of 2023 and again at the end of March 2024. One thing of every kind happens, each in a
 * practice of its own where it can.
 */

export const IMPROVES = "01000001";
export const RELAYS = "01000002";
export const CORRECTS = "01000003";
export const JOINS = "01000004";
const PRACTICES = [IMPROVES, RELAYS, CORRECTS, JOINS];

interface Person {
    id: string;
    born?: number;
    from?: string;
    until?: string;
    icpc?: string;
}

/** Everybody is born in 1957 and has been registered since 2011, unless said otherwise. */
const person = (id: string, more: Omit<Person, "id"> = {}): Person => ({ id: `PERSOON-${id}`, ...more });

/** Ten people without anything, so that no practice is empty. */
const crowd = (practice: string): Person[] =>
    Array.from({ length: 10 }, (_, at) => person(`${practice.at(-1)}-GEEN-${at}`));

const dutch = (iso: string): string => iso.split("-").reverse().join("-");

function lang(people: Person[], measurements: { id: string; day: string }[] = []): Files {
    const rows = people.map(
        ({ id, born = 1957, from = "2011-03-01", until = "" }) =>
            `${id};${born};V;3201;${dutch(from)};${until ? dutch(until) : ""};vast\n`,
    );
    const episodes = people.flatMap(({ id, icpc }) => (icpc ? [`${id};${icpc};01-02-2015;;actief\n`] : []));
    return {
        "patienten.csv": `patientnr;geboortejaar;geslacht;postcode4;inschrijfdatum;uitschrijfdatum;categorie\n${rows.join("")}`,
        "episodes.csv": `patientnr;icpc;startdatum;einddatum;status\n${episodes.join("")}`,
        "bepalingen.csv": `patientnr;nhgnr;datum;waarde;eenheid\n${measurements.map(({ id, day }) => `PERSOON-${id};2816;${dutch(day)};50;mmol/mol\n`).join("")}`,
        "contacten.csv": "patientnr;datum;soort;discipline;icpc\n",
        "medicatie.csv": "patientnr;datum;atc;dagen\n",
        "verwijzingen.csv": "patientnr;datum;bestemming;programma\n",
    };
}

/** One delivery of several practices. */
function breed(practices: Record<string, Person[]>): Files {
    const people = Object.entries(practices).flatMap(([agb, some]) => some.map((one) => ({ agb, ...one })));
    const patients = people.map(
        ({ agb, id, born = 1957, from = "2011-03-01" }) => `${agb},${id},${born},vrouw,3201,${from},,vast\n`,
    );
    const episodes = people.flatMap(({ agb, id, icpc }) => (icpc ? [`${agb},${id},${icpc},2015-02-01,,J\n`] : []));
    const manifest = { gegevens_vanaf: "2015-01-01", praktijken: Object.keys(practices), bestanden: [] };
    return {
        "levering.json": JSON.stringify(manifest),
        "patient.csv": `agb,patient_id,geboortejaar,sekse,pc4,ingeschreven_vanaf,ingeschreven_tot,type\n${patients.join("")}`,
        "probleem.csv": `agb,patient_id,icpc,vanaf,tot,actief\n${episodes.join("")}`,
        "meetwaarden.csv": "agb,patient_id,datum,HBACB\n",
        "contact.csv": "agb,patient_id,datum,soort,discipline,icpc\n",
        "recept.csv": "agb,patient_id,datum,atc,dagen\n",
        "verwijzing.csv": "agb,patient_id,datum,bestemming,programma\n",
    };
}

function register(): Files {
    const practice = (agb: string, at: number): string =>
        `${agb};Praktijk ${at + 1};Cohaesie;hagro-west;nissewaard;his-lang;${agb === JOINS ? "01-01-2024" : "01-01-2009"};\n`;
    return {
        "praktijken.csv": `agb;naam;organisatie;hagro;gebied;his;toegetreden;vertrokken\n${PRACTICES.map(practice).join("")}`,
        "gebieden.csv": "gebied;naam;cbs_code;postcodes;van;tot\nnissewaard;Nissewaard;GM1930;3201;01-01-2015;\n",
        "praktijkfeiten.csv": "agb;feit;datum;waarde\n",
        "regiofeiten.csv": "gebied;feit;datum;aantal;code\n",
        "personeel.csv": "agb;datum;functie;aantal;fte\n",
    };
}

function viplive(): Files {
    const rows = ["1-SUIKER-A", "1-SUIKER-B"].map((id) => `${IMPROVES};PERSOON-${id};DM2;01-04-2019;;huisarts\n`);
    // a practice is covered when it occurs
    const others = PRACTICES.slice(1).map((agb) => `${agb};PERSOON-${agb.at(-1)}-GEEN-0;COPD;01-04-2019;;huisarts\n`);
    const empty: Record<string, string> = {
        "acp.csv": "agb;patientnr;datum;vorm\n",
        "kwetsbaarheid.csv": "agb;patientnr;datum;instrument;score;kwetsbaar;bron\n",
        "zorgplannen.csv": "agb;patientnr;datum;soort\n",
        "gli.csv": "agb;patientnr;verwijsdatum;programma;intakedatum;startdatum;einddatum;einde\n",
        "consultaties.csv": "agb;patientnr;datum;antwoorddatum;onderwerp;bij;specialisme;ziekenhuis\n",
        "telemonitoring.csv": "agb;patientnr;startdatum;einddatum;aandoening\n",
        "portaal.csv": "agb;maand;ingeschreven_16plus;gebruikt_inzage\n",
    };
    return {
        ...empty,
        "ketenzorg.csv": `agb;patientnr;programma;startdatum;einddatum;hoofdbehandelaar\n${[...rows, ...others].join("")}`,
    };
}

const improves = (moment: "then" | "now"): Files =>
    lang(
        [
            ...crowd(IMPROVES),
            person("1-SUIKER-A", { icpc: "T90.02" }),
            person("1-SUIKER-B", { icpc: "T90.02" }),
            // turns 75 in 2024
            person("1-JARIG", { born: 1949 }),
            // counted as cardiovascular disease by the new list only
            person("1-HART", { icpc: "K76" }),
            person("1-GAAT", moment === "now" ? { until: "2024-02-01" } : {}),
            ...(moment === "now"
                ? [person("1-KOMT", { from: "2024-01-15" }), person("1-KOMT-OOK", { from: "2024-02-15" })]
                : []),
        ],
        [
            { id: "1-SUIKER-A", day: "2023-06-01" },
            // B was measured too long ago, and is measured again
            { id: "1-SUIKER-B", day: "2022-06-01" },
            ...(moment === "now" ? [{ id: "1-SUIKER-B", day: "2024-02-01" }] : []),
        ],
    );

const relays = (): Person[] => [
    ...crowd(RELAYS),
    person("2-SUIKER-A", { icpc: "T90.02" }),
    person("2-SUIKER-B", { icpc: "T90.02" }),
];

const corrects = (): Person[] => [...crowd(CORRECTS), person("3-SUIKER-A", { icpc: "T90.02" })];

const joins = (): Person[] => [...crowd(JOINS), person("4-SUIKER-A", { icpc: "T90.02" })];

/** The register, which reaches beyond, and the deliveries of the end of 2023. */
export async function firstDeliveries(): Promise<Lake> {
    const lake = await emptyLake();
    const wrong = person("3-SUIKER-B", { icpc: "T90.02" });
    await land(lake, {
        bureau_regio_20240331: register(),
        viplive_regio_20231231: viplive(),
        [`his-lang_${IMPROVES}_20231231`]: improves("then"),
        [`his-lang_${RELAYS}_20231231`]: lang(relays()),
        "his-breed_regio_20231231": breed({ [CORRECTS]: [...corrects(), wrong], [JOINS]: joins() }),
    });
    return lake;
}

/** Three months later: another layout that misses one episode, a patient who never should have been there, and the rest. */
export async function secondDeliveries(lake: Lake): Promise<void> {
    const missed = relays().map((one) => (one.id.endsWith("2-SUIKER-B") ? { ...one, icpc: undefined } : one));
    await land(lake, {
        viplive_regio_20240331: viplive(),
        [`his-lang_${IMPROVES}_20240331`]: improves("now"),
        "his-breed_regio_20240331": breed({ [RELAYS]: missed, [CORRECTS]: corrects(), [JOINS]: joins() }),
    });
}

async function land(lake: Lake, deliveries: Record<string, Files>): Promise<void> {
    const root = await scratch();
    const paths = await Promise.all(Object.entries(deliveries).map(([name, files]) => writeFolder(root, name, files)));
    for (const receipt of await take(lake, ...paths))
        if (!receipt.accepted) throw new Error(`${receipt.delivery}: ${receipt.message}`);
}
