import type { Run } from "../ingest/ingest-settings.ts";
import type { Receipt } from "../ingest/receipt.ts";
import { ISSUES } from "../issues.ts";
import type { DeliveryRecord } from "../lake.ts";
import { type AsideGroup, keepFacts, letterFacts } from "./letter.ts";
import { keepFirstLetter } from "./letter-issue.ts";
import type { DeliveryProfile } from "./quality.ts";
import { type CheckResult, isHolding } from "./quality-check.ts";
import { compareWithHistory, keepProfile } from "./quality-history.ts";

/** What can be said of a delivery alone, while other deliveries wait for their turn. */
export interface Quality {
    profile: DeliveryProfile;
    aside: AsideGroup[];
    asideOf: Record<string, AsideGroup[]>;
}

export interface Judged {
    checks: CheckResult[];
    /** The receipt of a delivery that is held: nothing of it enters a release. */
    held: Receipt | null;
}

/**
 * Judges a delivery when it is its turn and keeps what the letter says. The profile of a held delivery is not kept, so
 * that nothing is compared with it; its letter is, so that the practice can be told.
 */
export async function judgeQuality(quality: Quality, record: DeliveryRecord, { lake, effects }: Run): Promise<Judged> {
    const compared = await compareWithHistory(quality.profile, lake, effects.hold ?? []);
    const { checks } = compared;
    const holding = checks.filter(isHolding);
    if (holding.length === 0) await keepProfile(lake, quality.profile);
    const facts = letterFacts(record, quality.profile, quality, compared, holding.length === 0 ? "accepted" : "held");
    await keepFacts(lake, facts);
    await keepFirstLetter(lake, facts);
    return { checks, held: holding.length === 0 ? null : heldReceipt(record.receipt, checks, holding) };
}

const FINDINGS_NAMED = 3;

function heldReceipt(receipt: Receipt, checks: CheckResult[], holding: CheckResult[]): Receipt {
    const findings = holding.flatMap(({ findings }) => findings.filter(({ verdict }) => verdict === "does_not_hold"));
    const named = findings.slice(0, FINDINGS_NAMED).map(({ practice, sentence }) => `${practice}: ${sentence}`);
    const rest = findings.length > FINDINGS_NAMED ? ` en nog ${findings.length - FINDINGS_NAMED}` : "";
    const ids = holding.map(({ check }) => check).join(", ");
    return {
        ...receipt,
        accepted: false,
        held: true,
        code: "aangehouden",
        message: `Levering ${receipt.delivery} is aangehouden, er is niets veranderd: ${ids} gaat niet op (${named.join("; ")}${rest}); ${ISSUES.aangehouden.remedy}.`,
        checks,
    };
}
