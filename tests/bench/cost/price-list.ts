// List prices of AWS in Frankfurt (eu-central-1) in dollars, without VAT and without free tiers unless one is named. Noted
// in 2025 from the price pages; two of them (Lambda on arm64, Athena) were found again elsewhere in November 2026.

export const PRICES = {
    asOf: "2025",
    /** A second of Lambda with one GB, on arm64. */
    lambdaGigabyteSecond: 0.000_013_333_4,
    lambdaCall: 0.000_000_2,
    /** A GB kept for a month in S3 Standard. */
    storedGigabyte: 0.0245,
    /** PUT, COPY, POST and LIST. */
    s3Put: 0.0054 / 1_000,
    s3Get: 0.000_43 / 1_000,
    stateTransition: 0.025 / 1_000,
    /** 1.024 GB read by Athena; a query is never billed for less than 10 MB. */
    athenaTerabyte: 5,
    /** CloudFront: the first TB and the first 10 million requests of a month are free. */
    deliveredGigabyte: 0.085,
    freeDeliveredGigabytes: 1_024,
    deliveredRequest: 0.000_001_2,
    freeDeliveredRequests: 10_000_000,
    loggedGigabyte: 0.63,
    key: 1,
    secret: 0.4,
    alarm: 0.1,
    /** A web firewall with two rules. */
    firewall: 7,
} as const;

export type Prices = typeof PRICES;
