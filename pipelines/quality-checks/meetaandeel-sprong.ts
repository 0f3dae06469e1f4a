import { cannotTell, defineCheck, NO_EARLIER, unlessFound } from "../quality/quality-check.ts";

/** So many standard errors between two shares are no chance, also when many concepts are looked at. */
const STANDARD_ERRORS = 5;
/** And the number of patients measured must differ by this part of what was expected. */
const RELATIVE = 0.3;
const FEWEST_EXPECTED = 20;

export default defineCheck({
    title: "Het deel van de patiënten met een uitslag in de laatste 12 maanden verspringt per bepaling niet",
    why: "een sprong in het meten is vaker een verandering in de export of de codering dan in de zorg",
    remedy: "controleer of de export alle NHG-nummers van de bepaling bevat en of de praktijk een ander nummer is gaan gebruiken",
    sources: ["HIS"],
    judge({ profile }, before) {
        if (before === null) return cannotTell(NO_EARLIER);
        const [now, then] = [profile.registered ?? 0, before.profile.registered ?? 0];
        if (now === 0 || then === 0) return cannotTell("zonder ingeschreven patiënten is er geen aandeel");
        const findings: string[] = [];
        for (const concept of Object.keys({ ...before.profile.measured, ...profile.measured }).sort()) {
            const [measured = 0, earlier = 0] = [profile.measured[concept], before.profile.measured[concept]];
            const expected = (earlier / then) * now;
            // what vanished altogether is the business of bepaling-verdwenen
            if (measured === 0 || Math.max(measured, expected) < FEWEST_EXPECTED) continue;
            const pooled = (measured + earlier) / (now + then);
            const error = Math.sqrt(pooled * (1 - pooled) * (1 / now + 1 / then));
            const apart = Math.abs(measured / now - earlier / then) > STANDARD_ERRORS * error;
            if (apart && Math.abs(measured - expected) > RELATIVE * expected)
                findings.push(`${concept}: ${measured} van ${now} patiënten gemeten, eerder ${earlier} van ${then}`);
        }
        return unlessFound(findings);
    },
});
