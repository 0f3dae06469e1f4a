// Writes the letters of receipts as files, so that they can be sent: whole deliveries, each practice's part, and refusals.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Receipt } from "../ingest/receipt.ts";
import type { Lake } from "../lake.ts";
import { issueLetter, issuePracticeLetter } from "./letter-issue.ts";
import { letterHtml, letterText } from "./letter-rendering.ts";
import { refusalLetter } from "./refusal-letter.ts";

/** Writes `<delivery>[_<agb>].html` and `.txt` into a folder for every receipt; returns the file names, sorted. */
export async function writeLetters(receipts: readonly Receipt[], lake: Lake, folder: string): Promise<string[]> {
    await mkdir(folder, { recursive: true });
    const written: string[] = [];
    const write = async (name: string, html: string, text: string): Promise<void> => {
        for (const [form, content] of Object.entries({ html, txt: text })) {
            await writeFile(join(folder, `${name}.${form}`), content);
            written.push(`${name}.${form}`);
        }
    };
    for (const receipt of receipts) {
        const name = fileNameOf(receipt.delivery);
        if (!receipt.accepted && !receipt.held) {
            const letter = refusalLetter(receipt);
            await write(name, letterHtml(letter), letterText(letter));
            continue;
        }
        const { facts, html, text } = await issueLetter(lake, receipt.delivery);
        await write(name, html, text);
        for (const practice of Object.keys(facts.shares ?? {}).sort()) {
            const own = await issuePracticeLetter(lake, receipt.delivery, practice);
            await write(`${name}_${practice}`, own.html, own.text);
        }
    }
    return written.sort();
}

/** A delivery may be refused for its name: what a file name may not hold becomes `_`. */
function fileNameOf(delivery: string): string {
    const name = delivery.replace(/\.(zip|gz)$/i, "").replace(/[^A-Za-z0-9._-]/g, "_");
    return name.replace(/^\.+/, "_").slice(0, 100);
}
