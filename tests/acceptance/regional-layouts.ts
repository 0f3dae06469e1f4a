import type { Chance } from "./random.ts";
import type { RegisterDelivery, VipDelivery } from "./region.ts";
import { dutchDate, type SpelledFile } from "./spelled-file.ts";

/** The files of `viplive`; gebruik.csv is optional: without a row it may be empty or left out. */
export function vipFiles(delivery: VipDelivery, chance: Chance): SpelledFile[] {
    const word = (text: string): string => chance.anyCase(text);
    const all = [...delivery.practices];
    const yes = (value: boolean): string => word(value ? "ja" : "nee");
    const files: SpelledFile[] = [
        {
            name: "ketenzorg.csv",
            columns: ["agb", "patientnr", "programma", "startdatum", "einddatum", "hoofdbehandelaar"],
            rows: all.flatMap(([agb, { programmes }]) =>
                programmes.map((p) => [
                    ...[
                        agb,
                        p.patientnr,
                        word(p.programma),
                        dutchDate(p.start),
                        dutchDate(p.eind),
                        word(p.hoofdbehandelaar),
                    ],
                ]),
            ),
        },
        {
            name: "acp.csv",
            columns: ["agb", "patientnr", "datum", "vorm"],
            rows: all.flatMap(([agb, { acp }]) => acp.map((a) => [agb, a.patientnr, dutchDate(a.datum), word(a.vorm)])),
        },
        {
            name: "kwetsbaarheid.csv",
            columns: ["agb", "patientnr", "datum", "instrument", "score", "kwetsbaar", "bron"],
            rows: all.flatMap(([agb, { frailty }]) =>
                frailty.map((f) => [
                    ...[
                        agb,
                        f.patientnr,
                        dutchDate(f.datum),
                        word(f.instrument),
                        String(f.score),
                        yes(f.kwetsbaar),
                        word(f.bron),
                    ],
                ]),
            ),
        },
        {
            name: "zorgplannen.csv",
            columns: ["agb", "patientnr", "datum", "soort"],
            rows: all.flatMap(([agb, { plans }]) =>
                plans.map((p) => [agb, p.patientnr, dutchDate(p.datum), word(p.soort)]),
            ),
        },
        {
            name: "gli.csv",
            columns: [
                "agb",
                "patientnr",
                "verwijsdatum",
                "programma",
                "intakedatum",
                "startdatum",
                "einddatum",
                "einde",
            ],
            rows: all.flatMap(([agb, { gli }]) =>
                gli.map((g) => [
                    ...[agb, g.patientnr, dutchDate(g.verwijsdatum), word(g.programma), dutchDate(g.intake)],
                    ...[dutchDate(g.start), dutchDate(g.eind), word(g.einde)],
                ]),
            ),
        },
        {
            name: "consultaties.csv",
            columns: ["agb", "patientnr", "datum", "antwoorddatum", "onderwerp", "bij", "specialisme", "ziekenhuis"],
            rows: all.flatMap(([agb, { consultations }]) =>
                consultations.map((c) => [
                    ...[agb, c.patientnr, dutchDate(c.datum), dutchDate(c.antwoord), word(c.onderwerp), word(c.bij)],
                    ...[c.specialisme, c.ziekenhuis],
                ]),
            ),
        },
        {
            name: "telemonitoring.csv",
            columns: ["agb", "patientnr", "startdatum", "einddatum", "aandoening"],
            rows: all.flatMap(([agb, { telemonitoring }]) =>
                telemonitoring.map((t) => [
                    agb,
                    t.patientnr,
                    dutchDate(t.start),
                    dutchDate(t.eind),
                    word(t.aandoening),
                ]),
            ),
        },
        {
            name: "portaal.csv",
            columns: ["agb", "maand", "ingeschreven_16plus", "gebruikt_inzage"],
            rows: all.flatMap(([agb, { portal }]) =>
                portal.map((p) => [agb, p.maand, String(p.ingeschreven), String(p.gebruikt)]),
            ),
        },
    ];
    const use = all.flatMap(([agb, rows]) => rows.use.map((u) => [agb, u.maand, u.functie, String(u.gebruikers)]));
    if (use.length > 0 || chance.happens(0.5)) {
        files.push({ name: "gebruik.csv", columns: ["agb", "maand", "functie", "gebruikers"], rows: use });
    }
    return files;
}

/** The five files of `bureau`; the column organisatie is optional, and left out where no practice has one. */
export function registerFiles(delivery: RegisterDelivery, chance: Chance): SpelledFile[] {
    const { practices, areas, practiceFacts, regionFacts, staff } = delivery.register;
    const organised = practices.some((practice) => practice.organisatie !== "");
    return [
        {
            name: "praktijken.csv",
            columns: [
                "agb",
                "naam",
                ...(organised ? ["organisatie"] : []),
                "hagro",
                "gebied",
                "his",
                "toegetreden",
                "vertrokken",
            ],
            rows: practices.map((p) => [
                ...[p.agb, p.naam, ...(organised ? [p.organisatie] : []), p.hagro, p.gebied, p.his],
                ...[dutchDate(p.toegetreden), dutchDate(p.vertrokken)],
            ]),
        },
        {
            name: "gebieden.csv",
            columns: ["gebied", "naam", "cbs_code", "postcodes", "van", "tot"],
            rows: areas.map((a) => [
                a.gebied,
                a.naam,
                a.cbsCode,
                a.postcodes.join(" "),
                dutchDate(a.van),
                dutchDate(a.tot),
            ]),
        },
        {
            name: "praktijkfeiten.csv",
            columns: ["agb", "feit", "datum", "waarde"],
            rows: practiceFacts.map((f) => [f.agb, chance.anyCase(f.feit), dutchDate(f.datum), f.waarde]),
        },
        {
            name: "regiofeiten.csv",
            columns: ["gebied", "feit", "datum", "aantal", "code"],
            rows: regionFacts.map((f) => [f.gebied, f.feit, dutchDate(f.datum), String(f.aantal), f.code]),
        },
        {
            name: "personeel.csv",
            columns: ["agb", "datum", "functie", "aantal", "fte"],
            rows: staff.map((s) => [s.agb, dutchDate(s.datum), chance.anyCase(s.functie), String(s.aantal), s.fte]),
        },
    ];
}
