import type { OpenedDuckDB } from "../duckdb.ts";
import type { Lake } from "../lake.ts";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "./archive.ts";

/** Settings with the defaults of exports.md. */
export const INGEST_SETTINGS = {
    limits: ARCHIVE_LIMITS as ArchiveLimits,
    /** A file may lose this share of its rows, or this many rows, before the delivery is refused. */
    asideShare: 0.05,
    asideRows: 10,
    /** Without gegevens_vanaf a source is taken to hold this many months of history. */
    historyMonths: 60,
    /** With this a file of 2 GB stays under 1 GB resident; more makes the demo region no faster. */
    memory: "550MB",
    /** Deliveries in flight at once: reading some while DuckDB works on others; three keep two cores busy. */
    atOnce: 3,
};

/** What ingest needs from the world. */
export interface IngestEffects {
    progress?: (share: number, what: string) => void;
    /** ISO day; a peildatum after it is refused. */
    today: () => string;
    /** ISO instant, noted beside the delivery and used for nothing. */
    now: () => string;
    /** Ids of quality checks that hold a delivery when they do not hold; the others only warn. */
    hold?: readonly string[];
}

/** What one call of ingest shares between its deliveries. */
export interface Run {
    lake: Lake;
    effects: IngestEffects;
    opened: OpenedDuckDB;
    temp: string;
    secret: Uint8Array;
}
