import type { Form } from "../disclosure/forms.ts";
import type { Audience, AudienceKind } from "../publish/audience.ts";
import type { PublishableFigures } from "../publish/audience-view.ts";
import type { Earlier } from "../publish/earlier-publications.ts";
import type { Solver } from "../worlds/solver.ts";

/** What the intruder is given: the files, and what they are held against. */
export interface AttackJob {
    /** Folder of the publication, as it is served. */
    folder: string;
    /** The true figures: only to know which counts are protected, and that what is read is not wrong. */
    figures: PublishableFigures;
    kinds: readonly AudienceKind[];
    /** What was published before. */
    earlier: Earlier;
    /**
     * What this publication says it shows, by group of readers and key: nothing more may stand in the files, a dot carries no
     * name of its own, and all of it counts as read.
     */
    shown: ReadonlyMap<string, ReadonlyMap<string, Form>>;
    /** The practice behind each label. */
    labels: ReadonlyMap<string, string>;
    solver: Solver;
    /** Which audiences to attack; all of them without. */
    attacks?: (audience: Audience, kind: AudienceKind) => boolean;
    progress?: (share: number, what: string) => void;
}
