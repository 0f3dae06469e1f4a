import { publishableFigures } from "./pipelines/publish/audience-view.ts";
import { randomPublications } from "./tests/support/random-publications.ts";
const [seed, turn, ind, per] = process.argv.slice(2);
const p = randomPublications(Number(seed))[Number(turn)]!;
for (const c of p.cells) if (c.indicator === ind && c.period === per) console.log(c.stratum, c.level, c.id, c.numerator, c.denominator, c.state, c.delivered, c.members);
console.log(p.catalogue.practices.map((x) => [x.id, x.hagro, x.area, x.organisation, x.joined, x.left].join(" ")).join("\n"));
void publishableFigures;
