import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PLANTED } from "./support/planted-region.ts";
import { plantedSite } from "./support/planted-site.ts";

/**
 * Ten things happen in an invented region. Somebody who knows only the question of the own audience reads the pages, as they
 * were published, and must come away with what happened. The tenth, a new definition, is told in changes.test.ts.
 */

let site: string;

beforeAll(async () => {
    site = (await plantedSite()).site;
});

/** What a reader reads: no tags, no drawings, one blank between words. */
async function words(path: string): Promise<string> {
    const text = await readFile(join(site, path, "index.html"), "utf8");
    return text
        .slice(text.indexOf("<main"), text.indexOf("<footer"))
        .replace(/<svg.*?<\/svg>/gs, " ")
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ");
}
const VAKGROEP = "/vakgroep/diabetes-cvrm/";
const message = (path: string): Promise<string> => readFile(join(site, path, "bericht.txt"), "utf8");
/** The row of an indicator in the overview of a vakgroep: from its name to the next one's direction. */
async function rowOf(title: string): Promise<string> {
    const text = await words(VAKGROEP);
    const from = text.indexOf(`${title} `, text.indexOf("Spreiding over praktijken"));
    return text.slice(from, text.indexOf(" is beter", from + title.length + 20));
}

describe("a vakgroep reads", () => {
    test("1. a real improvement as an improvement, first in the sentence on top and in the message", async () => {
        expect(await words(VAKGROEP)).toContain("Van de 6 indicatoren verbeterde er 1 in een jaar, meer dan toeval.");
        expect(await rowOf("HbA1c gemeten")).toMatch(/\+1\d,\d pp beter/);
        expect(await words(`${VAKGROEP}dm_hba1c_gemeten/`)).toMatch(
            /HbA1c gemeten steeg in een jaar van 7\d,\d% naar 8\d,\d%/,
        );
        expect(await message(VAKGROEP)).toMatch(/- HbA1c gemeten steeg in een jaar van/);
    });

    test("2. noise as chance, and nowhere as news", async () => {
        expect(await rowOf("LDL gemeten")).toMatch(/pp kan toeval zijn/);
        const page = await words(`${VAKGROEP}dm_ldl_gemeten/`);
        expect(page).toMatch(/LDL gemeten: 8\d,\d%; het verschil met een jaar eerder \(8\d,\d%\) kan toeval zijn/);
        expect(page).toContain("dat verschil kan toeval zijn");
        expect(page).not.toMatch(/steeg|daalde|verbeterde|Haalbaar is/);
        expect(await message(VAKGROEP)).not.toContain("LDL");
    });

    test("3. a difference that the patients explain as theirs, and not as something to learn from", async () => {
        expect(await words(`${VAKGROEP}dm_sbd_tm140/`)).toMatch(
            /De helft van de praktijken zit tussen \d+% en \d+%; dat verschil past bij de leeftijd en het geslacht van hun patiënten/,
        );
        const overview = await words(VAKGROEP);
        const learning = overview.slice(overview.indexOf("Waar praktijken het meest van elkaar verschillen"));
        expect(learning.slice(0, learning.indexOf("Doelen van deze vakgroep"))).not.toContain("Bovendruk");
        expect(await words(`${VAKGROEP}dm_sbd_tm140/`)).toMatch(
            /Van 4\d% bij (vrouwen|mannen) van 75 jaar en ouder tot 8\d% bij/,
        );
    });

    test("4. a delivery that is missing as missing, never as a zero", async () => {
        const page = await words(`${VAKGROEP}dm_ldl_gemeten/`);
        expect(page).toContain(
            "16 van de 17 praktijken leverden over juni 2024; de andere tellen niet mee, ook niet als nul.",
        );
        expect(page).toContain(
            "Niet geleverd tot het eind van de periode: HIS van 1 praktijk en VIPLive van 1 praktijk.",
        );
    });

    test("5. too few patients as protected, with what the sign means, and not as nothing", async () => {
        expect(await rowOf("Rookt")).toMatch(/x afgeschermd/);
        const page = await words(`${VAKGROEP}dm_rookt/`);
        expect(page).toContain("De regionale waarde is afgeschermd: het gaat om te weinig patiënten");
        expect(page).toContain("Dat is geen nul.");
        expect(page).not.toMatch(/Rookt: \d/);
    });

    test("6. what goes with the record system as possibly registration, wherever practices are compared", async () => {
        expect(await rowOf("Voetonderzoek gedaan")).toContain("verschilt per HIS: kan registratie zijn");
        const page = await words(`${VAKGROEP}dm_voetonderzoek/`);
        expect(page).toMatch(/Praktijken met Medicom 8\d%, met Bricks 6\d%: dat verschil kan registratie zijn/);
        expect(page).toContain("Het verschil tussen praktijken hangt samen met hun HIS en kan dus registratie zijn.");
        expect(await words(`${VAKGROEP}dm_ldl_gemeten/`)).toMatch(/Tussen HIS’en geen verschil|dat kan toeval zijn/);
    });

    test("7. a goal that was reached as reached", async () => {
        expect(await words(`${VAKGROEP}doelen/14_ict/`)).toMatch(
            /Vier op de vijf praktijken met een ICT-scan gehaald 9\d,\d% is minstens 80,0%/,
        );
    });

    test("8. a goal that cannot be reached as off course, by name in the message", async () => {
        expect(await words(`${VAKGROEP}doelen/19_meedenkconsulten/`)).toMatch(
            /Twee keer zo veel meedenkconsulten niet op koers .*doel \+100,0%: te weinig/,
        );
        expect(await message(VAKGROEP)).toMatch(/Twee keer zo veel meedenkconsulten: niet op koers/);
    });

    test("9. a leap made by a practice that left as that, and not as better care", async () => {
        expect(await rowOf("Albumine/creatinine gemeten")).toMatch(/\+1\d,\d pp door andere praktijken/);
        const page = await words(`${VAKGROEP}dm_acr_gemeten/`);
        expect(page).toMatch(
            /Albumine\/creatinine gemeten: \d\d,\d%; een jaar eerder \d\d,\d%, maar bij dezelfde praktijken veranderde het niet aantoonbaar/,
        );
        expect(page).toContain("Vanaf januari 2024 is het aantal aangesloten praktijken 17 in plaats van 18");
        expect(page).not.toMatch(/gemeten steeg/);
        expect(await message(VAKGROEP)).not.toContain("Albumine");
    });
});

describe("a practice reads", () => {
    test("that it does not differ, where nothing happened, and that this is a valid outcome", async () => {
        const page = await words(`/p/${PLANTED.calm}/`);
        expect(page).toMatch(/Op geen van de \d vergelijkbare indicatoren wijkt uw praktijk aantoonbaar af/);
        expect(page).toContain("Dat is een geldige uitkomst");
        expect(page).not.toMatch(/ongunstig|Lijkt te verschillen/);
    });

    test("with old patients, that its low value fits them, and no word of blame", async () => {
        const page = await words(`/p/${PLANTED.old}/`);
        expect(page).toContain("als de leeftijd en het geslacht van uw patiënten worden meegewogen");
        expect(page).toMatch(
            /Bovendruk 140 of lager: 4\d,\d% bij u, 6\d,\d% in de regio\. Naar de leeftijd en het geslacht van uw patiënten zijn er (\d+) te verwachten/,
        );
        expect(page).toContain("Hier hoeft u niets mee.");
        expect(page).not.toMatch(/ongunstig|erbij, en u zit/);
        expect(await message(`/p/${PLANTED.old}/`)).not.toMatch(/Bovendruk/);
    });

    test("that delivered nothing, since when and of which source, and its last figures under their own date", async () => {
        const page = await words(`/p/${PLANTED.silent}/`);
        expect(page).toContain(
            "Over het 2e kwartaal 2024 ontbreekt van uw praktijk een levering: HIS (geleverd tot en met 31-03-2024) en VIPLive (geleverd tot en met 31-03-2024). Die cijfers zijn niet nul maar onbekend",
        );
        expect(page).toContain("Praktijkspiegel · 1e kwartaal 2024");
        expect(page).not.toMatch(/geldige uitkomst|geen aantoonbaar verschil/);
        expect(await message(`/p/${PLANTED.silent}/`)).toContain("ontbreekt van uw praktijk een levering");
    });

    test("that left, that it left, and not that it delivered too little", async () => {
        const page = await words(`/p/${PLANTED.gone}/`);
        expect(page).toContain(
            "Uw praktijk is sinds 01-01-2024 geen lid meer en telt vanaf dan in geen enkel cijfer mee. Hieronder staan uw laatste cijfers: 4e kwartaal 2023.",
        );
        expect(page).not.toMatch(/ontbreekt|te weinig kwartalen|geldige uitkomst|geen aantoonbaar verschil/);
    });

    test("with a handful of patients, that they are too few to compare, and what they are", async () => {
        const page = await words(`/p/${PLANTED.small}/`);
        expect(page).toMatch(
            /Oogfundus beoordeeld .*?\d van \d · [\d–%]+ verwacht \d te weinig patiënten om te vergelijken/,
        );
        expect(page).not.toMatch(/Oogfundus beoordeeld: \d+% bij u/);
    });

    test("far below with a record system that is low itself, how far, what to expect, and that it may be registration", async () => {
        const page = await words(`/p/${PLANTED.low}/`);
        expect(page).toMatch(
            /Voetonderzoek gedaan: (2|3)\d,\d% bij u, 7\d,\d% in de regio .*Dat is ongunstig\. Naar de leeftijd en het geslacht van uw patiënten waren er \d+ te verwachten\./,
        );
        expect(page).toMatch(
            /Praktijken met hetzelfde HIS als u \(Bricks\) zitten samen op \d+%\. Een deel van het verschil kan dus registratie zijn/,
        );
    });
});
