import { openLake } from "../lake.ts";
import { issueLetter } from "../quality/letter-issue.ts";

interface LetterFlags {
    lake: string;
    format: "text" | "html";
}

/** `regiospiegel letter`: the data-quality letter of one delivery, made again with the newest figures. */
export async function showLetter(delivery: string, flags: LetterFlags): Promise<number> {
    const issued = await issueLetter(openLake(flags.lake), delivery);
    process.stdout.write(flags.format === "html" ? issued.html : issued.text);
    return 0;
}
