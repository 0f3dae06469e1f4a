import { cannotTell, defineCheck, unlessFound } from "../quality/quality-check.ts";

/** Holidays make a short silence ordinary. */
const ORDINARY_DAYS = 21;
/** So many rows expected and none seen: by chance alone less than once in ten thousand times (e^-9). */
const EXPECTED_ROWS = 9;
const FEWEST_ROWS = 12;

export default defineCheck({
    title: "De gegevens lopen door tot de peildatum",
    why: "wat na de laatste datum gebeurde ontbreekt, en telt dan als niet gedaan",
    remedy: "maak de export opnieuw tot en met de peildatum, of geef de levering de peildatum tot waar zij loopt",
    sources: ["HIS", "VIPLive"],
    judge({ profile, peildatum }) {
        const findings: string[] = [];
        let judged = 0;
        for (const [table, last] of Object.entries(profile.lastDay).sort()) {
            const rows = profile.lastYearRows[table] ?? 0;
            if (rows < FEWEST_ROWS) continue;
            judged += 1;
            const silent = (Date.parse(peildatum) - Date.parse(last)) / 86_400_000;
            if (silent > ORDINARY_DAYS && (rows / 365) * silent > EXPECTED_ROWS)
                findings.push(
                    `${table}: de laatste rij is van ${last}, ${silent} dagen voor de peildatum; het jaar daarvoor waren er ${rows}`,
                );
        }
        if (judged === 0) return cannotTell("er zijn te weinig gebeurtenissen om te zien of zij vroeg ophouden");
        return unlessFound(findings);
    },
});
