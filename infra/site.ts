import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import {
    AllowedMethods,
    type BehaviorOptions,
    CachePolicy,
    Distribution,
    Function as EdgeFunction,
    FunctionCode,
    FunctionEventType,
    FunctionRuntime,
    HttpVersion,
    type IOrigin,
    KeyValueStore,
    OriginRequestCookieBehavior,
    OriginRequestHeaderBehavior,
    OriginRequestPolicy,
    OriginRequestQueryStringBehavior,
    PriceClass,
    S3OriginAccessControl,
    SecurityPolicyProtocol,
    Signing,
    ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { FunctionUrlOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { FunctionUrlAuthType } from "aws-cdk-lib/aws-lambda";
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from "aws-cdk-lib/aws-route53";
import { CloudFrontTarget } from "aws-cdk-lib/aws-route53-targets";
import { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { RESTRICTED_PATTERNS } from "../pipelines/access/audience-path.ts";
import { ACCESS_PATH } from "../pipelines/access.ts";
import { functionSource } from "../pipelines/edge/function-runtime.ts";
import { KEPT, NOT_KEPT } from "../pipelines/edge/security-headers.ts";
import { Access } from "./access.ts";
import { acknowledge } from "./acknowledge.ts";
import { privateBucket, type Storage } from "./bucket.ts";
import { type EdgeStack, pathFunctionName } from "./edge.ts";
import { headersPolicy } from "./headers.ts";
import { dataKey, type LakeStack } from "./lake.ts";
import type { Issuer } from "./login.ts";
import type { Settings } from "./settings.ts";

/** Runs before every page, as it is. */
const PATH_FUNCTION = await functionSource();

/** What takes the place of an answer (pipelines/edge/edge.ts). */
const ERROR_PAGES = { 403: "/deur/geweigerd.html", 404: "/deur/niet-gevonden.html" };

export interface SiteProps extends StackProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
    issuer: Issuer;
    edge: EdgeStack;
}

/** The pages, who may see them, and the edge that serves them to nobody else. */
export class SiteStack extends Stack {
    readonly pages: Storage;
    /** What the edge must know at once: which publication is live, keys of passes, who was turned away. */
    readonly facts: KeyValueStore;
    readonly access: Access;
    readonly distribution: Distribution;

    constructor(scope: Construct, id: string, props: SiteProps) {
        super(scope, id, { ...props, terminationProtection: true, description: "Regiospiegel: de pagina's" });
        const { settings, data } = props;
        const key = dataKey(this, "Sleutel", "gepubliceerde pagina's");
        this.pages = privateBucket(this, "Paginas", {
            stage: settings.stage,
            key,
            logs: data.logs,
            lifecycle: [{ id: "oude-versies", noncurrentVersionExpiration: Duration.days(30) }],
        });
        this.facts = new KeyValueStore(this, "Aanwijzer", {
            keyValueStoreName: `regiospiegel-${settings.stage}`,
            comment: "Welke publicatie live is, sleutels van passen, wie geweerd is",
        });
        this.access = new Access(this, "Toegang", { ...props, pages: this.pages, facts: this.facts });
        this.distribution = this.#edge(props);
        this.#letRead(this.distribution);
        this.#name(this.distribution, settings);
    }

    #edge({ settings, edge }: SiteProps): Distribution {
        const { firewall, certificate } = edge;
        const distribution = new Distribution(this, "Rand", {
            comment: `Regiospiegel ${settings.stage}`,
            ...this.#behaviors(settings.stage),
            // The function leads every path on; the bucket's own list of names must not be asked for, whatever happens.
            defaultRootObject: "index.html",
            httpVersion: HttpVersion.HTTP2_AND_3,
            priceClass: PriceClass.PRICE_CLASS_100,
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate,
            domainNames: [settings.domain.name],
            ...(firewall ? { webAclId: firewall } : {}),
            errorResponses: Object.entries(ERROR_PAGES).map(([status, responsePagePath]) => ({
                httpStatus: Number(status),
                responseHttpStatus: Number(status),
                responsePagePath,
                ttl: Duration.seconds(10),
            })),
        });
        acknowledge(distribution, {
            "AwsSolutions-CFR1":
                "Wie mag kijken beslist het inloggen, niet het land: artsen kijken ook op reis. settings.firewall.countries beperkt de landen als de organisatie dat wil.",
            "AwsSolutions-CFR3":
                "De toegang wordt genoteerd met logboeken van de tweede soort (stack RandLog); de oude soort vraagt een bucket met ACL's.",
            ...(firewall
                ? {}
                : { "AwsSolutions-CFR2": "De firewall staat uit in settings.firewall: een besluit van de beheerder." }),
        });
        acknowledge(this, {
            "@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac":
                "Het recht om te lezen staat hieronder uitgeschreven, voor deze ene rand.",
        });
        return distribution;
    }

    /** As pipelines/edge/edge.ts chooses: pages of an audience want signed cookies, and the function judges every path. */
    #behaviors(stage: string): {
        defaultBehavior: BehaviorOptions;
        additionalBehaviors: Record<string, BehaviorOptions>;
    } {
        const paths = new EdgeFunction(this, "Paden", {
            functionName: pathFunctionName(stage),
            code: FunctionCode.fromInline(PATH_FUNCTION),
            runtime: FunctionRuntime.JS_2_0,
            keyValueStore: this.facts,
            comment: "Alleen schone paden, alleen met een pas, en een regel in het logboek voor elke pagina",
        });
        const notKept = headersPolicy(this, "Koppen", "Een browser bewaart geen pagina", NOT_KEPT);
        const kept = headersPolicy(this, "KoppenVast", "Wat naar zijn inhoud heet mag blijven", KEPT);
        const page: BehaviorOptions = {
            origin: this.#bucketOrigin(),
            viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            responseHeadersPolicy: notKept,
            functionAssociations: [{ function: paths, eventType: FunctionEventType.VIEWER_REQUEST }],
            compress: true,
            allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
            // Names of a publication never change what they hold, so the edge may keep them; browsers may not.
            cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        };
        const login: BehaviorOptions = {
            ...page,
            origin: this.#loginOrigin(),
            compress: false,
            cachePolicy: CachePolicy.CACHING_DISABLED,
            originRequestPolicy: new OriginRequestPolicy(this, "Vraag", {
                comment: "Wat de inlogfunctie van een bezoeker weet",
                cookieBehavior: OriginRequestCookieBehavior.all(),
                queryStringBehavior: OriginRequestQueryStringBehavior.all(),
                headerBehavior: OriginRequestHeaderBehavior.allowList("CloudFront-Viewer-Address", "Sec-Fetch-Site"),
            }),
        };
        const restricted = { ...page, trustedKeyGroups: [this.access.keys] };
        return {
            defaultBehavior: page,
            additionalBehaviors: {
                ...Object.fromEntries(RESTRICTED_PATTERNS.map((pattern) => [pattern, restricted])),
                [`${ACCESS_PATH}*`]: login,
                "/assets/*": { ...page, responseHeadersPolicy: kept },
                // It goes with the code, under names that do not change.
                "/deur/*": { ...page, cachePolicy: CachePolicy.CACHING_DISABLED },
            },
        };
    }

    #bucketOrigin(): IOrigin {
        // By its fixed name: a reference would close a circle from edge to bucket to key to edge.
        const bucket = Bucket.fromBucketAttributes(this, "Oorsprong", {
            bucketName: this.pages.name,
            region: this.region,
        });
        return S3BucketOrigin.withOriginAccessControl(bucket, {
            originAccessControl: new S3OriginAccessControl(this, "Lezen", { signing: Signing.SIGV4_ALWAYS }),
        });
    }

    #loginOrigin(): IOrigin {
        const url = this.access.login.function.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
        return FunctionUrlOrigin.withOriginAccessControl(url);
    }

    #name(distribution: Distribution, { domain }: Settings): void {
        const { name, zoneId, zoneName } = domain;
        const zone = HostedZone.fromHostedZoneAttributes(this, "Zone", { hostedZoneId: zoneId, zoneName });
        const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
        new ARecord(this, "Adres", { zone, recordName: name, target });
        new AaaaRecord(this, "Adres6", { zone, recordName: name, target });
    }

    /** This edge, and no other, reads pages. Their key is open to edges of this account: to name this one would close a circle. */
    #letRead(distribution: Distribution): void {
        const principals = [new ServicePrincipal("cloudfront.amazonaws.com")];
        const conditions = { StringEquals: { "AWS:SourceArn": distribution.distributionArn } };
        const { bucket, key } = this.pages;
        const allow = (action: string, resource: string) =>
            bucket.addToResourcePolicy(
                new PolicyStatement({ principals, actions: [action], resources: [resource], conditions }),
            );
        allow("s3:GetObject", bucket.arnForObjects("*"));
        // What is absent reads as absent, and not as forbidden, only to who may list; the edge never asks for a list.
        allow("s3:ListBucket", bucket.bucketArn);
        const edges = `arn:${this.partition}:cloudfront::${this.account}:distribution/*`;
        key.addToResourcePolicy(
            new PolicyStatement({
                principals,
                actions: ["kms:Decrypt"],
                resources: ["*"],
                conditions: { ArnLike: { "AWS:SourceArn": edges } },
            }),
        );
    }
}
