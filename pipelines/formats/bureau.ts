import { defineFormat, to } from "../format.ts";

const agb = to("practice_id", { reading: "agb" });

/** The register kept by the regional organisation. */
export default defineFormat({
    source: "bureau",
    sender: "region",
    dialect: { encoding: "utf-8", delimiter: ";", quoted: true, dates: "dd-mm-jjjj" },
    files: {
        "praktijken.csv": {
            table: "practices",
            columns: {
                agb,
                naam: to("name"),
                organisatie: to("organisation", { optional: true }),
                hagro: to("hagro"),
                gebied: to("area_id"),
                his: to("his"),
                toegetreden: to("joined_on"),
                vertrokken: to("left_on"),
            },
        },
        "gebieden.csv": {
            table: "areas",
            columns: {
                gebied: to("area_id"),
                naam: to("name"),
                cbs_code: to("cbs_code"),
                postcodes: to("postcodes"),
                van: to("valid_from"),
                tot: to("valid_until"),
            },
        },
        "praktijkfeiten.csv": {
            table: "practice_facts",
            columns: {
                agb,
                feit: to("fact", { reading: "lower" }),
                datum: to("fact_date"),
                waarde: to("value", { reading: "fact_value" }),
            },
        },
        "regiofeiten.csv": {
            table: "region_facts",
            columns: {
                gebied: to("area_id"),
                feit: to("fact", { reading: "lower" }),
                datum: to("fact_date"),
                aantal: to("quantity"),
                code: to("code"),
            },
        },
        "personeel.csv": {
            table: "staff",
            columns: {
                agb: to("practice_id", { reading: "agb_or_bureau" }),
                datum: to("counted_on"),
                functie: to("function"),
                aantal: to("quantity"),
                fte: to("fte"),
            },
        },
    },
});
