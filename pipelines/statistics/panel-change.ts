// Change in the practices that were there both times. Practices are the clusters: patients of one practice move together,
// so practices carry the noise. Few practices make their spread itself uncertain, hence Student's t with one less.
import { type Estimate, type Share, sumOver } from "./interval.ts";
import { student95 } from "./student.ts";

/**
 * Ratio of sums over practices, sum(after) / sum(before), with the linearised (Taylor) variance of a ratio estimator with
 * practices as clusters: n/(n-1) x sum((after - ratio x before)^2) / sum(before)^2 (Cochran, Sampling Techniques, ch. 6).
 * Null with fewer than two practices or nothing before.
 */
export function ratioOverPractices(panel: readonly { before: number; after: number }[]): Estimate | null {
    const before = sumOver(panel, (practice) => practice.before);
    if (panel.length < 2 || before === 0) return null;
    const value = sumOver(panel, (practice) => practice.after) / before;
    const residuals = panel.map((practice) => (practice.after - value * practice.before) / before);
    return withClusters(value, residuals);
}

/**
 * Year-on-year change of a share over the constant panel, as a difference of fractions: the share of all its patients now
 * less that of all its patients then, with practices as clusters. Null with fewer than two practices or no patients.
 */
export function shareChange(panel: readonly { before: Share; after: Share }[]): Estimate | null {
    const then = totalOf(panel.map(({ before }) => before));
    const now = totalOf(panel.map(({ after }) => after));
    if (panel.length < 2 || then.denominator === 0 || now.denominator === 0) return null;
    const residuals = panel.map(
        ({ before, after }) =>
            (after.numerator - now.share * after.denominator) / now.denominator -
            (before.numerator - then.share * before.denominator) / then.denominator,
    );
    return withClusters(now.share - then.share, residuals);
}

function totalOf(shares: readonly Share[]): { denominator: number; share: number } {
    const denominator = sumOver(shares, (share) => share.denominator);
    return { denominator, share: sumOver(shares, (share) => share.numerator) / denominator };
}

/** An estimate whose error is the sum of one residual per practice (these add up to 0). */
function withClusters(value: number, residuals: readonly number[]): Estimate {
    const count = residuals.length;
    const error = Math.sqrt((count / (count - 1)) * sumOver(residuals, (residual) => residual * residual));
    const reach = student95(count - 1) * error;
    return { value, low: value - reach, high: value + reach };
}
