import { type BadDelivery, changed, lang, named, PRACTICE, SECOND_PRACTICE, without } from "./bad-delivery.ts";
import { type Files, gzipped, hisBreed, hisJournal, hisLang, register, viplive, zipped } from "./small-deliveries.ts";

/** Missing files and columns, an unknown layout or practice, a date to come. */
export function shapes(): BadDelivery[] {
    const other = (why: string, codes: readonly string[], name: string, files: Files): BadDelivery => ({
        why,
        codes,
        name,
        content: zipped(files),
    });
    return [
        lang("a missing file", "bestand_ontbreekt", without(hisLang(), "episodes.csv")),
        lang("no files at all", ["bestand_ontbreekt", "archief_onleesbaar"], {}),
        other(
            "viplive without portaal.csv",
            ["bestand_ontbreekt"],
            named("viplive", "regio"),
            without(viplive(PRACTICE), "portaal.csv"),
        ),
        other(
            "a register without personeel.csv",
            ["bestand_ontbreekt"],
            named("bureau", "regio"),
            without(register(PRACTICE, SECOND_PRACTICE), "personeel.csv"),
        ),
        other(
            "his-breed without meetwaarden.csv",
            ["bestand_ontbreekt"],
            named("his-breed"),
            without(hisBreed(PRACTICE), "meetwaarden.csv"),
        ),
        lang(
            "a missing column",
            "kolom_ontbreekt",
            changed(hisLang(), "bepalingen.csv", (text) => text.replace("eenheid", "maat")),
        ),
        lang("a file without a header", ["kolom_ontbreekt", "bestand_ontbreekt"], { ...hisLang(), "episodes.csv": "" }),
        other(
            "his-breed without agb",
            ["kolom_ontbreekt"],
            named("his-breed"),
            changed(hisBreed(PRACTICE), "patient.csv", (text) => text.replace("agb,", "nummer,")),
        ),
        other(
            "viplive without bij",
            ["kolom_ontbreekt"],
            named("viplive", "regio"),
            changed(viplive(PRACTICE), "consultaties.csv", (text) => text.replace("bij", "door")),
        ),
        other(
            "a register without hagro",
            ["kolom_ontbreekt"],
            named("bureau", "regio"),
            changed(register(PRACTICE, SECOND_PRACTICE), "praktijken.csv", (text) => text.replace("hagro", "groep")),
        ),
        lang(
            "a column twice",
            "kolom_dubbel",
            changed(hisLang(), "bepalingen.csv", (text) =>
                text.replace("eenheid", "DATUM").replaceAll("mmol/mol", "15-03-2024"),
            ),
        ),
        {
            why: "an unknown layout",
            codes: ["indeling_onbekend"],
            name: named("his-nieuw"),
            content: zipped(hisLang()),
        },
        {
            why: "a practice outside the register",
            codes: ["praktijk_niet_in_register"],
            name: named("his-lang", "01000999"),
            content: zipped(hisLang()),
        },
        {
            why: "a journal of a practice outside the register",
            codes: ["praktijk_niet_in_register"],
            name: named("his-journaal", "01000999", ".gz"),
            content: gzipped(hisJournal().join("\n")),
        },
        {
            why: "a peildatum after today",
            codes: ["peildatum_in_toekomst"],
            name: `his-lang_${PRACTICE}_20991231.zip`,
            content: zipped(hisLang()),
        },
    ];
}

/** A levering.json that cannot be read or does not agree with the files. */
export function manifests(): BadDelivery[] {
    const withManifest = (why: string, code: string, json: string): BadDelivery =>
        lang(why, code, { ...hisLang(), "levering.json": json });
    return [
        withManifest("a levering.json that is no JSON", "levering_json_onleesbaar", "{praktijken:"),
        withManifest("a levering.json that is a list", "levering_json_onleesbaar", "[]"),
        withManifest("a gegevens_vanaf that is no date", "levering_json_onleesbaar", '{"gegevens_vanaf":"vorig jaar"}'),
        withManifest("praktijken that is no list", "levering_json_onleesbaar", `{"praktijken":"${PRACTICE}"}`),
        withManifest(
            "a hash that differs",
            "hash_klopt_niet",
            `{"bestanden":[{"naam":"bepalingen.csv","sha256":"${"0".repeat(64)}"}]}`,
        ),
        withManifest(
            "a row count that differs",
            "rijen_kloppen_niet",
            '{"bestanden":[{"naam":"bepalingen.csv","rijen":23}]}',
        ),
    ];
}
