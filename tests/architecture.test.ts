import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Layer, layers, readQueries } from "../pipelines/query.ts";

const root = resolve(import.meta.dirname, "..");

function filesBelow(folder: string, pattern: RegExp): string[] {
    return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .map((name) => join(folder, name))
        .filter((name) => pattern.test(name) && !name.includes("node_modules"))
        .sort();
}

const code = ["pipelines", "dashboards", "infra", "tests"].flatMap((folder) => {
    try {
        return filesBelow(folder, /\.(ts|js)$/);
    } catch {
        return [];
    }
});

/** What a module imports: files of ours as paths from the root, packages by name. */
function importsOf(file: string): string[] {
    const text = readFileSync(join(root, file), "utf8");
    const named = [...text.matchAll(/(?:from|import)\s*\(?\s*["'`]([^"'`$\n]+)["'`]/g)].map((match) => match[1] ?? "");
    return named.map((name) => (name.startsWith(".") ? relative(root, resolve(root, dirname(file), name)) : name));
}

const imports = new Map(code.map((file) => [file, importsOf(file)]));

/** Files below `from` that import something that `forbidden` recognises. */
function offenders(from: RegExp, forbidden: (imported: string) => boolean): string[] {
    return [...imports].flatMap(([file, names]) =>
        from.test(file) ? names.filter(forbidden).map((name) => `${file} -> ${name}`) : [],
    );
}

describe("imports go one way", () => {
    it("pages meet pipelines only through files", () => {
        expect(offenders(/^dashboards\//, (name) => name.startsWith("pipelines/"))).toEqual([]);
        expect(offenders(/^pipelines\/(?!commands\/|handlers\/)/, (name) => name.startsWith("dashboards/"))).toEqual(
            [],
        );
    });

    it("a lake table knows only the vocabulary of tables, an export layout only that of formats", () => {
        expect(offenders(/^pipelines\/contract\//, (name) => name !== "pipelines/table.ts")).toEqual([]);
        expect(offenders(/^pipelines\/formats\//, (name) => name !== "pipelines/format.ts")).toEqual([]);
    });

    it("a chart draws and reads no data", () => {
        expect(
            offenders(/^dashboards\/charts\//, (name) => name === "dashboards/data.ts" || name.startsWith("node:fs")),
        ).toEqual([]);
    });

    it("the cloud's libraries stay in handlers, the S3 store, the Athena engine, and what CloudFront reads", () => {
        const outside =
            /^(?!infra\/|tests\/|pipelines\/(?:handlers\/|stores\/s3\.ts|engines\/athena\.ts|access\/(?:edge-cookies|key-value-store)\.ts))/;
        expect(offenders(outside, (name) => name.startsWith("@aws-") || name.startsWith("aws-"))).toEqual([]);
    });

    it("nothing of the product imports tests, and stories do not import the command line", () => {
        expect(offenders(/^(pipelines|dashboards|infra)\//, (name) => name.startsWith("tests/"))).toEqual([]);
        expect(
            offenders(/^pipelines\/(?!commands\/|cli\.ts|regiospiegel\.js)/, (name) =>
                name.startsWith("pipelines/commands/"),
            ),
        ).toEqual([]);
    });

    it("the outsider's check imports nothing but itself and the door of the command line: no product, no other test", () => {
        const ours = /^(pipelines|dashboards|infra|queries|tests)\//;
        expect(
            offenders(/^tests\/acceptance\//, (name) => ours.test(name) && !name.startsWith("tests/acceptance/")),
        ).toEqual(["tests/acceptance/command-line.ts -> pipelines/cli.ts"]);
    });

    it("no module imports itself, directly or through others", () => {
        const done = new Set<string>();
        const circles: string[] = [];
        const visit = (file: string, path: string[]): void => {
            if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
            else if (!done.has(file)) {
                for (const name of imports.get(file) ?? []) if (imports.has(name)) visit(name, [...path, file]);
                done.add(file);
            }
        };
        for (const file of code) visit(file, []);
        expect(circles).toEqual([]);
    });
});

describe("SQL goes one way", async () => {
    const queries = await readQueries();
    // both sides of a comparison, as pipelines/changes/split.ts loads them
    const comparisonInputs = [
        ...["compared_spans", "compared_months", "compared_indicators", "relaid_practices"],
        ...["old_catalogue", "old_contributions", "old_inclusions", "old_level_members", "old_values"],
        ...["kept_contributions", "kept_inclusions", "staying_contributions", "unaged_contributions"],
        ...["new_catalogue", "new_contributions", "new_level_members", "new_values"],
    ];
    const lakeTables = readdirSync(join(root, "pipelines/contract")).map((name) => name.replace(/\.ts$/, ""));
    const allowed: Record<Layer, Layer[]> = {
        staging: ["staging"],
        populations: ["staging", "populations"],
        indicators: ["staging", "populations"],
        marts: ["staging", "marts"],
        changes: ["staging", "populations", "marts", "changes"],
    };

    for (const layer of layers) {
        it(`${layer} reads only what lies before it`, () => {
            const wrong = [...queries.values()].flatMap((query) =>
                query.layer !== layer
                    ? []
                    : query.reads
                          .filter(
                              (name) =>
                                  queries.has(name) && !allowed[layer].includes(queries.get(name)?.layer ?? layer),
                          )
                          .map((name) => `${query.id} <- ${name}`),
            );
            expect(wrong).toEqual([]);
        });
    }

    it("every name after from or join is a query, a lake table or an input of the engine", () => {
        const inputs = [
            ...["periods", "coverage", "results", "indicator_catalogue", "poisson_limits", "mart_scope"],
            ...comparisonInputs,
        ];
        const unknown = [...queries.values()].flatMap((query) =>
            query.reads
                .filter((name) => !queries.has(name) && !lakeTables.includes(name) && !inputs.includes(name))
                .map((name) => `${query.id} <- ${name}`),
        );
        expect(unknown).toEqual([]);
    });

    it("patients, episodes, measurements and programmes are read in staging only", () => {
        const careful = ["patients", "episodes", "measurements", "programmes"];
        const wrong = [...queries.values()].filter(
            (query) => query.layer !== "staging" && query.reads.some((name) => careful.includes(name)),
        );
        expect(wrong.map((query) => query.id)).toEqual([]);
    });
});

describe("one thing people add is one file in one plural folder", () => {
    const collections: Record<string, RegExp> = {
        "queries/staging": /\.sql$/,
        "queries/populations": /\.sql$/,
        "queries/indicators": /\.sql$/,
        "queries/marts": /\.sql$/,
        "queries/changes": /\.sql$/,
        "queries/goals": /^(\d{2}|m[1-9])_[a-z0-9_]+\.yaml$/,
        "pipelines/contract": /^[a-z0-9_]+\.ts$/,
        "pipelines/formats": /^[a-z0-9-]+\.ts$/,
        "pipelines/quality-checks": /^[a-z-]+\.ts$/,
        "pipelines/audiences": /^[a-z-]+\.ts$/,
        "dashboards/pages": /^[a-z-]+\.ts$/,
        "dashboards/charts": /^[a-z-]+\.ts$/,
    };

    for (const [folder, form] of Object.entries(collections)) {
        it(`${folder} holds only its plural`, () => {
            const others = readdirSync(join(root, folder)).filter((name) => name !== "README.md" && !form.test(name));
            expect(others).toEqual([]);
        });
    }

    it("an indicator is named in no list: only its own file, goals, examples and the printed report know its id", async () => {
        const ids = [...(await readQueries()).values()]
            .filter((query) => query.layer === "indicators")
            .map((query) => query.id);
        const listing = code
            .filter(
                (file) => /^(pipelines|dashboards)\//.test(file) && !/^pipelines\/(reconciliation|demo)\//.test(file),
            )
            .filter((file) => {
                const text = readFileSync(join(root, file), "utf8");
                return ids.filter((id) => new RegExp(`["'\`]${id}["'\`]`).test(text)).length > 6;
            });
        expect(listing).toEqual([]);
    });

    it("no drawer is called utils, helpers, common or manager", () => {
        expect(code.filter((file) => /(^|\/)(utils?|helpers?|common|managers?)(\/|\.)/i.test(file))).toEqual([]);
    });

    it("every folder of the product says what lives there", () => {
        const folders = [
            "pipelines",
            "pipelines/contract",
            "pipelines/formats",
            "pipelines/access",
            "pipelines/edge",
            "pipelines/handlers",
            "pipelines/demo",
            "queries",
            "dashboards",
            "dashboards/access",
            "tests",
        ];
        expect(
            folders.filter((folder) => !statSync(join(root, folder, "README.md"), { throwIfNoEntry: false })),
        ).toEqual([]);
    });
});
