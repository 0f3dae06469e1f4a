import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import type { ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import {
    AllowedMethods,
    type BehaviorOptions,
    CachePolicy,
    Distribution,
    Function as EdgeFunction,
    FunctionCode,
    FunctionEventType,
    FunctionRuntime,
    HeadersFrameOption,
    HeadersReferrerPolicy,
    HttpVersion,
    type IKeyGroup,
    KeyValueStore,
    OriginRequestPolicy,
    PriceClass,
    ResponseHeadersPolicy,
    S3OriginAccessControl,
    SecurityPolicyProtocol,
    Signing,
    ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { FunctionUrlOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { FunctionUrlAuthType, type IFunction } from "aws-cdk-lib/aws-lambda";
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from "aws-cdk-lib/aws-route53";
import { CloudFrontTarget } from "aws-cdk-lib/aws-route53-targets";
import { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { SECURITY_HEADERS } from "../pipelines/edge/security-headers.ts";
import { acknowledge } from "./acknowledge.ts";
import { privateBucket, type Storage } from "./bucket.ts";
import { dataKey, type LakeStack } from "./lake.ts";
import type { Issuer } from "./login.ts";
import type { Settings } from "./settings.ts";

/** What says who may see which page: made for the login function and path function, handed in here. */
export interface SiteAccess {
    /** Text of the viewer-request function: lets clean paths through, and leads them to the live publication. */
    pathFunction: string;
    /** Paths that the login function answers, as CloudFront writes them. */
    loginPaths: readonly string[];
    /** Paths of pages that need no cookie. */
    openPaths: readonly string[];
    /** Builds the login function, and the keys that its cookies are signed with, in the stack of the site. */
    build(stack: Stack, parts: AccessParts): { login: IFunction; keys: IKeyGroup };
}

export interface AccessParts {
    settings: Settings;
    assets: string;
    data: LakeStack;
    issuer: Issuer;
    /** Address of the pages. */
    address: string;
}

export interface SiteProps extends StackProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
    /** What stands before the pages; absent: they are made and kept, and nothing serves them. */
    edge?: { access: SiteAccess; issuer: Issuer; firewall: string | undefined; certificate: ICertificate };
}

/** The pages and the edge that serves them to whoever may see them. */
export class SiteStack extends Stack {
    readonly pages: Storage;
    /** Which publication is live, as the edge reads it. */
    readonly pointer: KeyValueStore;
    readonly distribution: Distribution | undefined;

    constructor(scope: Construct, id: string, props: SiteProps) {
        super(scope, id, { ...props, terminationProtection: true, description: "Regiospiegel: de pagina's" });
        const { settings, data, edge } = props;
        const key = dataKey(this, "Sleutel", "gepubliceerde pagina's");
        this.pages = privateBucket(this, "Paginas", {
            stage: settings.stage,
            key,
            logs: data.logs,
            lifecycle: [{ id: "oude-versies", noncurrentVersionExpiration: Duration.days(30) }],
        });
        this.pointer = new KeyValueStore(this, "Aanwijzer", {
            keyValueStoreName: `regiospiegel-${settings.stage}`,
            comment: "De publicatie die live is",
        });
        if (edge) this.distribution = this.#edge(props, edge);
    }

    #edge({ settings, assets, data }: SiteProps, edge: NonNullable<SiteProps["edge"]>): Distribution {
        const { access, issuer, firewall, certificate } = edge;
        const address = `https://${settings.domain.name}`;
        const { login: loginFunction, keys } = access.build(this, { settings, assets, data, issuer, address });
        const paths = new EdgeFunction(this, "Paden", {
            code: FunctionCode.fromInline(access.pathFunction),
            runtime: FunctionRuntime.JS_2_0,
            keyValueStore: this.pointer,
            comment: "Laat alleen schone paden door, naar de publicatie die live is",
        });
        // By its fixed name: a reference would close a circle from edge to bucket to key to edge.
        const bucket = Bucket.fromBucketAttributes(this, "Oorsprong", {
            bucketName: this.pages.name,
            region: this.region,
        });
        const origin = S3BucketOrigin.withOriginAccessControl(bucket, {
            originAccessControl: new S3OriginAccessControl(this, "Toegang", { signing: Signing.SIGV4_ALWAYS }),
        });
        const common = {
            viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            responseHeadersPolicy: this.#headers(),
            functionAssociations: [{ function: paths, eventType: FunctionEventType.VIEWER_REQUEST }],
        };
        const page: BehaviorOptions = {
            ...common,
            origin,
            compress: true,
            allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
            // Names of a publication never change what they hold, so the edge may keep them; browsers may not.
            cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        };
        const url = loginFunction.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
        const login: BehaviorOptions = {
            ...common,
            origin: FunctionUrlOrigin.withOriginAccessControl(url),
            allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
            cachePolicy: CachePolicy.CACHING_DISABLED,
            originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        };
        const distribution = new Distribution(this, "Rand", {
            comment: `Regiospiegel ${settings.stage}`,
            defaultBehavior: { ...page, trustedKeyGroups: [keys] },
            additionalBehaviors: Object.fromEntries([
                ...access.openPaths.map((path) => [path, page] as const),
                ...access.loginPaths.map((path) => [path, login] as const),
            ]),
            httpVersion: HttpVersion.HTTP2_AND_3,
            priceClass: PriceClass.PRICE_CLASS_100,
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate,
            domainNames: [settings.domain.name],
            ...(firewall ? { webAclId: firewall } : {}),
            // A key that does not exist reads as forbidden, because the edge may not list.
            errorResponses: [403, 404].map((httpStatus) => ({
                httpStatus,
                responseHttpStatus: 404,
                responsePagePath: "/niet-gevonden/",
                ttl: Duration.seconds(10),
            })),
        });
        this.#letRead(distribution);
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
        this.#name(distribution, settings);
        return distribution;
    }

    #name(distribution: Distribution, { domain }: Settings): void {
        const { name, zoneId, zoneName } = domain;
        const zone = HostedZone.fromHostedZoneAttributes(this, "Zone", { hostedZoneId: zoneId, zoneName });
        const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
        new ARecord(this, "Adres", { zone, recordName: name, target });
        new AaaaRecord(this, "Adres6", { zone, recordName: name, target });
    }

    #headers(): ResponseHeadersPolicy {
        return new ResponseHeadersPolicy(this, "Koppen", {
            comment: "Pagina's brengen alles zelf mee; een browser bewaart ze niet",
            securityHeadersBehavior: {
                contentSecurityPolicy: {
                    contentSecurityPolicy: SECURITY_HEADERS["Content-Security-Policy"] ?? "",
                    override: true,
                },
                contentTypeOptions: { override: true },
                frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
                referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
                strictTransportSecurity: {
                    accessControlMaxAge: Duration.days(730),
                    includeSubdomains: true,
                    override: true,
                },
            },
            customHeadersBehavior: {
                customHeaders: [
                    ...["Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"].map(
                        (header) => ({ header, value: SECURITY_HEADERS[header] ?? "", override: true }),
                    ),
                    { header: "Cache-Control", value: "private, no-store", override: true },
                ],
            },
        });
    }

    /** This edge, and no other, reads pages and uses their key. */
    #letRead(distribution: Distribution): void {
        const principals = [new ServicePrincipal("cloudfront.amazonaws.com")];
        const conditions = { StringEquals: { "AWS:SourceArn": distribution.distributionArn } };
        const { bucket, key } = this.pages;
        bucket.addToResourcePolicy(
            new PolicyStatement({
                principals,
                actions: ["s3:GetObject"],
                resources: [bucket.arnForObjects("*")],
                conditions,
            }),
        );
        key.addToResourcePolicy(
            new PolicyStatement({ principals, actions: ["kms:Decrypt"], resources: ["*"], conditions }),
        );
    }
}
