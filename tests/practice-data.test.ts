import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderSite } from "../dashboards/site.ts";
import type { Catalogue } from "../pipelines/publish/catalogue.ts";
import type { MartCell } from "../pipelines/publish/cell.ts";
import { publish } from "../pipelines/publish.ts";
import { wilson } from "../pipelines/statistics.ts";
import { agbOf, catalogueOf, valuesOf, writeMarts } from "./support/marts.ts";

/**
 * Whose data lie where, looked for by content: every practice gets counts that nobody else has, and every file of the written
 * tree is searched for them, whatever it is called.
 */

const SHAPE = { practices: 4, hagros: 1, months: { from: "2022-01", to: "2022-03" }, seed: 11 };
const catalogue = catalogueOf(SHAPE);
const planted = new Map<string, Set<string>>();
const files = new Map<string, string>();
let root = "";

/** Practice n has n million patients more than anybody could have, in every figure about a share of them. */
function withTraces(cells: MartCell[]): MartCell[] {
    const extra = new Map(
        catalogue.practices.map(({ id }, index) => [id, (index + 1) * 10_000_000 + 1_237 * (index + 1) ** 2]),
    );
    const members = ({ level, id }: MartCell): Catalogue["practices"] =>
        catalogue.practices.filter((one) =>
            level === "practice"
                ? one.id === id
                : level === "hagro"
                  ? one.hagro === id
                  : level === "area"
                    ? one.area === id
                    : true,
        );
    return cells.map((cell) => {
        if (
            !cell.indicator.startsWith("dm_") ||
            cell.numerator === null ||
            cell.denominator === null ||
            cell.id === "elders"
        )
            return cell;
        const more = members(cell).reduce((sum, { id }) => sum + (extra.get(id) ?? 0), 0);
        const numerator = cell.numerator + Math.round(more * 0.6);
        const denominator = cell.denominator + more;
        return {
            ...cell,
            state: "value",
            numerator,
            denominator,
            value: numerator / denominator,
            ...wilson(numerator, denominator),
        };
    });
}

async function read(folder: string): Promise<void> {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = await readFile(file);
        const rows = entry.name.endsWith(".arrow")
            ? JSON.stringify(tableFromIPC(bytes).toArray(), (_key, value) =>
                  typeof value === "bigint" ? String(value) : value,
              )
            : "";
        files.set(`/${relative(folder, file)}`, `${bytes.toString("utf8")}\n${rows}`);
    }
}

beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "practice-data-"));
    const cells = withTraces(valuesOf(SHAPE));
    for (const cell of cells) {
        if (
            cell.level !== "practice" ||
            !cell.indicator.startsWith("dm_") ||
            (cell.period.length === 7 && !cell.period.includes("Q"))
        )
            continue;
        const traces = planted.get(cell.id) ?? new Set<string>();
        const counts = [cell.numerator ?? 0, cell.denominator ?? 0, (cell.denominator ?? 0) - (cell.numerator ?? 0)];
        for (const count of counts) traces.add(String(count)).add(count.toLocaleString("nl-NL"));
        traces.add(String(cell.value).slice(0, 10)).add(String(cell.value).slice(0, 10).replace(".", ","));
        planted.set(cell.id, traces);
    }
    await writeMarts(join(root, "lake"), catalogue, cells);
    const report = await publish({
        lake: join(root, "lake"),
        site: join(root, "site"),
        key: Buffer.from("proefsleutel"),
        render: renderSite,
    });
    await read(report.path);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Files that hold any of these texts. */
const holding = (texts: Iterable<string>): string[] =>
    [...files]
        .filter(([, text]) => [...texts].some((one) => text.includes(one)))
        .map(([name]) => name)
        .sort();

describe("a practice's data exist under its own path only", () => {
    it("whatever the file: its counts and exact shares stand in its own page and downloads, and in no other file", () => {
        for (const { id } of catalogue.practices) {
            const found = holding(planted.get(id) ?? []);
            expect(found, id).toEqual([`/p/${id}/index.html`, `/p/${id}/values.arrow`, `/p/${id}/values.csv`]);
        }
    });

    it("its name and AGB code stand elsewhere only where the operator reads, and in the list of a demo's start page", () => {
        for (const [index, { id, name }] of catalogue.practices.entries()) {
            expect(id).toBe(agbOf(index));
            const elsewhere = holding([id, String(name)]).filter(
                (file) => !file.startsWith(`/p/${id}/`) && !file.startsWith("/beheer/"),
            );
            expect(elsewhere.sort()).toEqual(["/doelgroepen.json", "/index.html"]);
        }
    });

    it("and the search itself finds what is there: the region's counts stand in the pages of several audiences", () => {
        expect(files.size).toBeGreaterThan(30);
        const region = valuesOf(SHAPE).find(
            ({ level, indicator, period }) =>
                level === "region" && indicator === "pop_ingeschreven" && period === "2022-Q1",
        );
        const found = holding([String(region?.denominator)]);
        expect(found).toEqual(
            expect.arrayContaining([
                "/coalitie/values.csv",
                "/vakgroep/diabetes-cvrm/values.csv",
                "/coalitie/values.arrow",
            ]),
        );
    });
});
