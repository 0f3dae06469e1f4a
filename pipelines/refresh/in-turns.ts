// Work that rests on other work, several pieces at a time.

export interface Step {
    id: string;
    /** Ids of steps that must have ended before; ids of no step are taken as done. */
    needs: readonly string[];
    run: () => Promise<void>;
}

/**
 * Runs every step once, as soon as what it needs has ended, at most `atOnce` at a time and in the order given where there
 * is a choice. A step that fails starts nothing further; its error is thrown once the running ones have ended.
 */
export async function inTurns(steps: readonly Step[], atOnce: number): Promise<void> {
    const waiting = new Map(steps.map((step) => [step.id, step]));
    const running = new Map<string, Promise<void>>();
    const failures: unknown[] = [];
    const isReady = (step: Step): boolean => step.needs.every((id) => !waiting.has(id) && !running.has(id));
    while (failures.length === 0 && waiting.size > 0) {
        const ready = [...waiting.values()].filter(isReady).slice(0, atOnce - running.size);
        if (ready.length === 0 && running.size === 0)
            throw new Error(`Stappen wachten op elkaar: ${[...waiting.keys()].join(", ")}; verbreek de kring.`);
        for (const step of ready) {
            waiting.delete(step.id);
            const ended = step
                .run()
                .catch((error: unknown) => void failures.push(error))
                .finally(() => running.delete(step.id));
            running.set(step.id, ended);
        }
        await Promise.race(running.values());
    }
    await Promise.all(running.values());
    if (failures.length > 0) throw failures[0];
}
