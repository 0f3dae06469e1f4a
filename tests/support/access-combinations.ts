import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import { signPass } from "../../pipelines/access/pass.ts";
import { AUDIENCES } from "./access-site.ts";

/**
 * Random visitors with cookies and paths, honest and not. What a set of cookies is worth is known from how it was made, never
 * from checking it: that is what makes the judge independent of the edge.
 */

export interface Combination {
    cookies: string;
    target: string;
    /** Path of the audience that these cookies rightly open; null: none. */
    opens: string | null;
    /** How the cookies came about, and the path; for the report of a failure and for counting. */
    made: string;
    asked: string;
}

export const NOW = Date.parse("2024-07-01T09:00:00Z");
const HOUR = 3600;
const now = NOW / 1000;

interface Signer {
    id: string;
    privateKey: string;
    pass: { id: string; secret: string };
}

/** Small keys, because the check is the same for every size. */
function signer(id: string, pass: string): Signer & { publicKey: KeyObject } {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
        modulusLength: 1024,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    return {
        id,
        privateKey,
        publicKey: createPublicKey(publicKey),
        pass: { id: pass, secret: `${id}-${"s".repeat(40)}` },
    };
}

const current = signer("KNIEUW", "k2");
const previous = signer("KOUD", "k1");
const retired = signer("KWEG", "k0");
/** Claims to be the current one. */
const stranger = { ...signer("KNIEUW", "k2"), pass: { id: "k2", secret: "t".repeat(40) } };

export const keyGroup: ReadonlyMap<string, KeyObject> = new Map(
    [current, previous].map(({ id, publicKey }) => [id, publicKey]),
);

export const knownFacts: ReadonlyMap<string, string> = new Map([
    ["publicatie", "een"],
    ["sleutel.k1", previous.pass.secret],
    ["sleutel.k2", current.pass.secret],
    ["weg.weggestuurd", "0"],
    ["weg.uitgelogd", String(now + HOUR)],
]);

type Set = [string, string][];

/** A set of cookies as the login function gives it, made once per kind because signing is slow. */
function sets(baseUrl: string) {
    const made = new Map<string, Set>();
    return (
        by: Signer,
        path: string,
        until: number,
        algorithm: "SHA1" | "SHA256" = "SHA256",
        who = "w",
        session = "s",
    ): Set => {
        const key = [by.id, by.pass.secret, path, until, algorithm, who, session].join(" ");
        const kept = made.get(key);
        if (kept) return kept.map(([name, value]) => [name, value]);
        const policy = JSON.stringify({
            Statement: [{ Resource: `${baseUrl}${path}*`, Condition: { DateLessThan: { "AWS:EpochTime": until } } }],
        });
        const signed = getSignedCookies({ policy, keyPairId: by.id, privateKey: by.privateKey, algorithm });
        const pass = signPass({ p: path, w: who, s: session, r: "proef", e: until }, by.pass);
        const set: Set = [
            ...Object.entries(signed).map(([name, value]): [string, string] => [name, String(value)]),
            ["regiospiegel-pas", pass],
        ];
        made.set(key, set);
        return set.map(([name, value]) => [name, value]);
    };
}

const header = (set: Set): string => set.map(([name, value]) => `${name}=${value}`).join("; ");
const isPass = ([name]: [string, string]): boolean => name === "regiospiegel-pas";

/** Draws combinations; the same seed gives the same ones. */
export function combinations(baseUrl: string, draw: () => number, targets: readonly string[]): () => Combination {
    const issue = sets(baseUrl);
    const whole = (below: number): number => Math.floor(draw() * below);
    const pick = <T>(from: readonly T[]): T => from[whole(from.length)] as T;
    const audience = (): string => pick(AUDIENCES).path;

    const cookieKinds: Record<string, (own: string) => [Set, boolean]> = {
        rightful: (own) => [issue(current, own, now + HOUR), true],
        "of the key before": (own) => [issue(previous, own, now + HOUR), true],
        "with SHA-1": (own) => [issue(current, own, now + HOUR, "SHA1"), true],
        "among others": (own) => [
            [["a", "b"], ["__proto__", "x"], ...issue(current, own, now + HOUR), ["constructor", ""]],
            true,
        ],
        "beside a huge one": (own) => [[["groot", "x".repeat(50_000)], ...issue(current, own, now + HOUR)], true],
        none: () => [[], false],
        expired: (own) => [issue(current, own, now - whole(2)), false],
        "expired long ago": (own) => [issue(current, own, now - 1000 * HOUR), false],
        "of a retired key": (own) => [issue(retired, own, now + HOUR), false],
        "of a stranger's key": (own) => [issue(stranger, own, now + HOUR), false],
        "with a stranger's policy": (own) => [
            [
                ...issue(stranger, own, now + HOUR).filter((one) => !isPass(one)),
                ...issue(current, own, now + HOUR).filter(isPass),
            ],
            false,
        ],
        "with a stranger's pass": (own) => [
            [
                ...issue(current, own, now + HOUR).filter((one) => !isPass(one)),
                ...issue(stranger, own, now + HOUR).filter(isPass),
            ],
            false,
        ],
        "with a pass for another audience": (own) => {
            const other = pick(AUDIENCES.filter(({ path }) => path !== own)).path;
            return [
                [
                    ...issue(current, own, now + HOUR).filter((one) => !isPass(one)),
                    ...issue(current, other, now + HOUR).filter(isPass),
                ],
                false,
            ];
        },
        "with a policy for another audience": (own) => {
            const other = pick(AUDIENCES.filter(({ path }) => path !== own)).path;
            return [
                [
                    ...issue(current, other, now + HOUR).filter((one) => !isPass(one)),
                    ...issue(current, own, now + HOUR).filter(isPass),
                ],
                false,
            ];
        },
        "with an expired pass": (own) => [
            [
                ...issue(current, own, now + HOUR).filter((one) => !isPass(one)),
                ...issue(current, own, now - 1).filter(isPass),
            ],
            false,
        ],
        "with an expired policy": (own) => [
            [
                ...issue(current, own, now - 1).filter((one) => !isPass(one)),
                ...issue(current, own, now + HOUR).filter(isPass),
            ],
            false,
        ],
        "with a longer policy under an old signature": (own) => {
            const longer = issue(current, own, now + 2 * HOUR);
            return [
                issue(current, own, now + HOUR).map(([name, value], at) => [
                    name,
                    name === "CloudFront-Policy" ? (longer[at]?.[1] ?? "") : value,
                ]),
                false,
            ];
        },
        "of everything, by a stranger": () => [issue(stranger, "/", now + HOUR), false],
        "under the wrong algorithm": (own) => [
            issue(current, own, now + HOUR).map(([name, value]) => [
                name,
                name === "CloudFront-Hash-Algorithm" ? pick(["SHA1", "none", "HS256", "__proto__"]) : value,
            ]),
            false,
        ],
        "with a SHA-1 signature called SHA-256": (own) => [
            [...issue(current, own, now + HOUR, "SHA1"), ["CloudFront-Hash-Algorithm", "SHA256"]],
            false,
        ],
        "replayed after logging out": (own) => [issue(current, own, now + HOUR, "SHA256", "w", "uitgelogd"), false],
        "of somebody turned away": (own) => [issue(current, own, now + HOUR, "SHA256", "weggestuurd"), false],
        "without one of them": (own) => {
            const set = issue(current, own, now + HOUR);
            set.splice(whole(set.length), 1);
            return [set, false];
        },
        "with one twice": (own) => {
            const set = issue(current, own, now + HOUR);
            return [[...set, pick(set)], false];
        },
        "with a sign changed": (own) => changed(issue(current, own, now + HOUR), whole, pick),
        "with a part cut off": (own) => {
            const set = issue(current, own, now + HOUR);
            const at = whole(set.length);
            return [
                set.map(([name, value], index) => [name, index === at ? value.slice(0, whole(value.length)) : value]),
                false,
            ];
        },
        huge: (own) => {
            const set = issue(current, own, now + HOUR);
            const at = whole(set.length);
            return [
                set.map(([name, value], index) => [name, index === at ? value + "A".repeat(50_000) : value]),
                false,
            ];
        },
        garbage: () => [
            Array.from({ length: 1 + whole(6) }, () => [
                pick([
                    "CloudFront-Policy",
                    "CloudFront-Signature",
                    "CloudFront-Key-Pair-Id",
                    "regiospiegel-pas",
                    "",
                    "__proto__",
                ]),
                noise(whole, whole(300)),
            ]),
            false,
        ],
    };

    const pathKinds: Record<string, (clean: string) => string> = {
        clean: (clean) => clean,
        "with a query": (clean) => `${clean}?${noise(whole, whole(20))}`,
        "without its slash": (clean) => clean.replace(/\/$/, ""),
        "with a sign encoded": (clean) => at(clean, whole, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
        "encoded twice": (clean) => at(clean, whole, (sign) => `%25${sign.charCodeAt(0).toString(16)}`),
        "dotted away and back": (clean) => `${audience()}../..${clean}`,
        "dotted into another": (clean) =>
            `${clean}${pick(["../", "..%2f", "%2e%2e/", ".%2e/", "..\\", "..;/", "....//"])}${"../".repeat(whole(4))}${audience().slice(1)}`,
        "with a dot": (clean) => clean.replace("/", pick(["/./", "/.", "/%2e/", "/.../"])),
        doubled: (clean) => at(clean, whole, (sign) => (sign === "/" ? "//" : sign + sign)),
        "in other case": (clean) =>
            at(clean, whole, (sign) => (sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase())),
        "in capitals": (clean) => clean.toUpperCase(),
        "with a null": (clean) => at(clean, whole, (sign) => sign + pick(["\0", "%00", "\\0"])),
        unicode: (clean) =>
            at(clean, whole, (sign) =>
                pick([
                    String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
                    `${sign}\u0301`,
                    "%c0%af",
                    "\u2215",
                    "%ef%bc%8f",
                    "\ud800",
                ]),
            ),
        "with a space or a sign behind": (clean) =>
            clean + pick([" ", "%20", ".", ";", ";a=b", "#", "\t", "~", "*", "?*", "%"]),
        absolute: (clean) =>
            pick([`http://localhost${clean}`, `${baseUrl}${clean}`, `//localhost${clean}`, clean.slice(1), ""]),
        long: (clean) => clean + "a".repeat(2_000) + pick(["", "/", ".csv"]),
        "beside the publications": () =>
            pick([
                "/current.json",
                "/een/index.html",
                "/twee/p/01000001/",
                "/doelgroepen.json",
                "/.publicatie.json",
                "/geheim.html",
            ]),
        noise: () => `/${noise(whole, whole(60))}`,
    };

    return () => {
        const own = audience();
        const made = draw() < 0.25 ? "rightful" : pick(Object.keys(cookieKinds));
        const [set, isWorth] = (cookieKinds[made] as (own: string) => [Set, boolean])(own);
        const asked = draw() < 0.35 ? "clean" : pick(Object.keys(pathKinds));
        const near = targets.filter((target) => target.startsWith(own));
        const base = draw() < 0.6 ? pick(near) : pick(targets);
        const target = (pathKinds[asked] as (clean: string) => string)(base);
        return { cookies: header(set), target, opens: isWorth ? own : null, made, asked };
    };
}

/** One sign of one value changed. Base64 leaves bits unused, so what matters is what the text stands for. */
function changed(set: Set, whole: (below: number) => number, pick: <T>(from: readonly T[]) => T): [Set, boolean] {
    const which = whole(set.length);
    const [name, value] = set[which] as [string, string];
    const place = whole(value.length);
    const text = value.slice(0, place) + pick([..."ABCxyz019-_~."]) + value.slice(place + 1);
    const bytes = (given: string): string =>
        Buffer.from(
            given.replace(/[-_~]/g, (sign) => (sign === "-" ? "+" : sign === "_" ? "=" : "/")),
            "base64",
        ).toString("hex");
    const isSigned = name === "CloudFront-Policy" || name === "CloudFront-Signature";
    const isSame = text === value || (isSigned && bytes(text) === bytes(value) && /^[A-Za-z0-9\-~]+_{0,2}$/.test(text));
    return [set.map((one, index) => (index === which ? [name, text] : one)), isSame];
}

const at = (text: string, whole: (below: number) => number, change: (sign: string) => string): string => {
    const place = whole(text.length);
    return text.slice(0, place) + change(text.charAt(place)) + text.slice(place + 1);
};

const noise = (whole: (below: number) => number, length: number): string =>
    Array.from({ length }, () => String.fromCharCode(whole(10) === 0 ? whole(0x3000) : 33 + whole(94)))
        .join("")
        .replace(/[;\r\n]/g, "");
