import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attack } from "./pipelines/intruder.ts";
import { findingSentence } from "./pipelines/intruder/finding.ts";
import { openLake } from "./pipelines/lake.ts";
import { publishableFigures } from "./pipelines/publish/audience-view.ts";
import { audienceKinds } from "./pipelines/publish/audience.ts";
import { audienceBundles } from "./pipelines/publish/audience-bundles.ts";
import { earlierPublications, keepPublication } from "./pipelines/publish/earlier-publications.ts";
import { protectReaders } from "./pipelines/publish/reader-groups.ts";
import { loadSolver } from "./pipelines/worlds/solver.ts";
import { randomPublications } from "./tests/support/random-publications.ts";
import { mkdir, writeFile } from "node:fs/promises";
const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1e6; };
const kinds = await audienceKinds(); const solver = await loadSolver();
const [a, b] = (process.argv[2] ?? "1-10").split("-").map(Number);
for (let seed = a!; seed <= (b ?? a)!; seed++) {
  const root = await mkdtemp(join(tmpdir(), "wt-disclosure-"));
  const lake = openLake(join(root, "meer"));
  let turn = 0;
  for (const { catalogue, cells } of randomPublications(seed)) {
    if (process.env.ONE && turn > 0) break;
    const t0 = cpu();
    const figures = publishableFigures(catalogue, cells);
    const inputs = `i${turn}`;
    const earlier = await earlierPublications(lake, inputs);
    const { groups, shown } = protectReaders(figures, kinds, earlier, solver);
    const t1 = cpu();
    const folder = join(root, `p${turn}`);
    const stamp = { id: `p${turn}`, release: "", peildatum: "", from: "", to: "", demo: true, made: null };
    for (const bundle of audienceBundles({ figures, groups, stamp, key: Buffer.from("k"), operator: {} })) {
      await mkdir(join(folder, bundle.audience.path), { recursive: true });
      for (const [name, body] of bundle.files) if (name !== "bundle.json") await writeFile(join(folder, bundle.audience.path, name), body);
    }
    const t2 = cpu();
    const r = await attack({ folder, figures, kinds, earlier, solver });
    const t3 = cpu();
    const all = groups.flatMap((g) => g.protected.cells); 
    console.log(seed, turn, "cells", cells.length, "shown", all.filter((c) => c.state !== "suppressed").length, all.length, "simple", groups.map((g) => g.protected.simple).join(), "given", groups.map((g) => g.protected.given).join(), r.given, "targets", r.targets, "protect", (t1 - t0).toFixed(2), "attack", (t3 - t2).toFixed(2), "findings", r.findings.length);
    for (const f of r.findings.slice(0, 8)) console.log("   ", findingSentence(f), f.kind === "herleidbaar" ? f.subject : "");
    await keepPublication(lake, earlier, { id: `p${turn}`, inputs, readers: groups.map((g) => g.readers), places: [...figures.places] }, shown, figures.indicators);
    turn++;
  }
  await rm(root, { recursive: true });
}
