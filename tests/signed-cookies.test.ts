import { createPublicKey, createVerify, generateKeyPairSync, type KeyObject } from "node:crypto";
import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import { parseSetCookie } from "cookie";
import { describe, expect, it } from "vitest";
import { audienceAt, type Grant, grantOf } from "../pipelines/access/audience-path.ts";
import { edgeCookies, withoutEdgeCookies } from "../pipelines/access/edge-cookies.ts";
import { hasValidSignedCookies, isMatch } from "../pipelines/edge/signed-cookies.ts";

const pair = () =>
    generateKeyPairSync("rsa", {
        modulusLength: 1024,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
const [old, next] = [pair(), pair()];
const keys = new Map<string, KeyObject>([
    ["KOUD", createPublicKey(old.publicKey)],
    ["KNIEUW", createPublicKey(next.publicKey)],
]);
const baseUrl = "https://spiegel.example.nl";
const at = new Date("2024-07-01T09:00:00Z");
const until = new Date("2024-07-01T09:30:00Z");
const grant = grantOf("praktijk/01000001") as Grant;
const holder = { w: "w", s: "s" };
const passKey = { id: "k1", secret: "s".repeat(40) };
const signing = { keyPairId: "KOUD", privateKey: old.privateKey, passKey };

const issued = edgeCookies(grant, holder, until, { baseUrl, signing });
const asHeader = (lines: string[]): string => lines.map((line) => line.split(";", 1)[0]).join("; ");
const opens = (path: string, cookies = asHeader(issued), given: { at?: Date; keys?: Map<string, KeyObject> } = {}) =>
    hasValidSignedCookies({ url: `${baseUrl}${path}`, cookies, at, keys, ...given });

/** Signs any policy as CloudFront's own library does. */
function signed(
    policy: unknown,
    options: { algorithm?: "SHA1" | "SHA256"; privateKey?: string; keyPairId?: string } = {},
): string {
    const { privateKey = old.privateKey, keyPairId = "KOUD", algorithm = "SHA256" } = options;
    const text = typeof policy === "string" ? policy : JSON.stringify(policy);
    return Object.entries(getSignedCookies({ policy: text, privateKey, keyPairId, algorithm }))
        .map(([name, value]) => `${name}=${value}`)
        .join("; ");
}
const statement = (Resource: string, seconds: number, more: object = {}) => ({
    Statement: [{ Resource, Condition: { DateLessThan: { "AWS:EpochTime": seconds }, ...more } }],
});
const later = until.getTime() / 1000;

describe("cookies of one audience", () => {
    it("are for its path only, and for no script, no other site and no plain http", () => {
        for (const line of issued)
            expect(parseSetCookie(line)).toMatchObject({
                path: "/p/01000001/",
                httpOnly: true,
                secure: true,
                sameSite: "lax",
            });
        expect(issued.every((line) => line.length < 1_000)).toBe(true);
        const here = edgeCookies(grant, holder, until, { baseUrl: "http://localhost:8080", signing });
        expect(here.some((line) => line.includes("Secure"))).toBe(false);
    });

    it("carry a policy of one resource and one moment, signed with SHA-256 by the private key", () => {
        const values = Object.fromEntries(
            issued.map((line) => [parseSetCookie(line).name, parseSetCookie(line).value ?? ""]),
        );
        const plain = (name: string): Buffer =>
            Buffer.from(
                (values[name] ?? "").replace(/[-_~]/g, (sign) => ({ "-": "+", _: "=", "~": "/" })[sign] ?? ""),
                "base64",
            );
        const policy = plain("CloudFront-Policy");
        expect(JSON.parse(policy.toString())).toEqual(statement(`${baseUrl}/p/01000001/*`, later));
        expect(createVerify("RSA-SHA256").update(policy).verify(old.publicKey, plain("CloudFront-Signature"))).toBe(
            true,
        );
        expect(values["CloudFront-Hash-Algorithm"]).toBe("SHA256");
    });

    it("are taken back one by one", () => {
        const names = (lines: string[]) => lines.map((line) => [parseSetCookie(line).name, parseSetCookie(line).path]);
        const gone = withoutEdgeCookies("/p/01000001/", baseUrl);
        expect(names(gone)).toEqual(names(issued));
        expect(gone.every((line) => parseSetCookie(line).maxAge === 0)).toBe(true);
    });

    it("open what they name until their moment, and nothing else", () => {
        for (const path of ["/p/01000001/", "/p/01000001/values.csv", "/p/01000001/dm_hba1c/?x=1"])
            expect(opens(path), path).toBe(true);
        for (const path of ["/p/01000002/", "/p/010000010/", "/coalitie/", "/P/01000001/", "/", "/x/p/01000001/"])
            expect(opens(path), path).toBe(false);
        expect(opens("/p/01000001/", undefined, { at: new Date(until.getTime() - 1) })).toBe(true);
        expect(opens("/p/01000001/", undefined, { at: until })).toBe(false);
        expect(
            hasValidSignedCookies({
                url: "https://elders.example.nl/p/01000001/",
                cookies: asHeader(issued),
                at,
                keys,
            }),
        ).toBe(false);
    });
});

describe("CloudFront's check", () => {
    it("takes both keys of the group while they change, and the old one no longer once it left", () => {
        const renewed = asHeader(
            edgeCookies(grant, holder, until, {
                baseUrl,
                signing: { ...signing, keyPairId: "KNIEUW", privateKey: next.privateKey },
            }),
        );
        const left = new Map([...keys].filter(([id]) => id === "KNIEUW"));
        expect([opens("/p/01000001/"), opens("/p/01000001/", renewed)]).toEqual([true, true]);
        expect([
            opens("/p/01000001/", undefined, { keys: left }),
            opens("/p/01000001/", renewed, { keys: left }),
        ]).toEqual([false, true]);
    });

    it("takes SHA-1 where no cookie says otherwise, and refuses a signature under another algorithm's name", () => {
        const policy = statement(`${baseUrl}/p/01000001/*`, later);
        const sha1 = signed(policy, { algorithm: "SHA1" });
        expect(sha1).not.toContain("Hash-Algorithm");
        expect(opens("/p/01000001/", sha1)).toBe(true);
        expect(opens("/p/01000001/", `${sha1}; CloudFront-Hash-Algorithm=SHA256`)).toBe(false);
        for (const name of ["SHA1", "MD5", "none", "__proto__", ""])
            expect(opens("/p/01000001/", asHeader(issued).replace("Algorithm=SHA256", `Algorithm=${name}`)), name).toBe(
                false,
            );
    });

    const policy = statement(`${baseUrl}/p/01000001/*`, later);
    const good = signed(policy);
    const part = (name: string, from = good): string => new RegExp(`${name}=([^;]*)`).exec(from)?.[1] ?? "";
    it.each<[string, string]>([
        ["a key of nobody under a known id", signed(policy, { privateKey: pair().privateKey })],
        ["a known key under the other id", signed(policy, { keyPairId: "KNIEUW" })],
        ["an unknown id", signed(policy, { keyPairId: "KWEG" })],
        [
            "a policy with a later end under an old signature",
            good.replace(
                part("CloudFront-Policy"),
                part("CloudFront-Policy", signed(statement(`${baseUrl}/p/01000001/*`, later + 9999))),
            ),
        ],
        [
            "a flipped bit",
            good.replace(
                part("CloudFront-Signature").slice(0, 1),
                part("CloudFront-Signature").startsWith("A") ? "B" : "A",
            ),
        ],
        ["no signature", good.replace(/CloudFront-Signature=[^;]*;?/, "")],
        ["a cookie twice", `${good}; CloudFront-Policy=${part("CloudFront-Policy")}`],
        ["a huge cookie", good.replace("CloudFront-Policy=", `CloudFront-Policy=${"A".repeat(100_000)}`)],
        ["two statements", signed({ Statement: [...policy.Statement, ...statement("*", later).Statement] })],
        ["a condition that we do not know", signed(statement(`${baseUrl}/p/01000001/*`, later, { Bool: true }))],
        ["no end", signed({ Statement: [{ Resource: "*", Condition: {} }] })],
        ["an end in the past", signed(statement("*", at.getTime() / 1000))],
        [
            "a beginning in the future",
            signed(statement("*", later, { DateGreaterThan: { "AWS:EpochTime": later - 1 } })),
        ],
        ["a text that is no policy", signed("geen JSON")],
        [
            "a canned policy",
            Object.entries(
                getSignedCookies({
                    url: `${baseUrl}/p/01000001/`,
                    keyPairId: "KOUD",
                    privateKey: old.privateKey,
                    dateLessThan: until.toISOString(),
                }),
            )
                .map(([name, value]) => `${name}=${value}`)
                .join("; "),
        ],
        ["nothing", ""],
    ])("refuses %s", (_what, cookies) => {
        expect(opens("/p/01000001/", good)).toBe(true);
        expect(opens("/p/01000001/", cookies)).toBe(false);
    });

    it("reads * as anything and ? as one sign, and every other sign as itself", () => {
        expect(isMatch("https://a.nl/p/*", "https://a.nl/p/1/x?y")).toBe(true);
        expect(isMatch("https://a.nl/p/*", "https://aXnl/p/1")).toBe(false);
        expect(isMatch("/p/?/", "/p/1/")).toBe(true);
        expect(isMatch("/p/?/", "/p/12/")).toBe(false);
        // Why the function must keep paths clean: CloudFront would see no harm in this one.
        expect(isMatch("/p/1/*", "/p/1/../2/")).toBe(true);
    });
});

describe("audiences and their paths", () => {
    it.each([
        ["coalitie", "/coalitie/"],
        ["beheer", "/beheer/"],
        ["praktijk/01053293", "/p/01053293/"],
        ["vakgroep/diabetes-cvrm", "/vakgroep/diabetes-cvrm/"],
        ["hagro/hagro-voorne-a", "/hagro/hagro-voorne-a/"],
        ["gemeente/voorne-aan-zee", "/gemeente/voorne-aan-zee/"],
        ["adviseur/bureau", "/adviseur/bureau/"],
    ])("%s lies at %s, and a page below it is of that audience", (word, path) => {
        expect(grantOf(word)?.path).toBe(path);
        expect(audienceAt(`${path}x/`)?.word).toBe(word);
    });

    it.each([
        "",
        "coalitie/",
        "coalitie/x",
        "praktijk",
        "praktijk/1053293",
        "praktijk/*",
        "praktijk/01053293/..",
        "vakgroep/",
        "vakgroep/a/b",
        "vakgroep/A",
        "vakgroep/*",
        "vakgroep/-a",
        "openbaar",
        "constructor",
        "__proto__/x",
        "p/01053293",
        " coalitie",
    ])("%j names no audience", (word) => {
        expect(grantOf(word)).toBeNull();
    });
});
