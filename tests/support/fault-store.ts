import { StoreError } from "../../pipelines/lake/store-error.ts";
import type { Store } from "../../pipelines/store.ts";

/** `lost`: the call did nothing. `unheard`: it did its work, and the answer never came (a time-out). */
export type Failure = "lost" | "unheard";

const ASKED = ["get", "put", "putIfAbsent", "putIfMatch", "putFile", "localPaths", "list"] as const;

export interface FaultyStore extends Store {
    /** How often the store was asked anything. */
    readonly asked: () => number;
}

/** A store that fails once, at the given call (1-based; 0: never), and works otherwise. */
export function faultyStore(store: Store, at: number, failure: Failure): FaultyStore {
    let calls = 0;
    const failed = (): StoreError =>
        new StoreError("SlowDown", "Opslag: verzonnen storing (SlowDown); probeer het later opnieuw.");
    return new Proxy(store, {
        get(target, property) {
            if (property === "asked") return () => calls;
            const value: unknown = Reflect.get(target, property, target);
            if (typeof value !== "function") return value;
            const asked = (...given: unknown[]): unknown => Reflect.apply(value, target, given);
            if (!(ASKED as readonly (string | symbol)[]).includes(property)) return asked;
            return async (...given: unknown[]): Promise<unknown> => {
                calls += 1;
                if (calls !== at) return asked(...given);
                if (failure === "unheard") await asked(...given);
                throw failed();
            };
        },
    }) as FaultyStore;
}
