import { describe, expect, it } from "vitest";
import { inOrder, inputsOf, parseQuery, queryHash, readQueries } from "../pipelines/query.ts";
import { readIndicator } from "../pipelines/refresh/indicator.ts";

const text = `/*
titel: Een vraag
waarom: Omdat het
    over twee regels gaat.
*/
with

final as (
    -- from commentaar
    select a
    from patients
    inner join stg_areas
        on patients.a = stg_areas.a
)

select * from final

/*
voorbeeld: een geval
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          |

verwacht
a
1
*/
`;

describe("a query file", () => {
    const query = parseQuery(text, "proef", "indicators");

    it("is header, query and examples", () => {
        expect(query.header).toEqual({ titel: "Een vraag", waarom: "Omdat het over twee regels gaat." });
        expect(query.body.startsWith("with")).toBe(true);
        expect(query.body.endsWith("select * from final")).toBe(true);
        expect(query.examples).toEqual([
            {
                title: "een geval",
                from: "2022-11",
                to: "2022-12",
                tables: [{ name: "patients", columns: ["patient_id", "birth_year"], rows: [["1", null]] }],
                expect: { name: "verwacht", columns: ["a"], rows: [["1"]] },
            },
        ]);
    });

    it("reads what stands after from and join, comments and own names left out", () => {
        expect(query.reads).toEqual(["patients", "stg_areas"]);
    });

    it("without final as its last line is refused in a sentence that names the file", () => {
        expect(() =>
            parseQuery(text.replace("select * from final", "select a from final"), "proef", "indicators"),
        ).toThrow(/queries\/indicators\/proef\.sql/);
    });

    it("with an unknown or a missing header key is refused", async () => {
        const known = (await readQueries()).get("pop_ingeschreven");
        if (!known) throw new Error("pop_ingeschreven ontbreekt");
        expect(() => readIndicator({ ...known, header: { ...known.header, tietel: "x" } })).toThrow(/tietel/);
        const { maat: _maat, ...rest } = known.header;
        expect(() => readIndicator({ ...known, header: rest })).toThrow(/maat/);
    });
});

describe("what a query rests on", async () => {
    const queries = await readQueries();

    it("comes before it", () => {
        const order = inOrder(queries, ["dm_hba1c_gemeten"]).map((query) => query.id);
        expect(order.at(-1)).toBe("dm_hba1c_gemeten");
        expect(order.indexOf("chronic_months")).toBeGreaterThan(order.indexOf("programme_months"));
    });

    it("decides which deliveries matter to it", () => {
        expect(inputsOf(queries, "pop_ingeschreven")).toEqual(["areas", "coverage", "patients", "periods"]);
        expect(inputsOf(queries, "dm_hba1c_gemeten")).toContain("measurements");
    });

    it("is part of its hash; its header is not", () => {
        const before = queryHash(queries, "dm_hba1c_gemeten");
        const changed = new Map(queries);
        const staging = queries.get("stg_registrations");
        if (!staging) throw new Error("stg_registrations ontbreekt");
        changed.set("stg_registrations", { ...staging, header: { titel: "anders" } });
        expect(queryHash(changed, "dm_hba1c_gemeten")).toBe(before);
        changed.set("stg_registrations", { ...staging, body: `${staging.body} ` });
        expect(queryHash(changed, "dm_hba1c_gemeten")).not.toBe(before);
        expect(queryHash(changed, "prk_ict_scan")).toBe(queryHash(queries, "prk_ict_scan"));
    });
});
