import { z } from "zod";

/** What differs between environments, and nothing else. One entry of `STAGES` is one environment. */
const SETTINGS = z.strictObject({
    /** Name of the environment, in every name that it makes. */
    stage: z.string().regex(/^[a-z][a-z0-9-]{1,15}$/),
    /** Twelve digits; absent: the account of whoever deploys. */
    account: z
        .string()
        .regex(/^\d{12}$/)
        .optional(),
    region: z.string().default("eu-central-1"),
    /** Address of the pages, in a zone of Route 53 in the same account. */
    domain: z.strictObject({ name: z.string(), zoneId: z.string(), zoneName: z.string() }),
    login: z
        .discriminatedUnion("kind", [
            /** Accounts of our own, with a second factor. */
            z.strictObject({ kind: z.literal("cognito") }),
            /** An issuer that practices have already, such as the regional care platform. */
            z.strictObject({
                kind: z.literal("oidc"),
                issuer: z.url({ protocol: /^https$/ }),
                clientId: z.string(),
                /** The claim that holds the groups of somebody. */
                groupsClaim: z.string().default("groups"),
                /** Most want `offline_access` before they say again who somebody is without asking that person. */
                scope: z.string().default("openid profile"),
            }),
        ])
        .default({ kind: "cognito" }),
    access: z
        .strictObject({
            /** So long do pages stay open after they were opened. */
            minutes: z.int().min(15).max(60).default(30),
            /** What cookies are signed with is renewed after so many days. */
            rotationDays: z.int().min(1).max(1_000).default(30),
        })
        .prefault({}),
    /** A web firewall before the pages: rate limit, the common rules, and only these countries when named. */
    firewall: z
        .strictObject({
            requestsPer5Minutes: z.int().min(100).default(1_000),
            countries: z.array(z.string().length(2)).optional(),
        })
        .nullable()
        .default({ requestsPer5Minutes: 1_000 }),
    arrivals: z
        .strictObject({
            /** Largest delivery that may be uploaded. */
            megabytes: z.int().min(1).max(5_000).default(2_000),
            /** Deliveries that nobody could take in go after so many days. */
            days: z.int().min(1).default(14),
            /** Accepted deliveries stay sealed for so many days. */
            sealedDays: z.int().min(1).default(30),
            /** Ingest functions at once; two is the least that AWS lets us bound. */
            atOnce: z.int().min(2).default(3),
            /** SFTP for senders whose software knows nothing else; each with a public key of theirs. */
            sftp: z
                .array(z.strictObject({ sender: z.string().regex(/^(\d{8}|regio)$/), publicKey: z.string() }))
                .default([]),
        })
        .prefault({}),
    refresh: z
        .strictObject({
            /** When results, marts and pages follow what came in: cron in UTC, or null for by hand only. */
            schedule: z.string().nullable().default("30 1 * * ? *"),
            /** What adds results up to marts: DuckDB in one function, or Athena for a region that outgrows it. */
            engine: z.enum(["duckdb", "athena"]).default("duckdb"),
            /** First month of which outcomes are made. */
            from: z
                .string()
                .regex(/^\d{4}-\d{2}$/)
                .default("2022-01"),
            /** Functions that compute at once. */
            atOnce: z.int().min(1).max(1_000).default(10),
            /** Rows of practices that one function computes together. */
            rowsPerTask: z.int().min(10_000).default(3_000_000),
        })
        .prefault({}),
    athena: z
        .strictObject({
            /** A query that would read more is broken off. */
            gigabytesPerQuery: z.int().min(1).default(50),
        })
        .prefault({}),
    watch: z.strictObject({
        /** Who hears of alarms. */
        mail: z.email(),
        /** A practice that delivered nothing for so many days is late. */
        daysWithoutDelivery: z.int().min(1).default(45),
        /** In the currency of the bill. */
        monthlyBudget: z.number().positive().default(50),
        logDays: z.int().default(400),
        /** A record of who touched which object, beside that of the organisation's own trail. */
        trail: z.boolean().default(true),
    }),
    /** Old publications that stay retrievable, releases that stay readable. */
    keepReleases: z.int().min(1).default(50),
});

export type Settings = z.output<typeof SETTINGS>;

/** Checks settings and fills in defaults; throws one sentence per problem. */
export const settings = (given: z.input<typeof SETTINGS>): Settings => SETTINGS.parse(given);

const zone = { zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.org" };

/** The environments of this installation. Fill in what is yours: address, mail, account. */
export const STAGES: readonly Settings[] = [
    settings({
        stage: "proef",
        domain: { name: "proef.spiegel.example.org", ...zone },
        watch: { mail: "beheer@example.org" },
    }),
    settings({
        stage: "productie",
        domain: { name: "spiegel.example.org", ...zone },
        watch: { mail: "beheer@example.org" },
    }),
];
