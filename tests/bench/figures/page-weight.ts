// What a page weighs as it is sent: gzip as the edge does it. The explorer is counted apart, with its script.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { renderSite } from "../../../dashboards/site.ts";
import type { Bench } from "../bench.ts";
import { demoBundles } from "../demo-bundles.ts";

const bench: Bench = {
    figures: ["page_gzip_kb", "page_with_style_gzip_kb", "explorer_gzip_kb"],
    async run(place) {
        const site = join(place.scratch, "paginas");
        await renderSite({ bundles: await demoBundles(place), out: site });
        const weighed: { path: string; kilobytes: number }[] = [];
        for (const file of await readdir(site, { recursive: true })) {
            if (!/\.(?:html|css|js)$/.test(file)) continue;
            weighed.push({ path: file, kilobytes: gzipSync(await readFile(join(site, file))).length / 1000 });
        }
        const heaviest = (is: RegExp): { path: string; kilobytes: number } =>
            weighed.filter(({ path }) => is.test(path)).sort((left, right) => right.kilobytes - left.kilobytes)[0] ?? {
                path: "geen",
                kilobytes: Number.NaN,
            };
        const page = heaviest(/^(?!.*verkennen\/).*\.html$/);
        const around = heaviest(/stijl\..*\.css$/).kilobytes + heaviest(/extra\..*\.js$/).kilobytes;
        const explorer = heaviest(/verkennen\/index\.html$/).kilobytes + heaviest(/verkenner\..*\.js$/).kilobytes;
        return [
            { name: "page_gzip_kb", value: page.kilobytes, unit: `kB (${page.path})` },
            { name: "page_with_style_gzip_kb", value: page.kilobytes + around, unit: "kB" },
            { name: "explorer_gzip_kb", value: explorer + around, unit: "kB, zonder de cijfers zelf" },
        ];
    },
};
export default bench;
