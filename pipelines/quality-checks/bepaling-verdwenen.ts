import { cannotTell, defineCheck, NO_EARLIER, unlessFound } from "../quality/quality-check.ts";

/** Fewer patients than this can be none a year later by chance. */
const FEWEST_BEFORE = 10;

export default defineCheck({
    title: "Een bepaling die eerder werd geleverd, komt nog voor",
    why: "een bepaling die uit de export wegvalt lijkt op zorg die niet meer wordt gegeven",
    remedy: "neem het NHG-nummer weer op in de export, of laat weten door welk nummer het is vervangen",
    sources: ["HIS"],
    judge({ profile }, before) {
        if (before === null) return cannotTell(NO_EARLIER);
        const findings: string[] = [];
        const earlier = before.profile;
        const gone = Object.keys(earlier.measured).filter((concept) => !profile.measured[concept]);
        for (const concept of gone.sort()) {
            const patients = earlier.measured[concept] ?? 0;
            if (patients >= FEWEST_BEFORE)
                findings.push(`${concept}: geen uitslag in de laatste 12 maanden, eerder bij ${patients} patiënten`);
        }
        for (const [number, patients] of Object.entries(earlier.measuredNumbers).sort(byNumber)) {
            if (patients < FEWEST_BEFORE || profile.measuredNumbers[number]) continue;
            findings.push(
                `NHG-nummer ${number}: geen uitslag in de laatste 12 maanden, eerder bij ${patients} patiënten`,
            );
        }
        return unlessFound(findings);
    },
});

const byNumber = ([a]: [string, number], [b]: [string, number]): number => Number(a) - Number(b);
