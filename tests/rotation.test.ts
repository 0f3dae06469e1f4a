import { createPublicKey, sign, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSecrets } from "../pipelines/access/access-settings.ts";
import { ROTATION_STEPS, type RotationEffects, rotate } from "../pipelines/access/rotation.ts";

const proving = process.env.PROVE === "1";

/** CloudFront, Secrets Manager and the facts of the edge in memory; fails at the call that `failAt` counts down to. */
class World {
    failAt = Number.POSITIVE_INFINITY;
    calls = 0;
    inUse = "nog niets";
    made: string | null = null;
    keys = new Map<string, string>();
    trusted = ["K-VAN-NIEMAND"];
    facts = new Map([["publicatie", "0123456789abcdef"]]);
    clientSecret: string | null = "geheim-van-de-client";
    settled = 0;

    effects(): RotationEffects {
        // After the call: the hardest place to fail is where the work was done and the answer got lost.
        const done = async <Value>(value: Value): Promise<Value> => {
            this.calls += 1;
            if (this.calls === this.failAt) throw new Error("storing");
            return value;
        };
        const set = (change: () => void) => {
            change();
            return done(undefined);
        };
        return {
            secret: {
                current: () => done(this.inUse),
                pending: () => done(this.made),
                keepPending: (text) =>
                    set(() => {
                        this.made = text;
                    }),
                makeCurrent: () =>
                    set(() => {
                        this.inUse = this.made ?? "";
                    }),
            },
            clientSecret: () => done(this.clientSecret),
            publicKeys: {
                add: (pem) => {
                    const id = `K${this.keys.size + this.calls}`;
                    this.keys.set(id, pem);
                    return done(id);
                },
                read: (id) => done(this.keys.get(id) ?? ""),
                list: () => done([...this.keys.keys()]),
                remove: (id) => {
                    // As CloudFront: a key that a group uses stays.
                    if (this.trusted.includes(id)) throw new Error("PublicKeyInUse");
                    return set(() => this.keys.delete(id));
                },
            },
            trusted: {
                read: () => done([...this.trusted]),
                write: (ids) =>
                    set(() => {
                        this.trusted = [...ids];
                    }),
            },
            facts: {
                set: (name, value) => set(() => this.facts.set(name, value)),
                remove: (name) => set(() => this.facts.delete(name)),
                list: () => done(new Map(this.facts)),
            },
            settle: () =>
                set(() => {
                    this.settled += 1;
                }),
        };
    }

    /** A whole rotation, each step again until it is done, as Secrets Manager does. */
    async rotation(): Promise<void> {
        this.made = null;
        for (const step of ROTATION_STEPS) {
            for (let attempt = 1; ; attempt += 1) {
                try {
                    await rotate(step, this.effects());
                    break;
                } catch (error) {
                    if (attempt === 2) throw error;
                }
                this.expectOpen();
            }
            this.expectOpen();
        }
    }

    /** What is signed with the secret in use must open pages, at every moment. */
    expectOpen(): void {
        if (!this.inUse.includes("keyPairId")) return;
        const { keyPairId, privateKey, passKey } = readSecrets(this.inUse);
        expect(this.trusted).toContain(keyPairId);
        const text = Buffer.from("pagina");
        const key = createPublicKey(this.keys.get(keyPairId) ?? "");
        expect(verify("sha256", text, key, sign("sha256", text, privateKey))).toBe(true);
        expect(this.facts.get(`sleutel.${passKey.id}`)).toBe(passKey.secret);
    }
}

const passKeys = (world: World): string[] => [...world.facts.keys()].filter((name) => name.startsWith("sleutel."));

describe("what cookies and passes are signed with", () => {
    it("is renewed without anybody seeing it; the one before goes on opening pages, the one before that is gone", async () => {
        const world = new World();
        await world.rotation();
        const [first] = world.trusted;
        expect([world.trusted.length, passKeys(world).length, world.settled]).toEqual([1, 1, 1]);
        await world.rotation();
        const [second] = world.trusted;
        expect(world.trusted).toEqual([second, first]);
        await world.rotation();
        expect(world.trusted).toEqual([expect.any(String), second]);
        expect([...world.keys.keys()].sort()).toEqual([...world.trusted].sort());
        expect(passKeys(world)).toHaveLength(2);
        expect(world.facts.get("publicatie")).toBe("0123456789abcdef");
        expect(readSecrets(world.inUse).clientSecret).toBe("geheim-van-de-client");
    });

    it("opens pages at every moment, wherever a step breaks off, and nothing is left over after the next rotation", async () => {
        const whole = new World();
        await whole.rotation();
        whole.calls = 0;
        await whole.rotation();
        const points = Array.from({ length: whole.calls }, (_, at) => at + 1);
        expect(points.length).toBeGreaterThan(20);
        for (const point of points.filter((one) => proving || one % 7 === 3)) {
            const world = new World();
            await world.rotation();
            [world.calls, world.failAt] = [0, point];
            await world.rotation();
            world.failAt = Number.POSITIVE_INFINITY;
            await world.rotation();
            expect(`${point}: ${[...world.keys.keys()].sort()}`).toBe(`${point}: ${[...world.trusted].sort()}`);
            expect(`${point}: ${passKeys(world).length}`).toBe(`${point}: 2`);
        }
    });

    it("asks in one sentence for the client's secret where only the organisation knows it, and then keeps it", async () => {
        const world = new World();
        world.clientSecret = null;
        await expect(world.rotation()).rejects.toThrow(/heeft nog geen clientgeheim/);
        world.inUse = '{"clientSecret":"van-de-organisatie"}';
        await world.rotation();
        await world.rotation();
        expect(readSecrets(world.inUse).clientSecret).toBe("van-de-organisatie");
    });

    it("stays as it was when CloudFront trusts another key than the one that was made", async () => {
        const world = new World();
        await world.rotation();
        const before = world.inUse;
        world.made = null;
        await rotate("createSecret", world.effects());
        await rotate("setSecret", world.effects());
        world.trusted = world.trusted.slice(1);
        await expect(rotate("testSecret", world.effects())).rejects.toThrow(/vertrouwt sleutel K\d+ niet/);
        expect(world.inUse).toBe(before);
    });
});
