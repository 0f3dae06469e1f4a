import type { AttackJob } from "./intruder/attack-job.ts";
import { figureKinds } from "./intruder/figure-kind.ts";
import type { Finding } from "./intruder/finding.ts";
import { ReadersKnowledge } from "./intruder/readers-knowledge.ts";
import { filesByAudience } from "./intruder/written-files.ts";
import { allCells } from "./publish/audience-view.ts";
import { countSystem } from "./worlds/system.ts";

export interface AttackReport {
    findings: Finding[];
    audiences: number;
    files: number;
    /** Figures read back. */
    claims: number;
    /** Protected counts that were tried, times the readers that tried them. */
    targets: number;
    /** Protected counts that earlier publications gave away already; nothing can be done about those. */
    given: number;
    seconds: number;
}

/**
 * The intruder (disclosure.md rules 5, 6 and 9): reads a publication back as it was written, turns every printed figure
 * into the counts that fit, adds what readers know of their own practices, of the annual report and of earlier
 * publications, and bounds every protected count over whole numbers. It does not ask the code that hides what it hid.
 */
export async function attack(job: AttackJob): Promise<AttackReport> {
    const started = performance.now();
    const kinds = await figureKinds();
    const { figures, earlier } = job;
    const system = countSystem(
        [...earlier.parts, { cells: allCells(figures), places: figures.places }],
        figures.indicators,
    );
    const attacked = job.kinds.flatMap((kind) =>
        kind
            .audiences(figures.catalogue)
            .filter((audience) => !kind.operator && job.attacks?.(audience, kind) !== false)
            .map((audience) => ({ kind, audience })),
    );
    const files = await filesByAudience(job.folder, job.kinds, figures.catalogue);
    const report: AttackReport = { findings: [], audiences: 0, files: 0, claims: 0, targets: 0, given: 0, seconds: 0 };
    for (const readers of new Set(attacked.map(({ kind }) => kind.readers))) {
        const alike = attacked.filter(({ kind }) => kind.readers === readers);
        const knowledge = new ReadersKnowledge(job, system, kinds, readers);
        for (const { kind, audience } of alike) {
            await knowledge.read(kind, audience, files.get(audience.id) ?? []);
            report.audiences += 1;
            job.progress?.((0.6 * report.audiences) / attacked.length, `gelezen ${audience.id}`);
        }
        knowledge.judge((share) => job.progress?.(0.6 + 0.4 * share, `aangevallen ${readers}`));
        report.findings.push(...knowledge.findings);
        for (const count of ["files", "claims", "targets", "given"] as const) report[count] += knowledge.counts[count];
    }
    report.seconds = (performance.now() - started) / 1_000;
    return report;
}
