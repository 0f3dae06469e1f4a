// Where and how queries run, from the environment: what the deployment of the cloud names.
import type { Lake } from "../../lake.ts";
import { UsageError } from "../../usage-error.ts";
import { RUN_SETTINGS, type RunSettings } from "./run.ts";

export interface AthenaSettings extends RunSettings {
    workgroup: string;
    /** Glue database with the lake's tables. */
    database: string;
    /** Glue database for the tables of a run, which the engine makes and drops. */
    workDatabase: string;
    /** `s3://bucket/prefix` for what a run writes; cleared after it. */
    work: string;
    /** Queries under way at the same time; the account's limit is the other bound. */
    atOnce: number;
    /** Appends that go into one query. */
    appendsPerQuery: number;
}

/** Names that the deployment may set, with what they are without it. */
const DEFAULTS = {
    REGIOSPIEGEL_WERKGROEP: "regiospiegel",
    REGIOSPIEGEL_DATABASE: "regiospiegel",
    REGIOSPIEGEL_WERKDATABASE: "regiospiegel_werk",
} as const;

/** Settings for a lake in S3; Athena reads no other. */
export function athenaSettings(lake: Lake, environment: NodeJS.ProcessEnv = process.env): AthenaSettings {
    if (!lake.location.startsWith("s3://"))
        throw new UsageError(
            `Athena leest alleen een meer in S3, en ${lake.location} is een map; gebruik --lake s3://bucket/voorvoegsel of --engine duckdb.`,
        );
    const named = (name: keyof typeof DEFAULTS): string => environment[name] || DEFAULTS[name];
    const hasPrefix = lake.location.split("/").length > 3;
    return {
        ...RUN_SETTINGS,
        workgroup: named("REGIOSPIEGEL_WERKGROEP"),
        database: identifier(named("REGIOSPIEGEL_DATABASE")),
        workDatabase: identifier(named("REGIOSPIEGEL_WERKDATABASE")),
        work: environment.REGIOSPIEGEL_WERKPLEK || `${lake.location}${hasPrefix ? ".werk" : "/werk"}`,
        atOnce: 8,
        appendsPerQuery: 8,
    };
}

function identifier(name: string): string {
    if (/^[a-z][a-z0-9_]{0,127}$/.test(name)) return name;
    throw new UsageError(
        `De naam ${JSON.stringify(name)} is geen naam van een Glue-database; gebruik kleine letters, cijfers en _.`,
    );
}
