import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Dates, sorting and numbers must not depend on the machine that runs the tests.
process.env.TZ = "UTC";
process.env.LC_ALL = "C.UTF-8";

const proving = process.env.PROVE === "1";

/** Whole journeys take longest: begun last, they would leave a core idle at the end. */
const first = /year-2022|crash\.test|acceptance/;

class LongestFirst extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
        const sorted = await super.sort(files);
        const isLong = (file: TestSpecification): number =>
            file.moduleId.includes("year-2022") ? 2 : first.test(file.moduleId) ? 1 : 0;
        return [...sorted].sort((a, b) => isLong(b) - isLong(a));
    }
}

export default defineConfig({
    test: {
        include: ["tests/**/*.test.ts"],
        testTimeout: proving ? 3_600_000 : 60_000,
        hookTimeout: proving ? 3_600_000 : 120_000,
        sequence: { sequencer: LongestFirst },
        globalSetup: "tests/support/workplace.ts",
        setupFiles: ["tests/support/after-each-file.ts", "tests/support/pinned-chance.ts"],
        pool: "forks",
        maxWorkers: 2,
        // In the sample files share two processes, which saves loading the product ninety times over.
        isolate: proving,
        // Node refuses the imports of folders in it; made one file once, and kept in node_modules.
        deps: { optimizer: { ssr: { enabled: true, include: ["dt-sql-parser/dist/parser/trino/index.js"] } } },
    },
});
