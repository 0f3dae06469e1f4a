import type { Adapter, AdapterConstructor, AdapterPayload } from "oidc-provider";

/** What the demo's login service remembers while it runs. Its own memory is shared by all providers of a process, and tests have several. */
export function memoryAdapter(): AdapterConstructor {
    const kept = new Map<string, { payload: AdapterPayload; until: number }>();
    const find = async (key: string): Promise<AdapterPayload | undefined> => {
        const found = kept.get(key);
        return found && found.until > Date.now() ? found.payload : undefined;
    };
    return class MemoryAdapter implements Adapter {
        constructor(readonly model: string) {}

        async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
            for (const [key, { until }] of kept) if (until <= Date.now()) kept.delete(key);
            const until = expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY;
            kept.set(`${this.model}:${id}`, { payload, until });
        }
        find = (id: string) => find(`${this.model}:${id}`);
        async findByUid(uid: string): Promise<AdapterPayload | undefined> {
            for (const [key, { payload, until }] of kept)
                if (key.startsWith(`${this.model}:`) && payload.uid === uid && until > Date.now()) return payload;
            return undefined;
        }
        async findByUserCode(): Promise<undefined> {
            return undefined;
        }
        async consume(id: string): Promise<void> {
            const payload = await this.find(id);
            if (payload) payload.consumed = Math.floor(Date.now() / 1000);
        }
        async destroy(id: string): Promise<void> {
            kept.delete(`${this.model}:${id}`);
        }
        async revokeByGrantId(grantId: string): Promise<void> {
            for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
        }
    };
}
