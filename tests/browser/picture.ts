import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromiumBinary from "@sparticuz/chromium";
import type { Page } from "playwright-core";

/**
 * Small pictures of pages that somebody looked at, to see that a page still looks like that. Letters come from the font inside
 * the package of Chromium, so that a picture does not depend on the machine.
 */

const FOLDER = join(import.meta.dirname, "pictures");
const RENEW = process.env.RENEW === "1";

/** What is kept of a page: its top, so many times as high as wide, at so many pixels; compared by so many columns of squares. */
const KEPT = {
    1440: { width: 360, high: 1.4, columns: 48 },
    390: { width: 180, high: 5, columns: 24 },
} as const;
/** Levels of 255 that a square may differ, and the part of the squares that may differ more. */
const TOLERANCE = { levels: 10, squares: 0.01 };

let font: Promise<string> | undefined;

/** The font as a stylesheet; the page must allow data from itself. */
async function fontStyle(): Promise<string> {
    await chromiumBinary.executablePath();
    const folder = join(tmpdir(), "fonts");
    const files = await readdir(folder, { recursive: true });
    const faces = await Promise.all(
        [
            ["Regular", 400],
            ["Bold", 700],
        ].map(async ([name, weight]) => {
            const file = files.find((one) => one.endsWith(`OpenSans-${name}.ttf`)) ?? "";
            const data = (await readFile(join(folder, file))).toString("base64");
            return `@font-face{font-family:Proef;font-weight:${weight};src:url(data:font/ttf;base64,${data})}`;
        }),
    );
    return `${faces.join("")}:root{--sans:Proef!important;--mono:Proef!important}`;
}

export type Width = keyof typeof KEPT;

/**
 * Null when the page looks as it did at this width; else a sentence with what to do. With RENEW=1 the picture is kept as the
 * new one. The page must have been opened without its own policy, and is left at this width.
 */
export async function looksDifferent(page: Page, kind: string, width: Width): Promise<string | null> {
    font ??= fontStyle();
    await page.setViewportSize({ width, height: 900 });
    await page.addStyleTag({ content: await font });
    await page.evaluate(() => document.fonts.ready);
    const { high, width: kept, columns } = KEPT[width];
    const all = await page.evaluate(() => document.documentElement.scrollHeight);
    const height = Math.min(all, Math.round(high * width));
    const shot = await page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width, height } });
    const { picture } = await small(page, `data:image/png;base64,${shot.toString("base64")}`, { kept, columns });
    const name = `${kind.replaceAll(" ", "-")}-${width}`;
    const file = join(FOLDER, `${name}.jpg`);
    const changed = join(FOLDER, `${name}-changed.jpg`);
    await rm(changed, { force: true });
    if (RENEW) {
        await mkdir(FOLDER, { recursive: true });
        await writeFile(file, Buffer.from(picture, "base64"));
        return null;
    }
    if (!existsSync(file))
        return `Van ${name} is er nog geen plaatje; bekijk de pagina en maak het met npm run pictures.`;
    const kept64 = (await readFile(file)).toString("base64");
    const [now, before] = await Promise.all(
        [picture, kept64].map((data) => small(page, `data:image/jpeg;base64,${data}`, { kept, columns })),
    );
    if (!now || !before) return null;
    const parts = Math.max(now.squares.length, before.squares.length);
    const other = Array.from({ length: parts }, (_unused, at) =>
        Math.abs((now.squares[at] ?? 0) - (before.squares[at] ?? 0)),
    ).filter((levels) => levels > TOLERANCE.levels).length;
    if (other <= TOLERANCE.squares * parts) return null;
    await writeFile(changed, Buffer.from(picture, "base64"));
    return `${name} ziet er anders uit (${other} van ${parts} vlakjes); leg ${name}-changed.jpg ernaast en vernieuw, als het goed is, met npm run pictures.`;
}

/** A picture in grey at its kept size, and the brightness of its squares; the browser does the work. */
function small(
    page: Page,
    source: string,
    sizes: { kept: number; columns: number },
): Promise<{ picture: string; squares: number[] }> {
    return page.evaluate(
        async ({ source, kept, columns }) => {
            const image = new Image();
            image.src = source;
            await image.decode();
            const drawn = (width: number) => {
                const canvas = document.createElement("canvas");
                canvas.width = width;
                canvas.height = Math.round((image.height * width) / image.width);
                const context = canvas.getContext("2d");
                if (!context) throw new Error("geen tekenvlak");
                context.imageSmoothingQuality = "high";
                context.filter = "grayscale(1)";
                context.drawImage(image, 0, 0, canvas.width, canvas.height);
                return { canvas, context };
            };
            const { canvas } = drawn(kept);
            const { canvas: coarse, context } = drawn(columns);
            const { data } = context.getImageData(0, 0, coarse.width, coarse.height);
            return {
                picture: canvas.toDataURL("image/jpeg", 0.5).split(",")[1] ?? "",
                squares: Array.from({ length: data.length / 4 }, (_unused, at) => data[at * 4] ?? 0),
            };
        },
        { source, ...sizes },
    );
}
