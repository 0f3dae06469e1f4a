import fc from "fast-check";
import { expect, test } from "vitest";
import { atMost } from "../pipelines/at-most.ts";

test("never more pieces of work at once than asked, every one done, also when some fail", async () => {
    await fc.assert(
        fc.asyncProperty(
            fc.integer({ min: 1, max: 5 }),
            fc.array(fc.boolean(), { maxLength: 30 }),
            async (count, fails) => {
                const turn = atMost(count);
                let running = 0;
                let most = 0;
                const outcomes = await Promise.allSettled(
                    fails.map((fail, index) =>
                        turn(async () => {
                            running += 1;
                            most = Math.max(most, running);
                            await Promise.resolve();
                            running -= 1;
                            if (fail) throw new Error("mislukt");
                            return index;
                        }),
                    ),
                );
                expect(outcomes.map(({ status }) => status === "rejected")).toEqual(fails);
                expect(most).toBe(Math.min(count, fails.length));
            },
        ),
        { numRuns: 50, seed: 1 },
    );
});
