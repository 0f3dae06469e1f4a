/** Lists in runs of items that belong together. Runs in a browser too: the explorer finds cells as pages do. */

/** Items that belong together and were checked: the cells of one group, the percents of one anonymous practice. */
export interface Run<Item> {
    key: string;
    items: Item[];
}

/** Runs of a list that was made here, by the array that holds their items one after another. */
const runsByItems = new WeakMap<object, Run<never>[]>();

/** One array of all items, which remembers its runs. */
export function itemsOf<Item>(runs: Run<Item>[]): Item[] {
    const items = ([] as Item[]).concat(...runs.map((run) => run.items));
    runsByItems.set(items, runs as Run<never>[]);
    return items;
}

/** The runs of an array; of one that was not read here, its items by key. */
export function runsOf<Item>(items: Item[], keyOf: (item: Item) => string): Run<Item>[] {
    const known = runsByItems.get(items) as Run<Item>[] | undefined;
    if (known) return known;
    const byKey = new Map<string, Run<Item>>();
    for (const item of items) {
        const key = keyOf(item);
        const run = byKey.get(key);
        if (run) run.items.push(item);
        else byKey.set(key, { key, items: [item] });
    }
    return [...byKey.values()];
}
