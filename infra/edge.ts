import { CrossStackReferences, ReferenceStrength, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Certificate, CertificateValidation, type ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import type { IDistribution } from "aws-cdk-lib/aws-cloudfront";
import type { Key } from "aws-cdk-lib/aws-kms";
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource, LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { HostedZone } from "aws-cdk-lib/aws-route53";
import { CfnLoggingConfiguration, CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct, IConstruct } from "constructs";
import { dataKey, letUse } from "./lake.ts";
import type { Settings } from "./settings.ts";

/** CloudFront takes its firewall and certificate from this region only. */
export const EDGE_REGION = "us-east-1";

/** The function before every page, and where CloudFront writes down what it says: that name is CloudFront's. */
export const pathFunctionName = (stage: string): string => `regiospiegel-${stage}-paden`;

/** What the edge needs that can only live in us-east-1. Kept there are two logs: of the firewall, and of who opened which page. */
export class EdgeStack extends Stack {
    readonly firewall: string | undefined;
    readonly certificate: ICertificate;

    constructor(scope: Construct, id: string, props: StackProps & { settings: Settings }) {
        super(scope, id, { ...props, description: "Regiospiegel: firewall en certificaat van de rand" });
        const { settings } = props;
        const key = logKey(this);
        if (settings.firewall) this.firewall = this.#firewall(settings.stage, settings.firewall, settings.watch, key);
        new LogGroup(this, "Paginas", {
            logGroupName: `/aws/cloudfront/function/${pathFunctionName(settings.stage)}`,
            encryptionKey: key,
            // NEN 7513
            retention: RetentionDays.FIVE_YEARS,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        const { name, zoneId, zoneName } = settings.domain;
        const zone = HostedZone.fromHostedZoneAttributes(this, "Zone", { hostedZoneId: zoneId, zoneName });
        this.certificate = new Certificate(this, "Certificaat", {
            domainName: name,
            validation: CertificateValidation.fromDns(zone),
        });
        readElsewhere(this.certificate);
    }

    #firewall(
        stage: string,
        rules: NonNullable<Settings["firewall"]>,
        { logDays }: Settings["watch"],
        encryptionKey: Key,
    ): string {
        const visible = (metricName: string) => ({
            cloudWatchMetricsEnabled: true,
            metricName,
            // A sampled request would hold cookies.
            sampledRequestsEnabled: false,
        });
        const acl = new CfnWebACL(this, "Firewall", {
            scope: "CLOUDFRONT",
            defaultAction: { allow: {} },
            visibilityConfig: visible("firewall"),
            rules: [
                {
                    name: "tempo",
                    priority: 0,
                    action: { block: {} },
                    statement: { rateBasedStatement: { limit: rules.requestsPer5Minutes, aggregateKeyType: "IP" } },
                    visibilityConfig: visible("tempo"),
                },
                {
                    name: "bekende-aanvallen",
                    priority: 1,
                    overrideAction: { none: {} },
                    statement: {
                        managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
                    },
                    visibilityConfig: visible("bekende-aanvallen"),
                },
                ...(rules.countries
                    ? [
                          {
                              name: "landen",
                              priority: 2,
                              action: { block: {} },
                              statement: {
                                  notStatement: {
                                      statement: { geoMatchStatement: { countryCodes: rules.countries } },
                                  },
                              },
                              visibilityConfig: visible("landen"),
                          },
                      ]
                    : []),
            ],
        });
        const log = new LogGroup(this, "Log", {
            // A name that WAF insists on.
            logGroupName: `aws-waf-logs-regiospiegel-${stage}`,
            encryptionKey,
            retention: logDays,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        new CfnLoggingConfiguration(this, "Noteren", {
            resourceArn: acl.attrArn,
            logDestinationConfigs: [log.logGroupArn],
            redactedFields: [{ singleHeader: { Name: "cookie" } }, { singleHeader: { Name: "authorization" } }],
        });
        readElsewhere(acl);
        return acl.attrArn;
    }
}

/** Read from another region by name: the library's other way takes functions of its own with broad rights. */
const readElsewhere = (resource: IConstruct): void => CrossStackReferences.of(resource).produce(ReferenceStrength.WEAK);

function logKey(stack: Stack): Key {
    const key = dataKey(stack, "Sleutel", "logboeken van de rand");
    letUse(key, stack, `logs.${stack.region}`);
    return key;
}

export interface EdgeLogProps extends StackProps {
    settings: Settings;
    distribution: IDistribution;
    logs: { arn: string };
}

/** Who asked the edge for which page, in the bucket with the other logs (NEN 7513); CloudFront tells it from us-east-1. */
export class EdgeLogStack extends Stack {
    constructor(scope: Construct, id: string, props: EdgeLogProps) {
        super(scope, id, { ...props, description: "Regiospiegel: wie welke pagina opvroeg" });
        const { settings, distribution, logs } = props;
        readElsewhere(distribution);
        const name = `regiospiegel-${settings.stage}-rand`;
        const source = new CfnDeliverySource(this, "Bron", {
            name,
            logType: "ACCESS_LOGS",
            resourceArn: `arn:${this.partition}:cloudfront::${this.account}:distribution/${distribution.distributionId}`,
        });
        const destination = new CfnDeliveryDestination(this, "Bestemming", {
            name,
            outputFormat: "json",
            destinationResourceArn: logs.arn,
        });
        const delivery = new CfnDelivery(this, "Bezorging", {
            deliverySourceName: source.name,
            deliveryDestinationArn: destination.attrArn,
            s3SuffixPath: "rand/{yyyy}/{MM}/{dd}",
        });
        delivery.addResourceDependency(source);
    }
}
