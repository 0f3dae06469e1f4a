import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CONTRACT } from "../pipelines/contract.ts";
import { readFormats } from "../pipelines/format.ts";
import { columnsOf } from "../pipelines/table.ts";
import { FIXTURES, lakeWithRegister, rowsOf, sample, take } from "./support/delivery-files.ts";

const EXPECTED = join(FIXTURES, "..", "lake-rows.json");

describe("every export layout turns its sample into lake rows", () => {
    test("the five samples together give exactly the rows that were written down", async () => {
        const { lake, root } = await lakeWithRegister();
        const samples = (await readdir(FIXTURES)).filter((name) => !name.startsWith("bureau"));
        const receipts = await take(lake, ...(await Promise.all(samples.map((name) => sample(root, name)))));
        expect(receipts.filter(({ accepted }) => !accepted)).toEqual([]);
        const found: Record<string, unknown[][]> = {};
        for (const [name, table] of CONTRACT) {
            const columns = columnsOf(table).map((column) => column.name);
            const shown = columns.filter((column) => column !== "patient_id");
            const rows = await rowsOf(lake, name, shown.join(", "));
            found[name] = rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
        }
        expect(found).toEqual(JSON.parse(await readFile(EXPECTED, "utf8")));
        const ignored = receipts.flatMap((receipt) => receipt.ignoredColumns);
        expect(ignored.sort()).toEqual(["bepalingen.csv: herkomst", "meetwaarden.csv: XXXXAB"]);
    });

    test("every layout has a sample", async () => {
        const samples = await readdir(FIXTURES);
        for (const name of (await readFormats()).keys()) {
            expect(samples.filter((sampled) => sampled.startsWith(`${name}_`))).toHaveLength(1);
        }
    });

    test("a patient has one key in every table, layout and source kind", async () => {
        const { lake, root } = await lakeWithRegister();
        await take(
            lake,
            await sample(root, "his-lang_01900001_20240630"),
            await sample(root, "viplive_regio_20240630"),
        );
        const inHis = await rowsOf(lake, "patients", "patient_id::VARCHAR, birth_year");
        const patient = inHis.find(([, year]) => year === 1957)?.[0];
        const inProgramme = await rowsOf(lake, "programmes", "patient_id::VARCHAR, programme");
        expect(inProgramme.find(([, programme]) => programme === "DM2")?.[0]).toBe(patient);
    });
});

describe("a layout fills only what the contract knows", () => {
    test("every field goes to a column of its table, and every required column is filled", async () => {
        for (const format of (await readFormats()).values()) {
            const layouts = [
                ...Object.values(format.files ?? {}).map((file) => ({
                    table: file.table,
                    fields: Object.values(file.columns),
                    wide: file.wide,
                })),
                ...Object.values(format.records ?? {}).map((record) => ({
                    table: record.table,
                    fields: [...record.fields],
                    wide: false,
                })),
            ];
            for (const { table, fields, wide } of layouts) {
                const columns = columnsOf(CONTRACT.get(table) ?? expect.fail(`tabel ${table}`));
                const names = new Set(columns.map(({ name }) => name));
                const targets = fields.filter(({ reading }) => reading !== "unit").map((field) => field.to);
                expect(targets.filter((target) => !names.has(target))).toEqual([]);
                const required = columns.filter(({ nullable, name }) => !nullable && name !== "practice_id");
                const missing = required.filter(({ name }) => !targets.includes(name)).map(({ name }) => name);
                expect(missing).toEqual(wide ? ["nhg_number"] : []);
            }
        }
    });
});
