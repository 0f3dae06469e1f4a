import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, deflateRawSync } from "node:zlib";
import { bytesOf, gzipped, hisJournal, hisLang, put, zipped } from "../acceptance/small-deliveries.ts";
import { type BadDelivery, MARKER, named, PRACTICE, spoiled, without } from "./case.ts";

const JOURNAL = hisJournal().join("\n");

/** Archives that are damaged, lead elsewhere, hold archives, or grow too large. */
export function packing(): BadDelivery[] {
    return [...damaged(), ...elsewhere(), ...nested(), ...tooLarge(), ...folders()];
}

function file(title: string, extension: string, content: () => Uint8Array, code: string): BadDelivery {
    const name = named(extension === ".gz" ? "his-journaal" : "his-lang", PRACTICE, extension);
    return { title: `${extension}: ${title}`, write: (root) => put(root, name, content()), code };
}

function damaged(): BadDelivery[] {
    const good = zipped(hisLang());
    const journal = gzipped(JOURNAL);
    const unreadable = (title: string, extension: string, content: () => Uint8Array): BadDelivery =>
        file(title, extension, content, "archief_onleesbaar");
    const parts = [0, 1, 4, 25, 50, 75, 90, 99];
    return [
        ...parts.map((part) =>
            unreadable(`the first ${part} %`, ".zip", () => good.slice(0, Math.floor((good.length * part) / 100))),
        ),
        ...parts.map((part) =>
            unreadable(`the first ${part} %`, ".gz", () => journal.slice(0, Math.floor((journal.length * part) / 100))),
        ),
        ...[0, 40, 80].map((at) =>
            unreadable(`other bytes from ${at}`, ".gz", () =>
                journal.map((byte, i) => (i >= at && i < at + 20 ? ~byte : byte)),
            ),
        ),
        // 60 lies in the first file's data
        unreadable("other bytes in the data", ".zip", () =>
            good.map((byte, i) => (i >= 60 && i < 90 ? byte ^ 0x5a : byte)),
        ),
        unreadable("text", ".zip", () => bytesOf(MARKER)),
        unreadable("text", ".gz", () => bytesOf(JOURNAL)),
        unreadable("a gz", ".zip", () => journal),
        unreadable("a zip", ".gz", () => good),
        unreadable("brotli", ".gz", () => brotliCompressSync(JOURNAL)),
        unreadable("bare deflate", ".gz", () => deflateRawSync(JOURNAL)),
        unreadable("another checksum", ".zip", () => inDirectory(good, 16, (byte) => byte ^ 0xff)),
        unreadable("a smaller size than is true", ".zip", () => inDirectory(good, 24, (byte) => byte ^ 0x01)),
        unreadable("encrypted", ".zip", () => inDirectory(good, 8, (byte) => byte | 1)),
        unreadable("packed in an unknown way", ".zip", () => inDirectory(good, 10, () => 97)),
        unreadable("a wrong offset", ".zip", () => inDirectory(good, 42, (byte) => byte ^ 0x11)),
    ];
}

/** One byte of the first entry in the central directory changed. */
function inDirectory(zip: Uint8Array, offset: number, change: (byte: number) => number): Uint8Array {
    const at = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + offset;
    return zip.map((byte, index) => (index === at ? change(byte) : byte));
}

function elsewhere(): BadDelivery[] {
    const paths = [
        "../x.csv",
        "a/../../x.csv",
        "/tmp/x.csv",
        "..\\x.csv",
        "a\\..\\..\\x.csv",
        "C:\\x.csv",
        "c:/x.csv",
        "../patienten.csv",
        "..",
    ];
    const link = { os: 3, attrs: (0o120777 << 16) >>> 0 };
    const symbolic = (title: string, files: Record<string, string | Uint8Array>, target: string): BadDelivery =>
        file(title, ".zip", () => zipped(files, { [target]: [bytesOf("/etc/hostname"), link] }), "link_in_archief");
    return [
        ...paths.map((path) =>
            file(`path ${path}`, ".zip", () => zipped({ ...hisLang(), [path]: MARKER }), "pad_buiten_archief"),
        ),
        symbolic("a link", hisLang(), "bijlage.csv"),
        symbolic("a link to a folder", hisLang(), "map/"),
        ...Object.keys(hisLang()).map((name) => symbolic(`${name} is a link`, without(hisLang(), name), name)),
    ];
}

/** First bytes of archives, as found in a file of any name. */
const SIGNATURES: readonly [string, Uint8Array][] = [
    ["zip", zipped({ "x.csv": MARKER })],
    ["empty zip", zipped({})],
    ["gz", gzipped(MARKER)],
    ["7z", Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4)],
    ["rar", Buffer.from("Rar!\x1a\x07\x01\x00", "latin1")],
    ["bz2", Buffer.from("BZh91AY&SY", "latin1")],
    ["xz", Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0)],
    ["zst", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 4)],
    ["tar", tar()],
];

function tar(): Uint8Array {
    const block = Buffer.alloc(1536);
    block.write("x.csv");
    block.write("ustar\x0000", 257, "latin1");
    return block;
}

function nested(): BadDelivery[] {
    const refused = (title: string, name: string, content: string | Uint8Array): BadDelivery =>
        file(title, ".zip", () => zipped({ ...hisLang(), [name]: content }), "archief_in_archief");
    const names = ["zip", "gz", "tgz", "7z", "rar", "tar", "bz2", "xz", "zst", "ZIP", "tar.gz"];
    return [
        ...names.map((extension) => refused(`named .${extension}`, `bijlage.${extension}`, "x")),
        ...SIGNATURES.map(([kind, content]) => refused(`${kind} named .txt`, "leesmij.txt", content)),
        ...SIGNATURES.map(([kind, content]) =>
            refused(`${kind} named as a file of the layout`, "medicatie.csv", content),
        ),
        ...SIGNATURES.map(([kind, content]) =>
            file(`${kind} in it`, ".gz", () => gzipped(content), "archief_in_archief"),
        ),
    ];
}

function tooLarge(): BadDelivery[] {
    const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`b${i}.txt`, "x"]));
    const zeros = new Uint8Array(60_000_000).fill(0x61);
    const refused = (title: string, extension: string, content: () => Uint8Array): BadDelivery =>
        file(title, extension, content, "archief_te_groot");
    return [
        refused("1.001 entries", ".zip", () => zipped({ ...hisLang(), ...entries(1001) })),
        refused("a bomb beside the files", ".zip", () => zipped({ ...hisLang(), "bijlage.txt": zeros })),
        refused("a bomb in place of a file", ".zip", () => zipped({ ...hisLang(), "medicatie.csv": zeros })),
        refused("a bomb of short lines", ".gz", () => gzipped("# x\n".repeat(15_000_000))),
    ];
}

function folders(): BadDelivery[] {
    const folder = (title: string, code: string, spoil: (path: string) => Promise<void>): BadDelivery => {
        const name = named("his-lang", PRACTICE, "");
        return {
            title: `folder: ${title}`,
            code,
            write: async (root) => {
                const path = await put(root, name, hisLang());
                await spoil(path);
                return path;
            },
        };
    };
    return [
        folder("a link to a file", "link_in_archief", (path) => symlink("/etc/hostname", join(path, "bijlage.csv"))),
        folder("a link to a folder", "link_in_archief", (path) => symlink("/etc", join(path, "map"))),
        folder("a link that leads nowhere", "link_in_archief", (path) => symlink("nergens", join(path, "x.csv"))),
        folder("a link to itself", "link_in_archief", (path) => symlink(".", join(path, "rond"))),
        folder("an archive", "archief_in_archief", (path) => writeFile(join(path, "x.zip"), MARKER)),
        folder("an archive by its bytes", "archief_in_archief", (path) =>
            writeFile(join(path, "x.txt"), zipped({ "x.csv": MARKER })),
        ),
        folder("a file of the layout in two places", "bestand_dubbel", async (path) => {
            await mkdir(join(path, "map"));
            await writeFile(join(path, "map", "Medicatie.csv"), MARKER);
        }),
        folder("over 1.000 files", "archief_te_groot", async (path) => {
            for (let i = 0; i <= 1000; i++) await writeFile(join(path, `b${i}.txt`), "");
        }),
        spoiled("his-lang", "files two folders deep", deep(), { code: "bestand_ontbreekt" }),
    ];
}

const deep = () => Object.fromEntries(Object.entries(hisLang()).map(([name, text]) => [`a/b/${name}`, text]));
