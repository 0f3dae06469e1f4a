import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoManifest, writeDemo } from "../pipelines/demo/demo.ts";

const root = mkdtempSync(join(tmpdir(), "demo-"));
const small = { practices: 9, patients: 2_700 };
let manifest: DemoManifest;

beforeAll(async () => {
    manifest = await writeDemo({ out: join(root, "een"), ...small });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Hash of every file below a folder, by its path. */
function hashes(folder: string): Record<string, string> {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    const files = names.filter((name) => statSync(join(folder, name)).isFile());
    return Object.fromEntries(
        files.map((name) => [
            name,
            createHash("sha256")
                .update(readFileSync(join(folder, name)))
                .digest("hex"),
        ]),
    );
}

/** The files of a delivery by name, whatever it is packed in. */
function open(name: string): Record<string, Buffer> {
    const path = join(root, "een", name);
    if (name.endsWith(".gz")) return { "journaal.txt": Buffer.from(gunzipSync(readFileSync(path))) };
    if (!name.endsWith(".zip"))
        return Object.fromEntries(readdirSync(path).map((file) => [file, readFileSync(join(path, file))]));
    return Object.fromEntries(
        Object.entries(unzipSync(readFileSync(path))).map(([file, bytes]) => [
            file.replace(/^export\//, ""),
            Buffer.from(bytes),
        ]),
    );
}

/** Rows of a simple separated text as records; enough for the files that hold no line breaks inside quotes. */
function records(bytes: Buffer | undefined, separator: string): Record<string, string>[] {
    const lines = (bytes ?? Buffer.alloc(0))
        .toString("utf8")
        .replace(/^\uFEFF/, "")
        .split(/\r?\n/)
        .filter((line) => line !== "");
    const cells = (line: string): string[] => line.split(separator).map((cell) => cell.replace(/^"|"$/g, ""));
    const [header = [], ...rows] = lines.map(cells);
    return rows.map((row) =>
        Object.fromEntries(header.map((column, place) => [column.toLowerCase(), row[place] ?? ""])),
    );
}

const day = (text: string): string => text.split("-").reverse().join("-");

describe("a demo region", () => {
    it("is the same to the last byte when made again, and another one with another seed", async () => {
        await writeDemo({ out: join(root, "twee"), ...small });
        expect(hashes(join(root, "twee"))).toEqual(hashes(join(root, "een")));
        const other = await writeDemo({ out: join(root, "drie"), ...small, seed: 7 });
        expect(other.deliveries.map((one) => one.bytes)).not.toEqual(manifest.deliveries.map((one) => one.bytes));
    });

    it("is left as it is when it stands there intact, and mended when a delivery was touched", async () => {
        const name = manifest.deliveries.find((one) => one.name.endsWith(".gz"))?.name ?? "";
        const before = statSync(join(root, "een", name)).mtimeMs;
        const started = performance.now();
        await writeDemo({ out: join(root, "een"), ...small });
        expect(performance.now() - started).toBeLessThan(1_000);
        expect(statSync(join(root, "een", name)).mtimeMs).toBe(before);
        const bytes = readFileSync(join(root, "een", name));
        writeFileSync(join(root, "een", name), bytes.subarray(0, 1_000));
        await writeDemo({ out: join(root, "een"), ...small });
        expect(readFileSync(join(root, "een", name)).equals(bytes)).toBe(true);
    });

    it("replaces what it made before, and leaves alone what others put there", async () => {
        const out = join(root, "vier");
        await writeDemo({ out, practices: 3, patients: 600 });
        writeFileSync(join(out, "van-een-ander.txt"), "blijft");
        const next = await writeDemo({ out, practices: 3, patients: 600, seed: 5, to: "2022-09" });
        const expected = [".demo.json", "van-een-ander.txt", ...next.deliveries.map((one) => one.name)].sort();
        expect(readdirSync(out).sort()).toEqual(expected);
    });

    it("names every delivery as a delivery must be named, in all five layouts", () => {
        const form = /^(his-lang|his-breed|his-journaal|viplive|bureau)_(01\d{6}|regio)_\d{8}(_\d+)?(\.zip|\.gz)?$/;
        for (const { name } of manifest.deliveries) expect(name).toMatch(form);
        const formats = new Set(manifest.deliveries.map((one) => one.name.split("_")[0]));
        expect([...formats].sort()).toEqual(["bureau", "his-breed", "his-journaal", "his-lang", "viplive"]);
        expect(manifest.deliveries.some((one) => one.name.includes("_2.zip"))).toBe(true);
        expect(manifest.deliveries.some((one) => one.name.startsWith("his-breed_regio_"))).toBe(true);
    });

    it("holds nothing in its folder but deliveries and its own dotfile", () => {
        expect(readdirSync(join(root, "een")).sort()).toEqual(
            [".demo.json", ...manifest.deliveries.map((one) => one.name)].sort(),
        );
    });

    it("hashes and counts its files truthfully, and says that it is invented", () => {
        for (const { name } of manifest.deliveries.filter((one) => !one.name.endsWith(".gz"))) {
            const files = open(name);
            const said: { demo: boolean; bestanden: { naam: string; sha256: string; rijen: number }[] } = JSON.parse(
                files["levering.json"]?.toString() ?? "{}",
            );
            expect(said.demo).toBe(true);
            for (const { naam, sha256, rijen } of said.bestanden) {
                const bytes = files[naam] ?? Buffer.alloc(0);
                expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
                // A row is a line with a header above it, except that a quoted cell may hold a line break.
                const breaks = bytes.toString("latin1").match(/"LAB\r\nEXT"/g)?.length ?? 0;
                const lines = bytes.toString("latin1").split("\n").length - 2;
                expect(lines - breaks, `${name} ${naam}`).toBe(rijen);
            }
        }
    });

    it("lists what it planted: few rows per file, so that every delivery is accepted", () => {
        const codes = new Set(manifest.deliveries.flatMap((one) => one.planted.map((planted) => planted.code)));
        expect(codes.size).toBe(15);
        for (const { name, planted } of manifest.deliveries) {
            const perFile = new Map<string, number>();
            for (const { file, count } of planted) perFile.set(file, (perFile.get(file) ?? 0) + count);
            for (const [file, count] of perFile)
                expect(count, `${name} ${file}`).toBeLessThanOrEqual(name.startsWith("his-breed_regio") ? 40 : 25);
        }
        const journal = manifest.deliveries.find((one) => one.name.endsWith(".gz"));
        const lines =
            open(journal?.name ?? "")
                ["journaal.txt"]?.toString("utf8")
                .split("\n") ?? [];
        const unknown = journal?.planted.find((one) => one.code === "recordtype_onbekend")?.count ?? 0;
        expect(lines.filter((line) => line.startsWith("Z|"))).toHaveLength(unknown);
        expect(lines[0]).toBe("# verzonnen demogegevens");
    });

    it("counts as many registered patients at its members on 31 December 2022 as were asked for, in the files themselves", () => {
        const register = records(open("bureau_regio_20240630")["praktijken.csv"], ";");
        const members = new Set(
            register.filter((row) => day(row.toegetreden ?? "") <= "2022-12-31").map((row) => row.agb),
        );
        const current = new Map<string, string>();
        const seen = new Map<string, Set<string>>();
        for (const { name } of [...manifest.deliveries].sort((left, right) =>
            order(left.name).localeCompare(order(right.name)),
        )) {
            if (!name.startsWith("his-")) continue;
            for (const row of patients(name)) {
                if (!members.has(row.agb)) continue;
                if (current.get(row.agb) !== name) seen.set(row.agb, new Set());
                current.set(row.agb, name);
                expect(row.from).toMatch(/^\d{4}-\d{2}-\d{2}$/);
                const registered =
                    row.kind === "v" && row.from <= "2022-12-31" && (row.until === "" || row.until > "2022-12-31");
                const possible = row.id.length >= 8 && row.born > 1_900 && (row.until === "" || row.until >= row.from);
                if (registered && possible) seen.get(row.agb)?.add(row.id);
            }
        }
        expect([...seen.values()].reduce((sum, people) => sum + people.size, 0)).toBe(2_700);
    });

    it("holds nothing that looks like a person: no e-mail address, telephone number, postcode with letters or BSN column", () => {
        for (const { name } of manifest.deliveries) {
            for (const [file, bytes] of Object.entries(open(name))) {
                if (file === "levering.json") continue;
                const text = bytes.toString("latin1");
                expect(text, `${name} ${file}`).not.toMatch(
                    /@|\b[1-9]\d{3} ?[A-Z]{2}\b|(?<![\dA-Z])(\+31|0031|0[1-9]\d{8})(?!\d)|(?<![\dA-Z])\d{9}(?![\dA-Z])/,
                );
            }
        }
    });

    it("makes the smallest region it allows, and refuses smaller ones and impossible months in a sentence", async () => {
        const made = await writeDemo({ out: join(root, "klein"), practices: 3, patients: 600 });
        expect(made.deliveries.length).toBeGreaterThan(5);
        await expect(writeDemo({ out: join(root, "geen"), practices: 2 })).rejects.toThrow(
            /--practices moet een geheel getal van 3/,
        );
        await expect(writeDemo({ out: join(root, "geen"), practices: 9, patients: 700 })).rejects.toThrow(
            /te weinig voor 9 praktijken/,
        );
        await expect(writeDemo({ out: join(root, "geen"), from: "2024-13" })).rejects.toThrow(/--from moet een maand/);
        await expect(writeDemo({ out: join(root, "geen"), from: "2023-05", to: "2023-04" })).rejects.toThrow(
            /ligt na --to/,
        );
    });
});

/** Newest peildatum and highest number last. */
function order(name: string): string {
    const [, , peildatum = "", number = "1"] = name.replace(/\.\w+$/, "").split("_");
    return `${peildatum}${number}`;
}

interface Row {
    agb: string;
    id: string;
    born: number;
    from: string;
    until: string;
    kind: string;
}

function patients(name: string): Row[] {
    const files = open(name);
    const sender = name.split("_")[1] ?? "";
    if (name.startsWith("his-lang")) {
        return records(files["patienten.csv"], ";").map((row) => ({
            agb: sender,
            id: row.patientnr ?? "",
            born: Number(row.geboortejaar),
            from: day(row.inschrijfdatum ?? ""),
            until: day(row.uitschrijfdatum ?? ""),
            kind: row.categorie === "VAST" ? "v" : "p",
        }));
    }
    if (name.startsWith("his-breed")) {
        return records(files["patient.csv"], ",").map((row) => ({
            agb: (row.agb ?? "").padStart(8, "0"),
            id: row.patient_id ?? "",
            born: Number(row.geboortejaar),
            from: row.ingeschreven_vanaf ?? "",
            until: row.ingeschreven_tot ?? "",
            kind: row.type === "vast" ? "v" : "p",
        }));
    }
    const dashed = (text = ""): string => text.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
    const lines = files["journaal.txt"]?.toString("utf8").split("\n") ?? [];
    return lines
        .filter((line) => line.startsWith("P|"))
        .map((line) => line.split("|"))
        .map(([, id = "", born, , , from, until, kind = ""]) => ({
            agb: sender,
            id,
            born: Number(born),
            from: dashed(from),
            until: dashed(until),
            kind: kind.toLowerCase(),
        }));
}
