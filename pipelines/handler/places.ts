/** Where deliveries arrive, and where letters about them are put, in the bucket of what comes in. */
export const ARRIVALS = "aankomst/";
export const LETTERS = "brieven/";
