// Progress for a person at a terminal; silent everywhere else, and for anything that is over within a second.
import ora from "ora";

export interface Progress {
    report: (share: number, what: string) => void;
    stop: () => void;
}

const quietMilliseconds = 1000;

/** A line on stderr with percentage and step; nothing when stderr is not a terminal. */
export function progressLine(task: string): Progress {
    if (!process.stderr.isTTY) return { report: () => {}, stop: () => {} };
    const spinner = ora({ stream: process.stderr, text: task });
    const started = Date.now();
    return {
        report(share, what) {
            if (Date.now() - started < quietMilliseconds) return;
            spinner.text = `${task} ${Math.round(share * 100)}% ${what}`;
            if (!spinner.isSpinning) spinner.start();
        },
        stop: () => {
            spinner.stop();
        },
    };
}
