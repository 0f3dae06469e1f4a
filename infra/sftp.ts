import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { CfnServer, CfnUser } from "aws-cdk-lib/aws-transfer";
import { Construct } from "constructs";
import { ARRIVALS } from "../pipelines/handler/places.ts";
import type { Storage } from "./bucket.ts";
import { onThese, useKey } from "./permissions.ts";
import { NarrowRole } from "./role.ts";
import type { Settings } from "./settings.ts";

export interface SftpProps {
    incoming: Storage;
    senders: Settings["arrivals"]["sftp"];
    operations: Key;
    settings: Settings;
}

/** SFTP for senders whose software knows nothing else: keys only, and each sees a folder of its own to write in. */
export class Sftp extends Construct {
    constructor(scope: Construct, id: string, { incoming, senders, operations, settings }: SftpProps) {
        super(scope, id);
        const log = new LogGroup(this, "Log", {
            encryptionKey: operations,
            retention: settings.watch.logDays,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        const server = new CfnServer(this, "Server", {
            protocols: ["SFTP"],
            identityProviderType: "SERVICE_MANAGED",
            endpointType: "PUBLIC",
            securityPolicyName: "TransferSecurityPolicy-2025-03",
            structuredLogDestinations: [log.logGroupArn],
        });
        for (const { sender, publicKey } of senders) {
            const folder = `${ARRIVALS}${sender}/`;
            const { role } = new NarrowRole(
                this,
                `Rol ${sender}`,
                new ServicePrincipal("transfer.amazonaws.com", {
                    conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
                }),
                [
                    onThese(
                        ["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject", "s3:DeleteObject"],
                        [`${incoming.arn}/${folder}*`],
                        "De afzender schrijft onder zijn eigen voorvoegsel; de namen van zijn leveringen kiest hij zelf.",
                    ),
                    {
                        statements: [
                            new PolicyStatement({
                                actions: ["s3:ListBucket"],
                                resources: [incoming.arn],
                                conditions: { StringLike: { "s3:prefix": [`${folder}*`] } },
                            }),
                            useKey(incoming.key, "s3", ["kms:Decrypt", "kms:GenerateDataKey"]),
                        ],
                    },
                ],
            );
            new CfnUser(this, `Afzender ${sender}`, {
                serverId: server.attrServerId,
                userName: `afzender-${sender}`,
                role: role.roleArn,
                homeDirectoryType: "LOGICAL",
                homeDirectoryMappings: [{ entry: "/", target: `/${incoming.name}/${folder.slice(0, -1)}` }],
                sshPublicKeys: [publicKey],
            });
        }
    }
}
