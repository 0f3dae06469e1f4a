import { z } from "zod";

/**
 * The part of a bundle that stands beside the newest figures of an indicator: groups by age and sex, practices by record
 * system, and what is known of the deliveries. Publish decided what may be shown; percents are whole.
 */

const of = { indicator: z.string(), period: z.string() };

const ageSex = z.object({
    ...of,
    /** Null: suppressed. A group without a sex is all together. */
    groups: z.array(z.object({ ageBand: z.number(), sex: z.string().nullable(), percent: z.number().nullable() })),
});

const recordSystems = z.object({
    ...of,
    beyondChance: z.boolean(),
    systems: z.array(z.object({ his: z.string(), percent: z.number(), practices: z.number() })),
});

const deliveryNote = z.object({
    ...of,
    missing: z.array(z.object({ source: z.string(), practices: z.number(), held: z.number() })),
    relaid: z.number(),
    warned: z.number(),
    /** Most percentage points that set-aside rows can move the figure. */
    aside: z.number().nullable(),
});

const nothing = { ageSex: [], recordSystems: [], deliveries: [] };

export const detailsSchema = z
    .object({ ageSex: z.array(ageSex), recordSystems: z.array(recordSystems), deliveries: z.array(deliveryNote) })
    .nullish()
    .transform((value) => value ?? nothing);

export type Details = z.output<typeof detailsSchema>;
export type AgeSex = z.infer<typeof ageSex>;
export type RecordSystems = z.infer<typeof recordSystems>;
export type DeliveryNote = z.infer<typeof deliveryNote>;

/** What is said of one indicator; null where nothing is. */
export const ageSexOf = (details: Details, indicator: string): AgeSex | null =>
    details.ageSex.find((one) => one.indicator === indicator) ?? null;
export const recordSystemsOf = (details: Details, indicator: string): RecordSystems | null =>
    details.recordSystems.find((one) => one.indicator === indicator) ?? null;
export const deliveryNoteOf = (details: Details, indicator: string): DeliveryNote | null =>
    details.deliveries.find((one) => one.indicator === indicator) ?? null;

/** With fewer of the practices than this, a new layout or a jump does not move the region beyond chance. */
const TELLING = 0.1;

/** Whether so many of the practices that delivered changed layout, or jumped, that a movement may be registration. */
export function mayBeRegistration(note: DeliveryNote | null, delivered: number | null): boolean {
    return note !== null && delivered !== null && Math.max(note.relaid, note.warned) > TELLING * delivered;
}

/** Record systems where practices of one differ from those of another more than chance: then it may be registration. */
export function systemEffect(details: Details, indicator: string): RecordSystems | null {
    const found = recordSystemsOf(details, indicator);
    return found?.beyondChance ? found : null;
}
