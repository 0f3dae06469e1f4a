import type { Level } from "../publish/cell.ts";
import { type Claim, type Printed, type Subject, subjectKey } from "./claim.ts";

const HEADING =
    "indicator;niveau;id;periode_eerder;periode_nu;teller_eerder;noemer_eerder;teller_nu;noemer_nu;oorzaak;teller_oorzaak;noemer_oorzaak";

/**
 * Reads the list of changes back: what it says of this publication, and of the one before. Parts by cause count no cell of
 * ours; publishing holds them to the thresholds on their own. Throws one sentence when the heading is another one.
 */
export function readChanges(file: string, text: string): { claims: Claim[]; earlier: Claim[] } {
    const [heading, ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    if (heading !== HEADING)
        throw new Error(
            `${file}: de aanvaller verwacht de kop '${HEADING}', en wat niet gelezen kan worden is niet veilig.`,
        );
    const claims = new Map<string, Claim>();
    const earlier = new Map<string, Claim>();
    for (const line of lines) {
        if (line === "") continue;
        const [indicator = "", level = "", id = "", from = "", to = "", ...counts] = line.split(";");
        const about: Omit<Subject, "period"> = { indicator, stratum: null, level: level as Level, id };
        const add = (list: Map<string, Claim>, period: string, numerator = "", denominator = "") => {
            const printed: Printed[] = [{ kind: "numerator", value: Number(numerator), step: 1 }];
            if (denominator !== "") printed.push({ kind: "denominator", value: Number(denominator), step: 1 });
            const subject = { ...about, period };
            list.set(`${indicator} ${level} ${id} ${period} ${numerator} ${denominator}`, {
                subject,
                key: subjectKey(subject),
                printed,
                state: "value",
            });
        };
        add(earlier, from, counts[0], counts[1]);
        add(claims, to, counts[2], counts[3]);
    }
    return { claims: [...claims.values()], earlier: [...earlier.values()] };
}
