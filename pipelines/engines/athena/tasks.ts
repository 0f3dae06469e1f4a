// Work that goes on while the next step is asked for.

export class Tasks {
    readonly #going = new Set<Promise<void>>();
    readonly #ending = new AbortController();
    /** Set by the first task that failed: it stops the others, and whoever asks next hears of it. */
    #failure: { error: unknown } | null = null;

    /** Aborted when a task failed or the work was ended. */
    get signal(): AbortSignal {
        return this.#ending.signal;
    }

    begin<Result>(task: () => Promise<Result>): Promise<Result> {
        const going = task();
        const watched: Promise<void> = going.then(
            () => {
                this.#going.delete(watched);
            },
            (error: unknown) => {
                this.#failure ??= { error };
                this.#going.delete(watched);
                this.#ending.abort();
            },
        );
        this.#going.add(watched);
        return going;
    }

    /** All of them, for a task to wait for; when nobody comes to wait, what failed is known all the same. */
    all(promises: readonly Promise<unknown>[]): Promise<unknown> {
        const together = Promise.all(promises);
        together.catch(() => {});
        return together;
    }

    /** Throws what the first failed task threw. */
    check(): void {
        if (this.#failure) throw this.#failure.error;
    }

    /** Waits for a promise; throws what failed first, which need not be what that promise waited for. */
    async wait<Result>(promise: Promise<Result>): Promise<Result> {
        try {
            return await promise;
        } catch (error) {
            this.check();
            throw error;
        }
    }

    /** Stops what still goes on and waits until it has stopped. */
    async end(): Promise<void> {
        if (this.#going.size > 0) this.#ending.abort();
        while (this.#going.size > 0) await Promise.all(this.#going);
    }
}
