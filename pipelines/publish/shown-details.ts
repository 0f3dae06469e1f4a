// What an audience sees beside the figures of an indicator, of the newest quarter: percents are whole, patients are not counted.

/** A group of patients: whole percents without counts. Null: suppressed. `sex` null: all together. */
export interface ShownGroup {
    ageBand: number;
    sex: string | null;
    percent: number | null;
}

export interface ShownAgeSex {
    indicator: string;
    period: string;
    groups: ShownGroup[];
}

/** The record systems that enough practices share, in whole percents of their patients together, without counts of patients. */
export interface ShownRecordSystems {
    indicator: string;
    period: string;
    /** More than chance, with practices as units. */
    beyondChance: boolean;
    systems: { his: string; percent: number; practices: number }[];
}

/** Counts of practices, which are no patients (disclosure.md rule 1), and a bound in steps. */
export interface DeliveryNote {
    indicator: string;
    period: string;
    /**
     * Members of which a kind of source that the indicator needs does not reach the end of the period; of `held` of them a
     * delivery that does came in, and a check holds it.
     */
    missing: { source: string; practices: number; held: number }[];
    /** Practices that deliver in another layout than the time before. */
    relaid: number;
    /** Practices of which something that this indicator counts jumps against the delivery before. */
    warned: number;
    /** The rows that were set aside can move the figure at most so many percentage points; null: none were, or it cannot be said. */
    aside: number | null;
}

/** Of the newest quarter. */
export interface IndicatorDetails {
    ageSex: ShownAgeSex[];
    recordSystems: ShownRecordSystems[];
    deliveries: DeliveryNote[];
}
