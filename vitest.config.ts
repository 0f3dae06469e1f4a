import { defineConfig } from "vitest/config";

// Dates, sorting and numbers must not depend on the machine that runs the tests.
process.env.TZ = "UTC";
process.env.LC_ALL = "C.UTF-8";

const proving = process.env.PROVE === "1";

export default defineConfig({
    test: {
        include: ["tests/**/*.test.ts"],
        testTimeout: proving ? 3_600_000 : 60_000,
        hookTimeout: proving ? 3_600_000 : 120_000,
        pool: "forks",
        maxWorkers: 2,
        server: { deps: { inline: ["dt-sql-parser", "antlr4ng", "antlr4-c3"] } },
    },
});
