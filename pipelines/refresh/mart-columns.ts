// The columns of the marts, and of the catalogue of indicators that their queries read.
import type { Columns } from "../engine.ts";

export const catalogueColumns: Columns = {
    indicator_id: "VARCHAR",
    measure: "VARCHAR",
    scale: "DOUBLE",
    geography: "VARCHAR",
    has_denominator: "BOOLEAN",
    sums_months: "BOOLEAN",
    requirement: "VARCHAR",
    needs_his: "BOOLEAN",
    needs_viplive: "BOOLEAN",
    needs_bureau: "BOOLEAN",
    needs_row: "BOOLEAN",
    window_months: "INTEGER",
    grace_days: "INTEGER",
};

export const valueColumns: Columns = {
    indicator: "VARCHAR",
    stratum: "VARCHAR",
    level: "VARCHAR",
    id: "VARCHAR",
    period: "VARCHAR",
    numerator: "BIGINT",
    denominator: "BIGINT",
    value: "DOUBLE",
    low: "DOUBLE",
    high: "DOUBLE",
    state: "VARCHAR",
    delivered: "INTEGER",
    members: "INTEGER",
};

/** What a level would count with the region's share in each age group of each sex; the crude share times factor is standardised. */
export const standardisationColumns: Columns = {
    indicator: "VARCHAR",
    level: "VARCHAR",
    id: "VARCHAR",
    period: "VARCHAR",
    expected: "DOUBLE",
    factor: "DOUBLE",
};

/** The region by age group and sex; `largest`: what one practice has at most, for what is left of a group without its own reader. */
export const ageSexColumns: Columns = {
    indicator: "VARCHAR",
    age_band: "INTEGER",
    sex: "VARCHAR",
    period: "VARCHAR",
    numerator: "BIGINT",
    denominator: "BIGINT",
    largest_numerator: "BIGINT",
    largest_rest: "BIGINT",
};
