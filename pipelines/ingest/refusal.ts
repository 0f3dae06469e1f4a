import { basename } from "node:path";
import { printable } from "../delivery.ts";
import { Refusal, sentenceOf } from "../issues.ts";
import type { Receipt } from "./receipt.ts";

/** The receipt of a refused delivery. A fault that is no refusal is thrown on, stripped of what it may quote. */
export function refused(
    path: string,
    error: unknown,
    receipt?: Pick<Receipt, "files" | "ignoredColumns" | "asideLines">,
): Receipt {
    const delivery = basename(path);
    if (!(error instanceof Refusal)) throw unexpected(delivery, error);
    return {
        delivery,
        accepted: false,
        code: error.code,
        message: sentenceOf(error.code, printable(delivery), error.message),
        files: receipt?.files ?? [],
        ignoredColumns: receipt?.ignoredColumns ?? [],
        ...(receipt?.asideLines ? { asideLines: receipt.asideLines } : {}),
    };
}

/** A fault of ours or of the machine. Messages of the engine may repeat values, so that only its kind is passed on. */
function unexpected(delivery: string, error: unknown): Error {
    const errno = (error as NodeJS.ErrnoException | null)?.code;
    const kind = error instanceof Error ? (/^[A-Za-z ]+ Error(?=:)/.exec(error.message)?.[0] ?? error.name) : "fout";
    if (process.env.REGIOSPIEGEL_DEBUG === "1") return error as Error;
    const what = errno === undefined ? kind : `${kind}, ${errno}`;
    return new Error(
        `Levering ${printable(delivery)} kon niet worden verwerkt (${what}); er is niets veranderd. Probeer het opnieuw of meld dit aan de beheerder.`,
    );
}
