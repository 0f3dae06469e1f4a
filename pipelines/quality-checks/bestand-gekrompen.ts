import { cannotTell, defineCheck, NO_EARLIER, unlessFound } from "../quality/quality-check.ts";

/** A table that had this many rows and now has none. */
const FEWEST_BEFORE_EMPTY = 5;
/** A table that had this many and now has less than this part of what its span of history makes one expect. */
const FEWEST_BEFORE_SMALL = 50;
const SMALL = 0.6;

export default defineCheck({
    title: "Geen bestand is leeg of veel kleiner dan in de vorige levering",
    why: "rijen die ontbreken tellen als zorg die niet is gegeven",
    remedy: "maak de export opnieuw, met dezelfde periode en selectie als de vorige keer",
    sources: ["HIS", "VIPLive", "bureau"],
    judge(now, before) {
        if (before === null) return cannotTell(NO_EARLIER);
        // A source that tells of fewer months than before may hold fewer events.
        const span = Math.min(1, days(now.historyFrom, now.peildatum) / days(before.historyFrom, before.peildatum));
        const findings: string[] = [];
        for (const [table, earlier] of Object.entries(before.profile.rows).sort()) {
            const rows = now.profile.rows[table] ?? 0;
            const expected = table in before.profile.lastDay ? earlier * span : earlier;
            if (rows === 0 && earlier >= FEWEST_BEFORE_EMPTY) findings.push(`${table}: geen rijen, eerder ${earlier}`);
            else if (earlier >= FEWEST_BEFORE_SMALL && rows < expected * SMALL)
                findings.push(`${table}: ${rows} rijen, eerder ${earlier}`);
        }
        return unlessFound(findings);
    },
});

const days = (from: string, until: string): number => Math.max(1, (Date.parse(until) - Date.parse(from)) / 86_400_000);
