import { openLake } from "../lake.ts";
import { issueLetter, issuePracticeLetter } from "../quality/letter-issue.ts";

interface LetterFlags {
    lake: string;
    format: "text" | "html";
    practice?: string;
}

/** `regiospiegel letter`: the data-quality letter of one delivery, or of one practice in it, made again with the newest figures. */
export async function showLetter(delivery: string, flags: LetterFlags): Promise<number> {
    const lake = openLake(flags.lake);
    const issued =
        flags.practice === undefined
            ? await issueLetter(lake, delivery)
            : await issuePracticeLetter(lake, delivery, flags.practice);
    process.stdout.write(flags.format === "html" ? issued.html : issued.text);
    return 0;
}
