import { quoteText } from "../check.ts";
import type { ProblemCode } from "../issues.ts";
import { gather } from "./gathered-texts.ts";
import { countRows, type LandingContext } from "./landing-context.ts";
import { type TextFile, withLines } from "./textfile.ts";

/** Records the lines of rows that are set aside; `problems` has columns record, problem and practice_id. Returns how many. */
export async function setAside(
    { connection }: LandingContext,
    title: string,
    file: TextFile,
    problems: string,
    rejects: string,
): Promise<number> {
    const shifted = (await countRows(connection, rejects)) > 0 ? rejects : null;
    const lines = await withLines(connection, problems, file, shifted);
    const done = await connection.runAndReadAll(
        `INSERT INTO terzijde SELECT ${quoteText(title)}, line, problem, practice_id FROM (${lines})`,
    );
    return Number(done.getRows()[0]?.[0] ?? 0);
}

/** Records with more fields than DuckDB was told of: scanned, set aside, counted. Damaged ones are recorded beside them. */
export async function rejectedRecords(
    context: LandingContext,
    title: string,
    file: TextFile,
    rejects: string,
): Promise<number> {
    const { connection, dialect } = context;
    const code: ProblemCode = "velden_te_veel";
    const count = await countRows(connection, `(SELECT DISTINCT line FROM ${rejects})`);
    if (count > 0) {
        const pieces = `SELECT 1 AS place, trim(unnest(string_split(csv_line, '${dialect.delimiter}')), ' "') AS v FROM ${rejects}`;
        await gather(context, title, [{ title: "(te lange regels)", role: "declared" }], pieces);
        // The reader counted lines of the staged text, where every record is one line.
        const records = `SELECT DISTINCT line - 1 AS record, '${code}' AS problem FROM ${rejects}`;
        const lines = await withLines(connection, records, file, null);
        await connection.run(`INSERT INTO terzijde SELECT ${quoteText(title)}, line, problem, NULL FROM (${lines})`);
    }
    if (file.damaged.length > 0) {
        const appender = await connection.createAppender("terzijde");
        for (const { line, code } of file.damaged) {
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
    }
    return count;
}
