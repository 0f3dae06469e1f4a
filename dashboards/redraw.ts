// Draws pages of bundles in a process of its own, so that a preview always runs the sources as they are now.
import { renderSite } from "./site.ts";

const [bundles, out] = process.argv.slice(2);
if (!bundles || !out) throw new Error("redraw.ts: verwacht de map met bundels en de map voor de pagina's.");
await renderSite({ bundles, out });
