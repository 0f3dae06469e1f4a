import { lastDay, type Month } from "./calendar.ts";
import { type Cell, type Level, measured, VALUELESS } from "./cells.ts";
import { type CurrentDeliveries, currentAreas } from "./current-deliveries.ts";
import { REGION_DEFINITIONS, type RegionDefinition } from "./definitions.ts";
import { latestStaff } from "./practice-definitions.ts";
import { isMember } from "./practice-month.ts";

type Fact = CurrentDeliveries["register"]["rows"]["regionFacts"][number];

function amountOf(facts: readonly Fact[], counts: RegionDefinition["counts"], month: Month): number {
    const newest = facts
        .map((row) => row.datum)
        .sort()
        .at(-1);
    const counted: readonly Fact[] = {
        "the month": facts.filter((row) => row.datum.startsWith(month)),
        "the latest": facts.filter((row) => row.datum === newest),
        "all so far": facts,
    }[counts];
    return counted.reduce((sum, row) => sum + row.aantal, 0);
}

/** Who has this functie in the practices that are members at the end of the month, by the latest row of each. */
function staffOfMembers(current: CurrentDeliveries, functie: string, month: Month): number {
    const end = lastDay(month);
    const { practices, staff } = current.register.rows;
    return practices
        .filter((practice) => isMember(practice, end))
        .flatMap(({ agb }) => latestStaff(staff, agb, end))
        .filter((row) => row.functie === functie)
        .reduce((sum, row) => sum + row.aantal, 0);
}

/** What the bureau counts of the region as a whole and of its areas; of no practice. */
export function regionCells(current: CurrentDeliveries, month: Month): Cell[] {
    const cells: Cell[] = [];
    const end = lastDay(month);
    const { rows, peildatum } = current.register;
    const areas = currentAreas(current);
    for (const [indicator, { feit, counts, byCode, ofStaff }] of Object.entries(REGION_DEFINITIONS)) {
        const facts = rows.regionFacts.filter((row) => row.feit === feit && row.datum <= end);
        const amount = (gebied: string, stratum: string | null): number =>
            amountOf(
                facts.filter((row) => row.gebied === gebied && (stratum === null || row.code === stratum)),
                counts,
                month,
            );
        for (const stratum of [null, ...(byCode ? [...new Set(facts.map((row) => row.code))] : [])]) {
            const push = (level: Level, id: string, of: () => ReturnType<typeof measured>): void => {
                const result = peildatum < end ? { ...VALUELESS, state: "not_delivered" as const } : of();
                cells.push({ indicator, stratum, level, id, period: month, ...result, delivered: null, members: null });
            };
            for (const area of areas) {
                push("area", area, () =>
                    ofStaff === undefined
                        ? measured("los aantal", amount(area, stratum), 0)
                        : { ...VALUELESS, state: "not_applicable" },
                );
            }
            push("region", "regio", () => {
                const whole = [...areas, "regio"].reduce((sum, gebied) => sum + amount(gebied, stratum), 0);
                if (ofStaff === undefined) {
                    return measured("los aantal", whole, 0);
                }
                // A numerator is part of its denominator: one who was trained and left is no part of who works here.
                const staff = staffOfMembers(current, ofStaff, month);
                return measured("aandeel", Math.min(whole, staff), staff);
            });
        }
    }
    return cells;
}
