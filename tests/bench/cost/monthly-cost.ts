// What a month costs in the cloud: measured bytes and seconds, times the price list. Seconds and bytes of a larger region are
// those of the demo region times its practices; that is what is extrapolated.
import type { Measured } from "./measured.ts";
import type { Prices } from "./price-list.ts";

/** How a region is run; the same for every size. */
export const MONTH = {
    /** Results, marts and pages follow every night what came in; everybody delivers once. */
    nights: 30,
    /** GB of a function that takes in, computes, draws: about two cores, as the seconds were measured on. */
    ingestGigabytes: 3.072,
    refreshGigabytes: 3.072,
    publishGigabytes: 4.096,
    /** Copies at any moment: a delivery is sealed for a month, rows and outcomes stay with the month before, publications as releases. */
    sealedCopies: 1,
    lakeCopies: 2,
    outcomeCopies: 2,
    publications: 50,
    /** Pages opened per practice, and what one asks for. */
    pageViews: 400,
    requestsPerView: 4,
    /** Whatever the size: a key, a secret, alarms and lines of log per practice. */
    keys: 1,
    secrets: 1,
    alarms: 5,
    loggedGigabytesPerPractice: 0.002,
} as const;

export interface CostLine {
    what: string;
    dollars: number;
    /** What was multiplied. */
    amount: string;
}

const GIGABYTE = 1e9;

/** A month of so many practices, line by line, in dollars. */
export function monthlyCost(practices: number, measured: Measured, prices: Prices): CostLine[] {
    const times = practices / measured.practices;
    const { nights } = MONTH;
    const compute = (what: string, seconds: number, gigabytes: number, calls: number): CostLine => ({
        what,
        dollars: seconds * gigabytes * prices.lambdaGigabyteSecond + calls * prices.lambdaCall,
        amount: `${whole(seconds * gigabytes)} GB-s`,
    });
    const outcomeBytes = measured.outcomeBytesOfLarge / measured.largerTimes;
    const outcomeFiles = measured.outcomeFilesOfLarge / measured.largerTimes;
    const stored =
        times *
        (measured.deliveredBytes * MONTH.sealedCopies +
            measured.lakeBytes * MONTH.lakeCopies +
            outcomeBytes * MONTH.outcomeCopies +
            measured.siteBytes * MONTH.publications);
    const puts = times * (measured.lakeFiles + outcomeFiles + nights * measured.siteFiles);
    // a night reads all outcomes twice, to add up and to draw; what is new also its rows
    const gets = times * (measured.lakeFiles + 2 * nights * outcomeFiles);
    const views = practices * MONTH.pageViews;
    const requests = views * MONTH.requestsPerView;
    const delivered = (views * measured.siteBytes) / measured.siteFiles / GIGABYTE;
    return [
        compute(
            "innemen",
            times * measured.ingestSeconds + practices * measured.startSeconds,
            MONTH.ingestGigabytes,
            practices,
        ),
        compute(
            "rekenen",
            times * (measured.refreshSeconds + nights * measured.refreshPracticeSeconds),
            MONTH.refreshGigabytes,
            practices * nights,
        ),
        compute("pagina's maken", times * nights * measured.publishSeconds, MONTH.publishGigabytes, practices * nights),
        {
            what: "opslag",
            dollars: (stored / GIGABYTE) * prices.storedGigabyte,
            amount: `${whole(stored / GIGABYTE)} GB`,
        },
        {
            what: "lezen en schrijven in S3",
            dollars: puts * prices.s3Put + (gets + requests) * prices.s3Get,
            amount: `${whole(puts)} keer schrijven`,
        },
        {
            what: "pagina's tonen",
            dollars:
                Math.max(0, delivered - prices.freeDeliveredGigabytes) * prices.deliveredGigabyte +
                Math.max(0, requests - prices.freeDeliveredRequests) * prices.deliveredRequest,
            amount: `${whole(delivered)} GB`,
        },
        {
            what: "sleutel, geheim, alarmen, logboek",
            dollars:
                MONTH.keys * prices.key +
                MONTH.secrets * prices.secret +
                MONTH.alarms * prices.alarm +
                practices * MONTH.loggedGigabytesPerPractice * prices.loggedGigabyte,
            amount: `${MONTH.keys + MONTH.secrets + MONTH.alarms} stuks`,
        },
    ];
}

/** All lines together. */
export const total = (lines: readonly CostLine[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0);

/** The table of `pipelines/engines/README.md`: each line with what both regions need of it and what that costs. */
export function costTable(region: readonly CostLine[], country: readonly CostLine[]): string[] {
    const money = (dollars: number): string => dollars.toFixed(2).replace(".", ",");
    const rows = region.map(({ what, dollars, amount }, at) => {
        const large = country[at];
        return `| ${what} | ${amount} | ${money(dollars)} | ${large?.amount ?? ""} | ${money(large?.dollars ?? 0)} |`;
    });
    return [...rows, `| **samen** | | **${money(total(region))}** | | **${money(total(country))}** |`];
}

function whole(value: number): string {
    const digits = value < 10 ? value.toFixed(1).replace(".", ",") : String(Math.round(value));
    return digits.replace(/\B(?=(\d{3})+$)/g, ".");
}
