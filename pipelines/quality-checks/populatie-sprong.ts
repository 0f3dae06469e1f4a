import { cannotTell, defineCheck, NO_EARLIER, unlessFound } from "../quality/quality-check.ts";

/** A year of moving, birth and death changes a list by a few per cent; the small numbers get room for chance. */
const REGISTERED = { share: 0.1, patients: 50 };
const POPULATION = { share: 0.3, patients: 20 };

/** Share and number must both be passed: a tenth of a small group is chance, fifty of a large one is ordinary. */
const jumps = (now: number, before: number, limit: { share: number; patients: number }): boolean =>
    Math.abs(now - before) >= limit.patients && Math.abs(now - before) > before * limit.share;

export default defineCheck({
    title: "Het aantal ingeschreven patiënten en het aantal per aandoening of programma verspringt niet",
    why: "een noemer die verspringt verandert elk cijfer dat erop rust, zonder dat de zorg veranderde",
    remedy: "controleer of de export alle patiënten en episodes bevat, en of niet twee praktijken in één export zitten",
    sources: ["HIS", "VIPLive"],
    judge({ profile }, before) {
        if (before === null) return cannotTell(NO_EARLIER);
        const findings: string[] = [];
        const earlier = before.profile;
        if (profile.registered !== null && earlier.registered !== null) {
            if (jumps(profile.registered, earlier.registered, REGISTERED))
                findings.push(`ingeschreven: ${profile.registered} patiënten, eerder ${earlier.registered}`);
        }
        for (const name of Object.keys({ ...earlier.populations, ...profile.populations }).sort()) {
            const [now = 0, then = 0] = [profile.populations[name], earlier.populations[name]];
            if (jumps(now, then, POPULATION)) findings.push(`${name}: ${now} patiënten, eerder ${then}`);
        }
        return unlessFound(findings);
    },
});
