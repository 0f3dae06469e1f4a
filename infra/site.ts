import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import type { ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import {
    AllowedMethods,
    type BehaviorOptions,
    CachePolicy,
    type CfnDistribution,
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
import { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { SECURITY_HEADERS } from "../dashboards/serve.ts";
import { acknowledge } from "./acknowledge.ts";
import { privateBucket, type Storage } from "./bucket.ts";
import { dataKey, type LakeStack } from "./lake.ts";
import type { Settings } from "./settings.ts";

/** Who may see which page: made elsewhere, handed in here. */
export interface SiteAccess {
    /** Text of the viewer-request function: lets clean paths through, and leads them to the live publication. */
    pathFunction: string;
    /** Checks who somebody is and gives signed cookies. */
    login: IFunction;
    /** Paths that the login function answers. */
    loginPaths: readonly string[];
    /** Paths that need no cookie. */
    openPaths: readonly string[];
    /** The keys that cookies are signed with. */
    keys: IKeyGroup;
}

export interface SiteProps extends StackProps {
    settings: Settings;
    data: LakeStack;
    /** Absent: pages are made and kept, and nothing serves them. */
    access?: SiteAccess;
    firewall?: string;
    certificate?: ICertificate;
}

/** The pages and the edge that serves them to whoever may see them. */
export class SiteStack extends Stack {
    readonly pages: Storage;
    /** Which publication is live, as the edge reads it. */
    readonly pointer: KeyValueStore;
    readonly distribution: Distribution | undefined;

    constructor(scope: Construct, id: string, props: SiteProps) {
        super(scope, id, { ...props, terminationProtection: true, description: "Regiospiegel: de pagina's" });
        const { settings, data, access } = props;
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
        if (access) this.distribution = this.#edge(props, access);
    }

    #edge({ settings, data, firewall, certificate }: SiteProps, access: SiteAccess): Distribution {
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
        const url = access.login.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
        const login: BehaviorOptions = {
            ...common,
            origin: FunctionUrlOrigin.withOriginAccessControl(url),
            allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
            cachePolicy: CachePolicy.CACHING_DISABLED,
            originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        };
        const distribution = new Distribution(this, "Rand", {
            comment: `Regiospiegel ${settings.stage}`,
            defaultBehavior: { ...page, trustedKeyGroups: [access.keys] },
            additionalBehaviors: Object.fromEntries([
                ...access.openPaths.map((path) => [path, page] as const),
                ...access.loginPaths.map((path) => [path, login] as const),
            ]),
            httpVersion: HttpVersion.HTTP2_AND_3,
            priceClass: PriceClass.PRICE_CLASS_100,
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            ...(certificate && settings.domain ? { certificate, domainNames: [settings.domain.name] } : {}),
            ...(firewall ? { webAclId: firewall } : {}),
            // A key that does not exist reads as forbidden, because the edge may not list.
            errorResponses: [403, 404].map((httpStatus) => ({
                httpStatus,
                responseHttpStatus: 404,
                responsePagePath: "/niet-gevonden/",
                ttl: Duration.seconds(10),
            })),
        });
        this.#logAccess(distribution, data);
        this.#letRead(distribution);
        acknowledge(distribution, {
            ...(certificate
                ? {}
                : {
                      "AwsSolutions-CFR4":
                          "Zonder eigen adres geldt het certificaat van CloudFront, en dan stelt AWS de laagste TLS-versie vast. Met settings.domain geldt TLS 1.2 (2021).",
                  }),
            ...(firewall
                ? {}
                : {
                      "AwsSolutions-CFR2":
                          "De firewall staat uit bij settings.firewall: null; dan is dit een keuze van de beheerder.",
                  }),
        });
        return distribution;
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

    /** Standard logs: who asked for which page, kept with the other logs. */
    #logAccess(distribution: Distribution, data: LakeStack): void {
        const node = distribution.node.defaultChild as CfnDistribution;
        node.addPropertyOverride("DistributionConfig.Logging", {
            Bucket: data.logs.bucketRegionalDomainName,
            Prefix: "rand/",
            IncludeCookies: false,
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
