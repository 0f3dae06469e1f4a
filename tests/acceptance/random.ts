/** A small seeded source of chance (mulberry32), so that a region is the same wherever and whenever it is made. */
export class Chance {
    #state: number;

    constructor(seed: number) {
        this.#state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0;
    }

    /** A fraction in [0, 1). */
    next(): number {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let mixed = this.#state;
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    }

    /** A whole number from low up to and including high. */
    whole(low: number, high: number): number {
        return low + Math.floor(this.next() * (high - low + 1));
    }

    /** True with the given probability. */
    happens(probability: number): boolean {
        return this.next() < probability;
    }

    /** One of the items. */
    pick<T>(items: readonly T[]): T {
        const item = items[this.whole(0, items.length - 1)];
        if (item === undefined) {
            throw new Error("pick needs a list with at least one item");
        }
        return item;
    }

    /** The items in another order; the list given is left as it was. */
    shuffle<T>(items: readonly T[]): T[] {
        return items
            .map((item) => ({ item, key: this.next() }))
            .sort((left, right) => left.key - right.key)
            .map(({ item }) => item);
    }

    /** The text in upper or lower case or as it is, now and then with blanks around it. */
    anyCase(text: string): string {
        if (text !== "" && this.happens(0.03)) {
            return ` ${text} `;
        }
        const style = this.whole(0, 3);
        if (style === 0) {
            return text.toUpperCase();
        }
        if (style === 1) {
            return text.toLowerCase();
        }
        return text;
    }
}
