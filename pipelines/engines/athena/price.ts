// What a query costs, by the list price of Athena in Frankfurt and Ireland (2025): by what it scans, and never for less than
// 10 MB. Definitions of tables cost nothing.

const DOLLARS_PER_TERABYTE = 5;
const SMALLEST_BILLED = 10 * 1024 ** 2;
const TERABYTE = 1024 ** 4;

/** Dollars for one query that scanned so many bytes. */
export function dollarsFor(scannedBytes: number, isDefinition: boolean): number {
    if (isDefinition) return 0;
    return (Math.max(scannedBytes, SMALLEST_BILLED) / TERABYTE) * DOLLARS_PER_TERABYTE;
}
