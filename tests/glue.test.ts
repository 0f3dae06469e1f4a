import { describe, expect, it } from "vitest";
import { glueTables, lakeTableNames } from "../pipelines/glue.ts";

// That columns and types equal what the files hold is in athena-refresh.test.ts, where there are files.
describe("the tables of Athena", () => {
    const tables = glueTables("s3://meren/meer");

    it("are those of the contract, and the results", () => {
        expect(tables.map(({ Name }) => Name)).toEqual(lakeTableNames());
        expect(new Set(lakeTableNames()).size).toBe(lakeTableNames().length);
    });

    it("read what the manifest of a release names, and ask nothing of Glue when a delivery comes in", () => {
        for (const { Name, Parameters, PartitionKeys, StorageDescriptor } of tables) {
            expect(StorageDescriptor.InputFormat).toBe("org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat");
            expect(PartitionKeys.map(({ Name: key, Type }) => `${key} ${Type}`)).toEqual(["release string"]);
            expect(Parameters["projection.release.type"]).toBe("injected");
            expect(Parameters["storage.location.template"]).toBe(
                // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills this in
                `s3://meren/meer/manifests/${Name}/release=${"${release}"}/`,
            );
            expect(StorageDescriptor.Columns.some(({ Name: column }) => column === "release")).toBe(false);
        }
    });

    it("carry the meaning of every column of the contract, as short as Glue wants it", () => {
        const comments = tables
            .filter(({ Name }) => Name !== "results")
            .flatMap(({ Name, StorageDescriptor }) =>
                StorageDescriptor.Columns.map(({ Name: column, Comment = "" }) => ({ Name, column, Comment })),
            );
        expect(comments.filter(({ Comment }) => Comment === "" || Comment.length > 255)).toEqual([]);
    });
});
