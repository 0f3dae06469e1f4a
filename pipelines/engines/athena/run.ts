// One statement from start to end: started once whatever happens to the answers, waited for, and stopped when it must.
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { dollarsFor } from "./price.ts";
import { type AthenaService, Busy, type Status } from "./service.ts";

export interface RunSettings {
    /** No query may scan more; the workgroup has a limit of its own besides. */
    maxScannedBytes: number;
    /** How long one query may take, waiting for its turn included. */
    maxMilliseconds: number;
    /** How often a query is started again that Athena says may go well another time. */
    attempts: number;
    /** First and longest pause between two looks; halved to whole at random. */
    firstPause: number;
    longestPause: number;
}

export const RUN_SETTINGS: RunSettings = {
    maxScannedBytes: 200 * 1024 ** 3,
    maxMilliseconds: 30 * 60_000,
    attempts: 3,
    firstPause: 500,
    longestPause: 5_000,
};

/** What one query did, for who pays. */
export interface QueryReport {
    /** What it was for: the name of the table or the rows it made. */
    what: string;
    id: string;
    outcome: "SUCCEEDED" | "FAILED" | "CANCELLED";
    scannedBytes: number;
    milliseconds: number;
    dollars: number;
}

export interface Statement {
    what: string;
    /** The text for an attempt, and the folder that it writes to: a fresh one each time. */
    attempt: () => { sql: string; folder?: string };
    /** Athena asks nothing for the definition of a table. */
    isDefinition?: boolean;
}

export interface Runner {
    service: AthenaService;
    settings: RunSettings;
    /** Part of every token: a run never takes up a query of another run. */
    run: string;
    signal: AbortSignal;
    report: (query: QueryReport) => void;
    /** Clears what an attempt that did not succeed may have written: Athena leaves it. */
    clear: (status: Status, folder?: string) => Promise<void>;
}

/** Athena takes no longer text. */
const LONGEST_TEXT = 262_144;

/** Runs a statement to its end; throws one sentence when it does not succeed. */
export async function run(runner: Runner, statement: Statement): Promise<Status> {
    for (let attempt = 1; ; attempt++) {
        const { sql, folder } = statement.attempt();
        const { id, status, ended } = await once(runner, statement.what, sql, attempt);
        const { state, scannedBytes, milliseconds } = status;
        const outcome = state === "SUCCEEDED" || state === "FAILED" ? state : "CANCELLED";
        // a failed query is not paid for
        const dollars = outcome === "FAILED" ? 0 : dollarsFor(scannedBytes, statement.isDefinition ?? false);
        runner.report({ what: statement.what, id, outcome, scannedBytes, milliseconds, dollars });
        if (outcome === "SUCCEEDED") return status;
        await runner.clear(status, folder);
        if (outcome === "FAILED" && status.retryable && attempt < runner.settings.attempts) continue;
        throw new Error(`Athena-vraag ${statement.what} (${id}) ${ended ?? why(status)}.`);
    }
}

function why({ state, reason }: Status): string {
    if (state === "CANCELLED" && /bytes scanned/i.test(reason ?? ""))
        return "is door de werkgroep afgebroken: zij las meer dan per vraag mag; verhoog de grens van de werkgroep of reken minder maanden";
    if (state === "CANCELLED") return "is afgebroken door iemand anders; start opnieuw";
    return `mislukte (${reason ?? "zonder opgaaf van reden"}); zie de vraag in Athena`;
}

/** One attempt. `ended` says why we stopped it ourselves. */
async function once(
    runner: Runner,
    what: string,
    sql: string,
    attempt: number,
): Promise<{ id: string; status: Status; ended?: string }> {
    const { service, settings, signal } = runner;
    if (Buffer.byteLength(sql) > LONGEST_TEXT)
        throw new Error(
            `De vraag ${what} is ${Buffer.byteLength(sql)} bytes lang en Athena neemt er ${LONGEST_TEXT}; splits de vraag.`,
        );
    if (signal.aborted) throw new Error(`Athena-vraag ${what} is afgebroken.`);
    const token = createHash("sha256").update(`${runner.run}\n${what}\n${attempt}\n${sql}`).digest("hex");
    const deadline = Date.now() + settings.maxMilliseconds;
    const patient = <Answer>(ask: () => Promise<Answer>): Promise<Answer> => whenNotBusy(runner, what, ask, deadline);
    const id = await patient(() => service.start(sql, token));
    try {
        let wait = settings.firstPause;
        for (;;) {
            const status = await patient(() => service.status(id));
            if (status.state !== "QUEUED" && status.state !== "RUNNING") return { id, status };
            const ended = reasonToStop(status, settings, deadline, signal);
            if (ended !== undefined) {
                await service.stop(id);
                return { id, status: { ...status, state: "CANCELLED" }, ended };
            }
            await pauseAbout(wait, signal);
            wait = Math.min(wait * 1.5, settings.longestPause);
        }
    } catch (error) {
        // nobody waits for it any more, and it would be paid for
        await service.stop(id).catch(() => {});
        throw error;
    }
}

function reasonToStop(
    { scannedBytes }: Status,
    { maxScannedBytes, maxMilliseconds }: RunSettings,
    deadline: number,
    signal: AbortSignal,
): string | undefined {
    if (signal.aborted) return "is afgebroken";
    if (scannedBytes > maxScannedBytes)
        return `is gestopt: zij las al ${scannedBytes} bytes en meer dan ${maxScannedBytes} mag niet; reken minder maanden of verhoog de grens`;
    if (Date.now() > deadline)
        return `is gestopt: zij was na ${Math.round(maxMilliseconds / 1000)} seconden niet klaar; probeer het later opnieuw`;
    return undefined;
}

/** Asks again, later and later, while Athena says that it is too busy. */
export async function whenNotBusy<Answer>(
    { settings, signal }: Runner,
    what: string,
    ask: () => Promise<Answer>,
    deadline = Date.now() + settings.maxMilliseconds,
): Promise<Answer> {
    let wait = settings.firstPause;
    for (;;) {
        try {
            return await ask();
        } catch (error) {
            if (!(error instanceof Busy)) throw error;
            if (signal.aborted) throw new Error(`Athena-vraag ${what} is afgebroken.`);
            if (Date.now() > deadline)
                throw new Error(
                    `Athena-vraag ${what} kwam niet aan de beurt: te veel vragen tegelijk; probeer het later opnieuw of vraag AWS om een hogere grens.`,
                );
        }
        await pauseAbout(wait, signal);
        wait = Math.min(wait * 2, settings.longestPause);
    }
}

/** Never at the same moment as somebody else; at once when the run is broken off. */
async function pauseAbout(milliseconds: number, signal: AbortSignal): Promise<void> {
    await pause(milliseconds * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
}
