import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ratioLimits, shareLimits } from "../../pipelines/statistics/funnel.ts";
import type { Level } from "../../pipelines/statistics/interval.ts";
import { poisson } from "../../pipelines/statistics/poisson.ts";
import { student95 } from "../../pipelines/statistics/student.ts";
import { wilson } from "../../pipelines/statistics/wilson.ts";
import { draws } from "../support/draws.ts";

// scipy as a judge that others wrote. Without it nothing is judged here, and the run says so.
const python = process.env.PYTHON ?? "python3";
const present = spawnSync(python, ["-c", "import scipy.stats"]).status === 0;

/** What scipy answers to each question, in order. */
function asked(questions: object[]): number[][] {
    const script = join(import.meta.dirname, "statistics.py");
    const { stdout, stderr, status } = spawnSync(python, [script], {
        input: questions.map((question) => JSON.stringify(question)).join("\n"),
        encoding: "utf8",
    });
    if (status !== 0) throw new Error(`The judge stopped with ${status}: ${stderr}`);
    return stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as number[]);
}

const draw = draws(2024);
const between = (low: number, high: number): number => low + draw() * (high - low);
const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
const level = (): Level => (draw() < 0.5 ? 0.95 : 0.998);
const many = <Question>(make: () => Question): Question[] =>
    Array.from({ length: process.env.PROVE ? 1000 : 60 }, make);

function expectEqual(found: number[], judged: number[], relative: number): void {
    for (const [index, value] of judged.entries()) {
        const difference = Math.abs((found[index] ?? Number.NaN) - value);
        expect(difference).toBeLessThanOrEqual(relative * Math.abs(value) + 1e-15);
    }
}

/** First and last whole count that lies within; limits may miss a whole count by their last digits. */
function within(low: number, high: number): number[] {
    return [Math.max(0, Math.ceil(low - 1e-9)), Math.floor(high + 1e-9)];
}

const unjudged = `not judged: ${python} has no scipy (pip install scipy, or set PYTHON)`;
if (!present) process.stderr.write(`tests/outside/statistics: ${unjudged}\n`);

describe.skipIf(!present)(present ? "scipy agrees" : unjudged, () => {
    it("on Wilson's limits to 1e-9", () => {
        const questions = many(() => {
            const denominator = whole(1, 5000);
            return { kind: "wilson", denominator, numerator: whole(0, denominator), level: level() };
        });
        for (const [index, judged] of asked(questions).entries()) {
            const question = questions[index];
            if (!question) throw new Error("one answer per question");
            const { low, high } = wilson(question.numerator, question.denominator, question.level);
            expectEqual([low, high], judged, 1e-9);
        }
    });

    it("on the exact limits of counts to 1e-9", () => {
        const questions = many(() => ({
            kind: "poisson",
            count: whole(0, draw() < 0.5 ? 40 : 20_000),
            level: level(),
        }));
        for (const [index, judged] of asked(questions).entries()) {
            const question = questions[index];
            if (!question) throw new Error("one answer per question");
            const { low, high } = poisson(question.count, question.level);
            expectEqual([low, high], judged, 1e-9);
        }
    });

    it("on Student's t to 1e-9", () => {
        const questions = Array.from({ length: 120 }, (_, index) => ({ kind: "student", freedom: index + 1 }));
        for (const [index, judged] of asked(questions).entries()) expectEqual([student95(index + 1)], judged, 1e-9);
    });

    it("on which counts lie within the funnel of shares", () => {
        const questions = many(() => ({
            kind: "share",
            share: between(0.05, 0.97),
            patients: whole(1, 1500),
            correlation: draw() < 0.3 ? 0 : between(0.001, 0.2),
            level: level(),
        }));
        for (const [index, judged] of asked(questions).entries()) {
            const question = questions[index];
            if (!question) throw new Error("one answer per question");
            const { share: centre, patients, correlation } = question;
            const funnel = { centre, phi: 1, between: correlation * centre * (1 - centre), practices: 40 };
            const { low, high } = shareLimits(funnel, patients, question.level);
            expect(within(low * patients, high * patients)).toEqual(judged);
        }
    });

    it("on which counts lie within the funnel of ratios", () => {
        const questions = many(() => ({
            kind: "rate",
            expected: between(0.1, draw() < 0.5 ? 20 : 800),
            between: draw() < 0.3 ? 0 : between(0.001, 0.3),
            level: level(),
        }));
        for (const [index, judged] of asked(questions).entries()) {
            const question = questions[index];
            if (!question) throw new Error("one answer per question");
            const { expected } = question;
            const funnel = { centre: 1, phi: 1, between: question.between, practices: 40 };
            const { low, high } = ratioLimits(funnel, expected, question.level);
            expect(within(low * expected, high * expected)).toEqual(judged);
        }
    });
});
