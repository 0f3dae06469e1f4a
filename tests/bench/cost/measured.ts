// What the cost of a month is computed from: the figures of one run of `npm run bench`, and the sizes of what that run made.

export interface Measured {
    /** The day, and on what. */
    on: string;
    /** Practices of the demo region, and how many times larger the large region was. */
    practices: number;
    largerTimes: number;
    /** One delivery of everybody, as sent. */
    deliveredBytes: number;
    /** The rows of those deliveries in the lake. */
    lakeBytes: number;
    lakeFiles: number;
    /** Results, values and marts of the large region. */
    outcomeBytesOfLarge: number;
    outcomeFilesOfLarge: number;
    /** One publication. */
    siteBytes: number;
    siteFiles: number;
    /** Seconds on two cores, start of the process included: all deliveries, all results and marts, those after one practice delivered, all pages. */
    ingestSeconds: number;
    refreshSeconds: number;
    refreshPracticeSeconds: number;
    publishSeconds: number;
    /** From the start of a process until it begins its work. */
    startSeconds: number;
}

export const MEASURED: Measured = {
    on: "29 november 2026, 2 kernen, 30 maanden, 130.782 patiënten in 45 praktijken",
    practices: 45,
    largerTimes: 10,
    deliveredBytes: 136_502_983,
    lakeBytes: 60_586_630,
    lakeFiles: 931,
    outcomeBytesOfLarge: 57_289_092,
    outcomeFilesOfLarge: 908,
    siteBytes: 168_884_999,
    siteFiles: 558,
    ingestSeconds: 52.69,
    refreshSeconds: 19.91,
    refreshPracticeSeconds: 4.642,
    publishSeconds: 22.89,
    startSeconds: 1.25,
};
