import { quoteText } from "../check.ts";
import { gather } from "./gathered-texts.ts";
import type { LandingContext } from "./landing-context.ts";
import { type TextFile, withLines } from "./textfile.ts";

/** Records the lines of rows that are set aside; `problems` has columns record, problem and practice_id. Returns how many. */
export async function setAside(
    { connection }: LandingContext,
    title: string,
    file: TextFile,
    problems: string,
): Promise<number> {
    const lines = await withLines(connection, problems, file);
    const done = await connection.runAndReadAll(
        `INSERT INTO terzijde SELECT ${quoteText(title)}, line, problem, practice_id FROM (${lines})`,
    );
    return Number(done.getRows()[0]?.[0] ?? 0);
}

/** Records that the reader could not be given: scanned, set aside, and counted by code. */
export async function damagedRecords(
    context: LandingContext,
    title: string,
    file: TextFile,
): Promise<ReadonlyMap<string, number>> {
    const { connection, dialect } = context;
    const counts = new Map<string, number>();
    if (file.damaged.length === 0) return counts;
    const appender = await connection.createAppender("terzijde");
    for (const { line, code } of file.damaged) {
        counts.set(code, (counts.get(code) ?? 0) + 1);
        appender.appendVarchar(title);
        appender.appendBigInt(BigInt(line));
        appender.appendVarchar(code);
        appender.appendNull();
        appender.endRow();
    }
    appender.closeSync();
    await connection.run("CREATE OR REPLACE TEMP TABLE beschadigd (v VARCHAR)");
    const texts = await connection.createAppender("beschadigd");
    for (const { text } of file.damaged) {
        for (const piece of text.split(dialect.delimiter)) {
            texts.appendVarchar(piece.replaceAll('"', "").trim());
            texts.endRow();
        }
    }
    texts.closeSync();
    await gather(
        context,
        title,
        [{ title: "(beschadigde regels)", role: "declared" }],
        "SELECT 1 AS place, v FROM beschadigd",
    );
    return counts;
}
