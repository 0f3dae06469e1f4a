import { createPublicKey } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import validateStates from "asl-validator";
import { App, Stack } from "aws-cdk-lib";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { accessPage } from "../infra/access-page.ts";
import { context } from "../infra/app.ts";
import { EXAMPLE_ACCOUNT, synthesised } from "../infra/judged.ts";
import { refreshMachine } from "../infra/refresh-machine.ts";
import type { RoleRights, Template } from "../infra/rights.ts";
import { settings } from "../infra/settings.ts";
import { RESTRICTED_PATTERNS } from "../pipelines/access/audience-path.ts";
import { KEPT, NOT_KEPT, SECURITY_HEADERS } from "../pipelines/edge/security-headers.ts";
import { lakeTableNames } from "../pipelines/glue.ts";
import { RIGHTS } from "./support/expected-rights.ts";
import { scratch } from "./support/scratch.ts";
import { mayDo } from "./support/simulated-rights.ts";

let templates: Template[];
let roles: RoleRights[];
let page: string;

beforeAll(async () => {
    const folder = await scratch();
    // Whoever would ask somebody else anything, fails.
    const connect = vi.spyOn(net.Socket.prototype, "connect").mockImplementation(() => {
        throw new Error("Synth asked the network something.");
    });
    const judged = synthesised(folder);
    connect.mockRestore();
    ({ templates, roles } = judged);
    page = accessPage(roles, judged.accepted);
    expect(judged.missing).toBe(0);
});

/** Properties of every resource of a kind, with its stack and name. */
function all(type: string, from = templates): { at: string; is: Record<string, unknown> }[] {
    return from.flatMap(({ stack, resources }) =>
        Object.entries(resources)
            .filter(([, { Type }]) => Type === type)
            .map(([id, { Properties = {} }]) => ({ at: `${stack}/${id}`, is: Properties })),
    );
}

interface Behavior {
    PathPattern?: string;
    TrustedKeyGroups?: unknown[];
    ViewerProtocolPolicy: string;
    FunctionAssociations: unknown[];
}

interface DistributionConfig {
    ViewerCertificate: { MinimumProtocolVersion: string };
    DefaultCacheBehavior: Behavior;
    CacheBehaviors: Behavior[];
}

/** The headers that a policy of CloudFront sends, as a browser reads them. */
function headersOf({ ResponseHeadersPolicyConfig }: Record<string, unknown>): Record<string, string> {
    const { SecurityHeadersConfig: own, CustomHeadersConfig } = ResponseHeadersPolicyConfig as {
        SecurityHeadersConfig: {
            ContentSecurityPolicy: { ContentSecurityPolicy: string };
            FrameOptions: { FrameOption: string };
            ReferrerPolicy: { ReferrerPolicy: string };
            StrictTransportSecurity: { AccessControlMaxAgeSec: number; IncludeSubdomains: boolean };
            ContentTypeOptions: { Override: boolean };
        };
        CustomHeadersConfig: { Items: { Header: string; Value: string }[] };
    };
    const { AccessControlMaxAgeSec, IncludeSubdomains } = own.StrictTransportSecurity;
    return {
        "Content-Security-Policy": own.ContentSecurityPolicy.ContentSecurityPolicy,
        "Strict-Transport-Security": `max-age=${AccessControlMaxAgeSec}${IncludeSubdomains ? "; includeSubDomains" : ""}`,
        ...(own.ContentTypeOptions.Override ? { "X-Content-Type-Options": "nosniff" } : {}),
        "X-Frame-Options": own.FrameOptions.FrameOption,
        "Referrer-Policy": own.ReferrerPolicy.ReferrerPolicy,
        ...Object.fromEntries(CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value])),
    };
}

const bare = (from = templates) => from.flatMap(({ resources }) => Object.entries(resources));

describe("an environment", () => {
    it("has no finding that nobody accepted, asks nobody anything, and its access page is current", () => {
        // Synthesis itself throws on a finding or a template that CloudFormation would refuse (beforeAll).
        expect(templates.length).toBeGreaterThan(7);
        expect(page).toBe(readFileSync(join(import.meta.dirname, "../infra/toegang.md"), "utf8"));
    });

    it("is refused when a template says something that CloudFormation does not know", async () => {
        const app = new App({ postCliContext: context(), outdir: join(await scratch(), "fout") });
        const stack = new Stack(app, "Fout");
        new CfnFunction(stack, "Fout", { code: {}, role: "x", runtime: "nodejs4.3", handler: "x", memorySize: 1 });
        expect(() => app.synth()).toThrow(/MemorySize: 1 is less than/);
    });

    it("keeps buckets closed, versioned, encrypted with a key of their own class, over TLS, and after the stack", () => {
        const buckets = all("AWS::S3::Bucket");
        expect(buckets.length).toBe(6);
        for (const { at, is } of buckets) {
            expect([at, is.PublicAccessBlockConfiguration]).toEqual([
                at,
                { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
            ]);
            expect([at, is.VersioningConfiguration]).toEqual([at, { Status: "Enabled" }]);
            const encryption = JSON.stringify(is.BucketEncryption);
            expect(`${at} ${/aws:kms/.test(encryption) || /Logboeken/.test(at)}`).toBe(`${at} true`);
        }
        const kept = bare().filter(([, { Type }]) =>
            /^AWS::(S3::Bucket|KMS::Key|SecretsManager::Secret|Logs::LogGroup|Cognito::UserPool|DynamoDB::GlobalTable)$/.test(
                Type,
            ),
        );
        expect(
            kept.filter(([, resource]) => (resource as { DeletionPolicy?: string }).DeletionPolicy !== "Retain"),
        ).toEqual([]);
        const insecure = all("AWS::S3::BucketPolicy").filter(
            ({ is }) => !JSON.stringify(is).includes('"aws:SecureTransport":"false"'),
        );
        expect(insecure).toEqual([]);
    });

    it("can lock what came in, and locks nothing by itself", () => {
        const [incoming] = all("AWS::S3::Bucket").filter(({ at }) => /Inkomend/.test(at));
        expect(incoming?.is.ObjectLockEnabled).toBe(true);
        expect(incoming?.is.ObjectLockConfiguration).toBeUndefined();
        expect(JSON.stringify(incoming?.is.LifecycleConfiguration)).toMatch(/aankomst\/.*kopieen\//);
    });

    it("gives a message six times the time of the function, and what fails a queue of its own", () => {
        const [queue] = all("AWS::SQS::Queue").filter(({ at }) => /\/Aankomst/.test(at));
        const [ingest] = all("AWS::Lambda::Function").filter(({ is }) => is.Handler === "ingest.handler");
        expect(queue?.is.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(ingest?.is.Timeout));
        expect(JSON.stringify(queue?.is.RedrivePolicy)).toContain("NietOpgenomen");
        const [source] = all("AWS::Lambda::EventSourceMapping");
        expect(source?.is.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
        expect(source?.is.ScalingConfig).toEqual({ MaximumConcurrency: 3 });
    });

    it("runs every function on arm64 and Node 24, with handlers that exist", () => {
        const handlers = all("AWS::Lambda::Function", templates);
        for (const { at, is } of handlers)
            expect([at, is.Runtime, is.Architectures]).toEqual([at, "nodejs24.x", ["arm64"]]);
        for (const { is } of handlers)
            expect(() =>
                readFileSync(
                    join(import.meta.dirname, `../pipelines/handlers/${String(is.Handler).replace(".handler", ".ts")}`),
                ),
            ).not.toThrow();
    });

    it("protects what lives long against removal, and puts only the edge's own things outside the region", () => {
        const regions = new Set(templates.map(({ stack }) => /Rand(Log)?$/.test(stack)));
        expect([...regions].sort()).toEqual([false, true]);
        for (const { stack, resources } of templates.filter((one) => /-Rand$/.test(one.stack)))
            expect([stack, Object.values(resources).filter(({ Type }) => /S3|DynamoDB|Lambda/.test(Type))]).toEqual([
                stack,
                [],
            ]);
    });

    it("serves pages over TLS 1.2, those of an audience to signed cookies only, all through the function that is tested here", () => {
        const [edge] = all("AWS::CloudFront::Distribution");
        const config = edge?.is.DistributionConfig as DistributionConfig;
        expect(config.ViewerCertificate.MinimumProtocolVersion).toBe("TLSv1.2_2021");
        const behaviors = [config.DefaultCacheBehavior, ...config.CacheBehaviors];
        const closed = behaviors.filter(({ TrustedKeyGroups = [] }) => TrustedKeyGroups.length === 1);
        expect(closed.map(({ PathPattern }) => PathPattern)).toEqual(RESTRICTED_PATTERNS);
        expect(behaviors.length).toBe(RESTRICTED_PATTERNS.length + 4);
        for (const { PathPattern, ViewerProtocolPolicy, FunctionAssociations } of behaviors)
            expect([PathPattern, ViewerProtocolPolicy, FunctionAssociations.length]).toEqual([
                PathPattern,
                "redirect-to-https",
                1,
            ]);
        const [paths] = all("AWS::CloudFront::Function");
        expect(paths?.is.FunctionCode).toBe(
            readFileSync(join(import.meta.dirname, "../pipelines/edge/viewer-request.js"), "utf8"),
        );
        const log = all("AWS::Logs::LogGroup").find(
            ({ is }) => is.LogGroupName === `/aws/cloudfront/function/${paths?.is.Name}`,
        );
        expect([log?.at.split("/")[0], log?.is.RetentionInDays]).toEqual(["Regiospiegel-voorbeeld-Rand", 1827]);
        const [read] = all("AWS::S3::BucketPolicy").filter(({ is }) =>
            JSON.stringify(is).includes("cloudfront.amazonaws.com"),
        );
        expect(JSON.stringify(read?.is)).toContain("AWS:SourceArn");
    });

    it("sends the headers that serve sends here, word for word", () => {
        const policies = all("AWS::CloudFront::ResponseHeadersPolicy").map(({ is }) => headersOf(is));
        const expected = (cacheControl: string) => ({ ...SECURITY_HEADERS, "Cache-Control": cacheControl });
        expect(policies).toEqual([expected(NOT_KEPT), expected(KEPT)]);
    });

    it("begins with a key that nobody has, and renews it by itself", () => {
        const [first] = all("AWS::CloudFront::PublicKey");
        const config = first?.is.PublicKeyConfig as { EncodedKey: string } | undefined;
        const { n = "" } = createPublicKey(config?.EncodedKey ?? "").export({ format: "jwk" });
        const modulus = BigInt(`0x${Buffer.from(n, "base64url").toString("hex")}`).toString();
        // The number of the challenge: 617 digits, its first and its last.
        expect([modulus.length, modulus.slice(0, 20), modulus.slice(-20)]).toEqual([
            617,
            "25195908475657893494",
            "10397122822120720357",
        ]);
        const [schedule] = all("AWS::SecretsManager::RotationSchedule");
        expect(schedule?.is).toMatchObject({
            RotationRules: { AutomaticallyAfterDays: 30 },
            RotateImmediatelyOnUpdate: true,
        });
        expect(JSON.stringify(templates)).not.toContain("PRIVATE KEY");
    });

    it("lets Athena read the lake's tables as the engine does, and breaks off a query that reads too much", () => {
        const tables = all("AWS::Glue::Table").map(({ is }) => is.TableInput as { Name: string });
        expect(tables.map(({ Name }) => Name).sort()).toEqual([...lakeTableNames()].sort());
        expect(JSON.stringify(tables)).toContain("/manifests/patients/release=");
        const [group] = all("AWS::Athena::WorkGroup");
        expect(group?.is.WorkGroupConfiguration).toMatchObject({
            EnforceWorkGroupConfiguration: true,
            BytesScannedCutoffPerQuery: 50_000_000_000,
        });
    });

    it("rings for every matter that is on the list", () => {
        const names = all("AWS::CloudWatch::Alarm").map(({ is }) =>
            String(is.AlarmName).replace("regiospiegel-voorbeeld-", ""),
        );
        expect(names).toEqual(
            expect.arrayContaining([
                "niet-opgenomen",
                "niet-bezorgd",
                "geweigerd",
                "te-laat",
                "niet-gepubliceerd",
                "berekening-mislukt",
                "duur-opnemen",
                "inloggen-mislukt",
                "sleutels-niet-vernieuwd",
            ]),
        );
        expect(all("AWS::CloudWatch::Alarm").every(({ is }) => (is.AlarmActions as unknown[]).length === 1)).toBe(true);
        expect(all("AWS::Budgets::Budget")).toHaveLength(1);
    });

    it("refuses settings that say something impossible", () => {
        const mail = { mail: "beheer@example.org" };
        const domain = { name: "a.example.org", zoneId: "Z1", zoneName: "example.org" };
        expect(() => settings({ stage: "Te Lang En Met Spaties", domain, watch: mail })).toThrow();
        expect(() => settings({ stage: "proef", domain, watch: { mail: "geen adres" } })).toThrow();
        expect(() => settings({ stage: "proef", domain, watch: mail, arrivals: { atOnce: 1 } })).toThrow();
    });
});

describe("the pages for people", () => {
    const folder = join(import.meta.dirname, "..");

    it("name only files that exist", () => {
        const pages = readdirSync(join(folder, "infra")).filter((name) => name.endsWith(".md"));
        const named = pages.flatMap((page) =>
            [
                ...readFileSync(join(folder, "infra", page), "utf8").matchAll(
                    /`((?:infra|pipelines|tests)\/[\w./-]+)`/g,
                ),
            ].map(([, path = ""]) => path),
        );
        expect(named.length).toBeGreaterThan(20);
        expect(named.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
    });

    it("say what to do for every alarm", () => {
        const text = readFileSync(join(folder, "infra/beheer.md"), "utf8");
        const names = all("AWS::CloudWatch::Alarm").map(({ is }) => String(is.AlarmName).split("-voorbeeld-")[1] ?? "");
        const told = (name: string) => text.includes(name) || (name.startsWith("duur-") && text.includes("duur-…"));
        expect(names.filter((name) => !told(name) && !/^berekening-/.test(name))).toEqual([]);
        expect(text).toContain("berekening-mislukt, -afgebroken");
    });
});

describe("the state machine", () => {
    it("is what Amazon's States Language allows", () => {
        const { isValid, errorsText } = validateStates(refreshMachine({ atOnce: 5 }));
        expect(`${isValid} ${errorsText("\n")}`).toBe("true ");
    });
});

async function may(name: string, action: string, resource: string): Promise<boolean> {
    const role = roles.find((one) => one.name === name);
    if (!role) throw new Error(`There is no role ${name}; there are ${roles.map((one) => one.name).join(", ")}.`);
    return mayDo(role, EXAMPLE_ACCOUNT, action, resource);
}

describe("each function can do what it does, and nothing else", () => {
    for (const [name, { may: allowed, mayNot }] of Object.entries(RIGHTS))
        it(name, async () => {
            for (const [action, resource] of allowed)
                expect([action, resource, await may(name, action, resource)]).toEqual([action, resource, true]);
            for (const [action, resource] of mayNot)
                expect([action, resource, await may(name, action, resource)]).toEqual([action, resource, false]);
        });

    it("no right names all actions of a service, and everything is named where AWS lets one name it", () => {
        const stars = roles.flatMap(({ name, statements }) =>
            statements.flatMap(({ actions, resources }) => [
                ...actions.filter((action) => action.includes("*")).map((action) => `${name} ${action}`),
                ...(resources.includes("*")
                    ? actions.filter((action) => !/^(xray|logs|cloudfront):/.test(action))
                    : []),
            ]),
        );
        expect(stars).toEqual([]);
    });
});
