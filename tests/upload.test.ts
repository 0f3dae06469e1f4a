import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addressFor, groupsOf, letterOf, NotGiven, senderOf, sendersOf } from "../pipelines/handler/upload.ts";

beforeAll(() => {
    vi.stubEnv("AWS_REGION", "eu-central-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "STANDIN");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "geheim");
    vi.stubEnv("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true");
});
afterAll(() => vi.unstubAllEnvs());

const NAME = "his-lang_01053293_20240630.zip";
const settings = { bucket: "inkomend", bytes: 2_000_000_000, seconds: 900 };

describe("who may deliver for whom", () => {
    it("a practice for itself, the bureau for the region, nobody else for anybody", () => {
        expect(sendersOf(["praktijk/01053293", "bureau", "beheer", "praktijk/1", "xpraktijk/01053294"])).toEqual([
            "01053293",
            "regio",
        ]);
    });

    it("reads groups as a token holds them and as API Gateway writes them", () => {
        expect(groupsOf(["a", "b"])).toEqual(["a", "b"]);
        expect(groupsOf("[praktijk/01053293 bureau]")).toEqual(["praktijk/01053293", "bureau"]);
        expect(groupsOf(undefined)).toEqual([]);
    });

    it("gives the sender of a name to whoever speaks for it, and one sentence to others", async () => {
        expect(await senderOf(NAME, ["praktijk/01053293"])).toBe("01053293");
        const other = senderOf(NAME, ["praktijk/01900002"]).catch((error: unknown) => error);
        expect(await other).toMatchObject({ status: 403 });
        for (const name of ["rommel.zip", "../his-lang_01053293_20240630.zip", "his-lang_01053293_20241399.zip"]) {
            const refused = await senderOf(name, ["praktijk/01053293"]).catch((error: unknown) => error);
            expect(refused).toBeInstanceOf(NotGiven);
            expect(refused).toMatchObject({ status: 400 });
        }
    });
});

describe("an address to deliver to", () => {
    it("is good for one name, one sender and one size, for a quarter of an hour", async () => {
        const { velden } = await addressFor(NAME, "01053293", settings);
        const policy = JSON.parse(Buffer.from(velden.Policy ?? "", "base64").toString("utf8")) as {
            expiration: string;
            conditions: unknown[];
        };
        expect(policy.conditions).toContainEqual(["content-length-range", 1, 2_000_000_000]);
        expect(policy.conditions).toContainEqual({ key: `aankomst/01053293/${NAME}` });
        expect(Date.parse(policy.expiration) - Date.now()).toBeLessThanOrEqual(900_000);
    });

    it("of a letter leads to the sender's own", async () => {
        const { url } = await letterOf(NAME, "01053293", settings);
        expect(new URL(url).pathname).toBe("/brieven/01053293/his-lang_01053293_20240630.html");
        expect(new URL(url).searchParams.get("X-Amz-Expires")).toBe("900");
    });
});
