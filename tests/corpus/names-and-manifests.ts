import { gzipped, hisBreed, hisJournal, hisLang, put, viplive, zipped } from "../acceptance/small-deliveries.ts";
import { type BadDelivery, MARKER, named, PRACTICE, SECOND_PRACTICE, spoiled } from "./case.ts";

const STRANGER = "01000999";

/** Names that say nothing or something impossible, senders that take no part, and manifests that do not agree. */
export function namesAndManifests(): BadDelivery[] {
    return [...names(), ...senders(), ...manifests()];
}

function titled(name: string, code: string): BadDelivery {
    return { title: `named ${name}`, write: (root) => put(root, name, zipped(hisLang())), code };
}

function names(): BadDelivery[] {
    const unknown = [
        "levering.zip",
        "his-lang.zip",
        `his-lang_${PRACTICE}.zip`,
        `his-lang_${PRACTICE}_2024-06-30.zip`,
        `his-lang_${PRACTICE}_20240631.zip`,
        `his-lang_${PRACTICE}_20240230.zip`,
        `his-lang_${PRACTICE}_20241301.zip`,
        `his-lang_${PRACTICE}_20240600.zip`,
        `his-lang_${PRACTICE}_240630.zip`,
        `his-lang_${PRACTICE.slice(1)}_20240630.zip`,
        `his-lang_${PRACTICE}1_20240630.zip`,
        `his-lang_${PRACTICE}_20240630_b.zip`,
        `his-lang_${PRACTICE}_20240630_0.zip`,
        `his-lang_${PRACTICE}_20240630_-1.zip`,
        `his-lang_${PRACTICE}_20240630_1_2.zip`,
        `his-lang_${PRACTICE}_20240630.rar`,
        `his-lang_${PRACTICE}_20240630.gz`,
        `his-lang_${PRACTICE}_20240630.zip.txt`,
        `his-journaal_${PRACTICE}_20240630.zip`,
        `${PRACTICE}_his-lang_20240630.zip`,
        "his-lang_regio_20240630.zip",
        "his-journaal_regio_20240630.gz",
        `viplive_${PRACTICE}_20240630.zip`,
        `bureau_${PRACTICE}_20240630.zip`,
        `his-lang ${PRACTICE} 20240630.zip`,
        "\u202ehis-lang\u0007.zip",
    ];
    return [
        ...unknown.map((name) => titled(name, "naam_onbekend")),
        titled(`his-onbekend_${PRACTICE}_20240630.zip`, "indeling_onbekend"),
        titled("constructor_regio_20240630.zip", "indeling_onbekend"),
        titled(`his-lang_${PRACTICE}_20240716.zip`, "peildatum_in_toekomst"),
        titled(`his-lang_${PRACTICE}_99991231.zip`, "peildatum_in_toekomst"),
        {
            title: "a path that is not there",
            write: async (root) => `${root}/his-lang_${PRACTICE}_20240630_99.zip`,
            code: "niet_gevonden",
        },
    ];
}

function senders(): BadDelivery[] {
    const stranger = (layout: string, content: Uint8Array, extension: string): BadDelivery => {
        const name = named(layout, STRANGER, extension);
        return {
            title: `${layout}: a practice outside the register`,
            write: (root) => put(root, name, content),
            code: "praktijk_niet_in_register",
        };
    };
    return [
        stranger("his-lang", zipped(hisLang()), ".zip"),
        stranger("his-breed", zipped(hisBreed(STRANGER)), ".zip"),
        stranger("his-journaal", gzipped(hisJournal().join("\n")), ".gz"),
    ];
}

function manifests(): BadDelivery[] {
    const listed = (naam: string, more: object) => ({ bestanden: [{ naam, ...more }] });
    const broken: [string, string | Uint8Array][] = [
        ["no JSON", `{"${MARKER}"`],
        ["empty", ""],
        ["a list", "[]"],
        ["null", "null"],
        ["no UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d)],
        ["a Dutch date", JSON.stringify({ extractiedatum: "1-7-2024" })],
        ["no day", JSON.stringify({ gegevens_vanaf: "2024-02-30" })],
        ["a date that is a number", JSON.stringify({ gegevens_vanaf: 20190101 })],
        ["a practice that is no AGB code", JSON.stringify({ praktijken: [MARKER] })],
        ["one practice that is no list", JSON.stringify({ praktijken: PRACTICE })],
        ["another practice", JSON.stringify({ praktijken: [SECOND_PRACTICE] })],
        ["two practices", JSON.stringify({ praktijken: [PRACTICE, SECOND_PRACTICE] })],
        ["no practice", JSON.stringify({ praktijken: [] })],
        ["files that are no list", JSON.stringify({ bestanden: MARKER })],
        ["a hash that is none", JSON.stringify(listed("medicatie.csv", { sha256: MARKER }))],
        ["half a row", JSON.stringify(listed("medicatie.csv", { rijen: 0.5 }))],
        ["minus one row", JSON.stringify(listed("medicatie.csv", { rijen: -1 }))],
        ["a file without name", JSON.stringify({ bestanden: [{ rijen: 1 }] })],
        ["a byte order mark and half a value", `\ufeff{"praktijken":`],
    ];
    const withManifest = (title: string, manifest: string | Uint8Array, code: string): BadDelivery =>
        spoiled("his-lang", `levering.json, ${title}`, { ...hisLang(), "levering.json": manifest }, { code });
    return [
        ...broken.map(([title, manifest]) => withManifest(title, manifest, "levering_json_onleesbaar")),
        ...Object.keys(hisLang()).flatMap((name) => [
            withManifest(
                `another hash of ${name}`,
                JSON.stringify(listed(name, { sha256: "0".repeat(64) })),
                "hash_klopt_niet",
            ),
            withManifest(`other rows of ${name}`, JSON.stringify(listed(name, { rijen: 7 })), "rijen_kloppen_niet"),
        ]),
        withManifest("a file that is not there", JSON.stringify(listed("afwezig.csv", {})), "bestand_ontbreekt"),
        spoiled(
            "viplive",
            "levering.json, other rows",
            { ...viplive(PRACTICE), "levering.json": JSON.stringify(listed("acp.csv", { rijen: 2 })) },
            { code: "rijen_kloppen_niet" },
        ),
    ];
}
