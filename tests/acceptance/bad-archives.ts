import { type BadDelivery, named, PRACTICE, without } from "./bad-delivery.ts";
import { bytesOf, gzipped, hisJournal, hisLang, zipped } from "./small-deliveries.ts";

/** Names that do not tell layout, sender and reference date. */
export function misnamed(): BadDelivery[] {
    return [
        "levering.zip",
        "his-lang.zip",
        `his-lang_${PRACTICE}.zip`,
        `his-lang_${PRACTICE}_2024-06-30.zip`,
        `his-lang_${PRACTICE}_20240231.zip`,
        "his-lang_1000101_20240630.zip",
        `his-lang_${PRACTICE}_20240630_b.zip`,
        `${PRACTICE}_his-lang_20240630.zip`,
    ].map((name) => ({ why: `misnamed: ${name}`, codes: ["naam_onbekend"], name, content: zipped(hisLang()) }));
}

/** Archives that cannot be read, hide something, or are beyond the limits. */
export function archives(): BadDelivery[] {
    const good = zipped(hisLang());
    const journal = gzipped(hisJournal().join("\n"));
    const broken = good.slice();
    for (let index = 60; index < 90; index += 1) {
        broken[index] = (broken[index] ?? 0) ^ 0x5a;
    }
    const link = { os: 3, attrs: (0o120777 << 16) >>> 0 };
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`bijlage${index}.txt`, "x"]));
    const bomb = { "patienten.csv": new Uint8Array(60 * 1024 * 1024).fill(0x61) };
    const unreadable = (why: string, name: string, content: Uint8Array): BadDelivery => ({
        why,
        codes: ["archief_onleesbaar"],
        name,
        content,
    });
    return [
        unreadable("a truncated zip", named("his-lang"), good.slice(0, good.length - 200)),
        unreadable("half a zip", named("his-lang"), good.slice(0, good.length / 2)),
        unreadable("a zip with other bytes in the middle", named("his-lang"), broken),
        unreadable("a zip that is none", named("his-lang"), bytesOf("dit is geen zip")),
        unreadable("a zip of no bytes", named("viplive", "regio"), new Uint8Array(0)),
        unreadable("a truncated gz", named("his-journaal", PRACTICE, ".gz"), journal.slice(0, journal.length - 20)),
        unreadable("a gz that is none", named("his-journaal", PRACTICE, ".gz"), bytesOf(hisJournal().join("\n"))),
        {
            why: "a path that leaves the archive",
            codes: ["pad_buiten_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "../buiten.csv": "x" }),
        },
        {
            why: "an absolute path",
            codes: ["pad_buiten_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "/tmp/buiten.csv": "x" }),
        },
        {
            why: "a path that leaves by backslash",
            codes: ["pad_buiten_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "map\\..\\..\\buiten.csv": "x" }),
        },
        {
            why: "a link",
            codes: ["link_in_archief"],
            name: named("his-lang"),
            content: zipped(hisLang(), { "bijlage.csv": [bytesOf("/etc/hostname"), link] }),
        },
        {
            why: "a link in the place of a file",
            codes: ["link_in_archief"],
            name: named("his-lang"),
            content: zipped(without(hisLang(), "episodes.csv"), { "episodes.csv": [bytesOf("patienten.csv"), link] }),
        },
        {
            why: "a zip in the zip",
            codes: ["archief_in_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "meer.zip": good }),
        },
        {
            why: "a gz in the zip",
            codes: ["archief_in_archief"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), "meer.gz": journal }),
        },
        {
            why: "over a thousand entries",
            codes: ["archief_te_groot"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), ...many }),
        },
        {
            why: "a ratio over 200 on a file over 50 MB",
            codes: ["archief_te_groot"],
            name: named("his-lang"),
            content: zipped({ ...hisLang(), ...bomb }),
        },
    ];
}
