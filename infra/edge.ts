import { RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Certificate, CertificateValidation, type ICertificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Key } from "aws-cdk-lib/aws-kms";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { HostedZone } from "aws-cdk-lib/aws-route53";
import { CfnLoggingConfiguration, CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import { dataKey } from "./lake.ts";
import type { Settings } from "./settings.ts";

/** CloudFront takes its firewall and certificate from this region only. */
export const EDGE_REGION = "us-east-1";

/** What the edge needs that can only live in us-east-1. Nothing of anybody is kept there but the firewall's own log. */
export class EdgeStack extends Stack {
    readonly firewall: string | undefined;
    readonly certificate: ICertificate | undefined;

    constructor(scope: Construct, id: string, props: StackProps & { settings: Settings }) {
        super(scope, id, { ...props, description: "Regiospiegel: firewall en certificaat van de rand" });
        const { settings } = props;
        if (settings.firewall)
            this.firewall = this.#firewall(settings.stage, settings.firewall, settings.watch.logDays);
        if (settings.domain) {
            const { name, zoneId, zoneName } = settings.domain;
            const zone = HostedZone.fromHostedZoneAttributes(this, "Zone", { hostedZoneId: zoneId, zoneName });
            this.certificate = new Certificate(this, "Certificaat", {
                domainName: name,
                validation: CertificateValidation.fromDns(zone),
            });
        }
    }

    #firewall(stage: string, rules: NonNullable<Settings["firewall"]>, days: number): string {
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
            encryptionKey: this.#logKey(),
            retention: days,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        new CfnLoggingConfiguration(this, "Noteren", {
            resourceArn: acl.attrArn,
            logDestinationConfigs: [log.logGroupArn],
            redactedFields: [{ singleHeader: { Name: "cookie" } }, { singleHeader: { Name: "authorization" } }],
        });
        return acl.attrArn;
    }

    #logKey(): Key {
        return dataKey(this, "Sleutel", "logboek van de firewall");
    }
}
