import { describe, expect, test } from "vitest";
import { CONTRACT } from "../pipelines/contract.ts";
import { dictionary, formatPackage, lakePackage } from "../pipelines/datapackage.ts";
import { readFormats } from "../pipelines/format.ts";
import { columnsOf } from "../pipelines/table.ts";

describe("the data dictionary", () => {
    test("has one line per column, each with a meaning and an example", () => {
        const rows = dictionary();
        expect(rows).toHaveLength([...CONTRACT.values()].reduce((count, table) => count + columnsOf(table).length, 0));
        expect(rows.filter(({ meaning, example }) => meaning === "" || example === "")).toEqual([]);
        expect(rows.find(({ table, column }) => table === "programmes" && column === "programme")).toMatchObject({
            type: "VARCHAR",
            mayBeEmpty: false,
            allowed: "DM2, HVZ, VRM, ASTMA, COPD, OUDEREN",
            privacy: "zorggegeven",
        });
    });
});

describe("datapackage.json", () => {
    test("of the lake lists every table with Frictionless types", () => {
        const { resources } = lakePackage();
        expect(resources.map(({ name }) => name)).toEqual([...CONTRACT.keys()]);
        const types = new Set(resources.flatMap(({ schema }) => schema.fields.map(({ type }) => type)));
        expect([...types].sort()).toEqual(["boolean", "date", "integer", "number", "string"]);
    });

    test("of a layout says how its files are written and what a column may hold", async () => {
        const format = (await readFormats()).get("his-lang") ?? expect.fail();
        const patients = formatPackage(format).resources.find(({ path }) => path === "patienten.csv");
        expect(patients?.dialect).toMatchObject({ delimiter: ";" });
        expect(patients?.schema.fields.find(({ name }) => name === "inschrijfdatum")).toMatchObject({
            type: "date",
            format: "%d-%m-%Y",
            constraints: { required: true },
        });
        expect(patients?.schema.fields.find(({ name }) => name === "geslacht")?.constraints).toEqual({
            required: false,
            pattern: "(?i)(M|V|O)",
        });
    });
});
