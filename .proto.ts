import { openLake } from "./pipelines/lake.ts";
import { currentMarts, readMarts } from "./pipelines/publish/read-marts.ts";
import { publishableFigures, newestPeriods } from "./pipelines/publish/audience-view.ts";
import { audienceKinds } from "./pipelines/publish/audience.ts";
import { periodKind } from "./pipelines/publish/publication-period.ts";
import { practicesWithPage } from "./pipelines/publish/catalogue.ts";
import { countSystem } from "./pipelines/worlds/system.ts";
import { loadSolver } from "./pipelines/worlds/solver.ts";
import { DEFAULT_THRESHOLDS, primaryReason } from "./pipelines/publish/primary-suppression.ts";
import { protect } from "./pipelines/disclosure.ts";
import { mayBePeer } from "./pipelines/publish/peers.ts";
import { hasFigure } from "./pipelines/publish/cell.ts";
const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1e6; };
let t = cpu(); const lap = (w: string) => { const n = cpu(); console.log(w, (n - t).toFixed(2) + " s cpu"); t = n; };
const lake = openLake("/tmp/wt-disclosure-demo/meer");
const { catalogue, cells } = await readMarts(lake, await currentMarts(lake)); lap("marts " + cells.length);
const figures = publishableFigures(catalogue, cells); lap("figures");
const re = new RegExp(process.argv[3] ?? ".");
const all = [...figures.groupCells, ...[...figures.practiceCells.values()].flat()].filter((c) => re.test(c.indicator));
const places = catalogue.practices.map((p) => ({ id: p.id, hagro: p.hagro ?? null, organisation: p.organisation ?? null }));
const system = countSystem([{ cells: all, places }], figures.indicators); lap(`system counts ${system.values.length} sums ${system.sums.length}`);
const solver = await loadSolver(); lap("solver");
const lv = { out: { region: ["month", "quarter", "year"], area: ["quarter", "year"], organisation: ["quarter", "year"] }, pr: { region: ["month", "quarter", "year"], area: ["quarter", "year"], hagro: ["quarter", "year"] } } as Record<string, Record<string, string[]>>;
for (const g of (process.argv[2] ?? "out,pr").split(",")) {
  const indicators = figures.indicators;
  const knowing = g === "pr" ? practicesWithPage(catalogue).map((p) => new Set([p.id])) : [];
  const r = protect({ indicators, groups: figures.groups, places, thresholds: DEFAULT_THRESHOLDS, knowing, mustStayHidden: new Set(),
    sees: (c) => lv[g]![c.level]?.includes(periodKind(c.period) ?? "") === true,
    seesPeer: (c) => g === "pr" && mayBePeer(c, indicators.get(c.indicator)) }, system, all, solver);
  lap("protect " + g); console.log("given", r.given, "simple", r.simple);
  const tab: Record<string, number[]> = {};
  for (const c of r.cells) { if (!hasFigure({ state: c.state === "suppressed" ? "value" : c.state })) continue; const k = `${c.level} ${indicators.get(c.indicator)!.klasse}`; const x = (tab[k] ??= [0, 0, 0]); x[0]++; if (c.state !== "suppressed") x[1]++; if (c.shown === "percent") x[2]++; const y = (tab[c.level] ??= [0, 0, 0]); y[0]++; if (c.state !== "suppressed") y[1]++; if (c.shown === "percent") y[2]++; }
  if (g === "pr") for (const c of all) { if (!mayBePeer(c, indicators.get(c.indicator))) continue; const k = `practice ${indicators.get(c.indicator)!.klasse}`; const x = (tab[k] ??= [0, 0, 0, 0]); x[0]++; if (!primaryReason(c, indicators.get(c.indicator)!, 10)) x[3]!++; if (r.peers.has([c.indicator, "", c.level, c.id, c.period].join("\t"))) x[1]++; }
  for (const k of Object.keys(tab).sort()) console.log(k.padEnd(24), tab[k]!.join(" "), (100 * tab[k]![1] / tab[k]![0]).toFixed(1) + "%");
  const why: Record<string, number> = {}; for (const s of r.suppressed) { const k = `${s.level} ${s.reason}`; why[k] = (why[k] ?? 0) + 1; } console.log(why);
}
