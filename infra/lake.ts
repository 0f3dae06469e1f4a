import { CfnResource, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { CfnWorkGroup } from "aws-cdk-lib/aws-athena";
import { CfnTrail } from "aws-cdk-lib/aws-cloudtrail";
import { AttributeType, Billing, type ITable, TableEncryptionV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { CfnDatabase } from "aws-cdk-lib/aws-glue";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { glueTables } from "../pipelines/glue.ts";
import { ARRIVALS, LETTERS } from "../pipelines/handler/places.ts";
import { acknowledge } from "./acknowledge.ts";
import { expiry, type Logs, logsBucket, privateBucket, type Storage } from "./bucket.ts";
import { onThese } from "./permissions.ts";
import { NarrowRole } from "./role.ts";
import type { Settings } from "./settings.ts";

/** Where sealed copies stand in the bucket of what comes in. */
export const SEALED = "kopieen/";

/** Everything that is kept, per class of data, with a key of its own. Never deleted with the stack. */
export class LakeStack extends Stack {
    /** Class 1: raw exports and their sealed copies. */
    readonly incoming: Storage;
    /** Class 2: pseudonymised rows, results and marts. */
    readonly lake: Storage;
    /** Class 3: what runs the whole, without anybody's data: queues, logs, progress, alarms. */
    readonly operations: Key;
    readonly logs: Logs;
    /** The key of the pseudonyms: never beside the lake. */
    readonly pseudonyms: Secret;
    /** Which events were dealt with, and who is computing. */
    readonly progress: ITable;
    /** What Athena goes by: a workgroup with a limit, the lake's tables, and a database for those that a run makes. */
    readonly athena: { workGroup: string; database: string; workDatabase: string };
    readonly queryResults: Storage;

    constructor(scope: Construct, id: string, props: StackProps & { settings: Settings }) {
        super(scope, id, {
            ...props,
            terminationProtection: true,
            description: "Regiospiegel: alles wat bewaard wordt",
        });
        const { arrivals, stage, watch } = props.settings;
        this.operations = dataKey(this, "SleutelBeheer", "wachtrijen, logboeken en alarmen");
        for (const service of [`logs.${this.region}`, "cloudwatch", "events", "budgets"])
            letUse(this.operations, this, service);
        this.logs = logsBucket(this, "Logboeken", stage, 5 * 366);
        const incomingKey = dataKey(this, "SleutelInkomend", "ruwe leveringen");
        this.incoming = privateBucket(this, "Inkomend", {
            stage,
            key: incomingKey,
            logs: this.logs,
            lockable: true,
            events: true,
            lifecycle: [
                expiry("aankomst", ARRIVALS, arrivals.days),
                // A day more than the lock: until then the daily clearing removes them with their marks.
                expiry("verzegeld", SEALED, arrivals.sealedDays + 1),
                expiry("brieven", LETTERS, 400),
            ],
        });
        const lakeKey = dataKey(this, "SleutelMeer", "gepseudonimiseerde rijen, resultaten en marts");
        this.lake = privateBucket(this, "Meer", {
            stage,
            key: lakeKey,
            logs: this.logs,
            lifecycle: [{ id: "oude-versies", noncurrentVersionExpiration: Duration.days(30) }],
        });
        this.queryResults = privateBucket(this, "Vragen", {
            stage,
            key: lakeKey,
            logs: this.logs,
            lifecycle: [
                { id: "uitkomsten", expiration: Duration.days(1), noncurrentVersionExpiration: Duration.days(1) },
            ],
        });
        this.pseudonyms = this.#pseudonymKey(lakeKey);
        this.progress = new TableV2(this, "Voortgang", {
            partitionKey: { name: "id", type: AttributeType.STRING },
            billing: Billing.onDemand(),
            encryption: TableEncryptionV2.customerManagedKey(this.operations),
            timeToLiveAttribute: "expiration",
            pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
            deletionProtection: true,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        acknowledge(this.progress, {
            "NIST.800.53.R5-DynamoDBInBackupPlan":
                "De tabel onthoudt hooguit een week welke gebeurtenis is afgehandeld. Zonder haar wordt hooguit iets opnieuw bekeken, met dezelfde uitkomst; herstel tot op de seconde staat aan.",
        });
        const database = `regiospiegel_${stage.replaceAll("-", "_")}`;
        this.athena = { workGroup: `regiospiegel-${stage}`, database, workDatabase: `${database}_werk` };
        this.#catalogue();
        this.#workGroup(props.settings);
        if (watch.trail) this.#trail(watch.logDays);
    }

    /** 256 bits in hexadecimals, made by Secrets Manager: nobody types it, nobody sees it. */
    #pseudonymKey(encryptionKey: Key): Secret {
        const secret = new Secret(this, "Pseudoniemen", {
            description: "Sleutel waarmee pseudoniemen worden gemaakt. Weg is weg: zie infra/beheer.md.",
            encryptionKey,
            generateSecretString: {
                passwordLength: 64,
                excludeUppercase: true,
                excludePunctuation: true,
                excludeCharacters: "ghijklmnopqrstuvwxyz",
                requireEachIncludedType: false,
            },
            removalPolicy: RemovalPolicy.RETAIN,
        });
        const why =
            "Een andere sleutel maakt van iedere patiënt een nieuwe patiënt. Vervangen is een besluit met nieuwe leveringen in een nieuw meer (infra/beheer.md), geen rooster; het meer weigert elke andere sleutel.";
        acknowledge(secret, { "AwsSolutions-SMG4": why, "NIST.800.53.R5-SecretsManagerRotationEnabled": why });
        return secret;
    }

    /** The lake's tables as Athena reads them, and an empty database for the tables that a run makes and drops. */
    #catalogue(): void {
        const catalogId = this.account;
        const { database: name, workDatabase } = this.athena;
        const database = new CfnDatabase(this, "Catalogus", { catalogId, databaseInput: { name } });
        new CfnDatabase(this, "Werkcatalogus", { catalogId, databaseInput: { name: workDatabase } });
        for (const table of glueTables(`s3://${this.lake.name}`)) {
            const properties = { CatalogId: catalogId, DatabaseName: name, TableInput: table };
            // As it comes: the words of pipelines/glue.ts are those of CloudFormation.
            new CfnResource(this, `Tabel ${table.Name}`, {
                type: "AWS::Glue::Table",
                properties,
            }).addResourceDependency(database);
        }
    }

    #workGroup({ athena }: Settings): void {
        new CfnWorkGroup(this, "Werkgroep", {
            name: this.athena.workGroup,
            description: "Vragen over het meer; een vraag die te veel leest wordt afgebroken.",
            recursiveDeleteOption: false,
            workGroupConfiguration: {
                enforceWorkGroupConfiguration: true,
                publishCloudWatchMetricsEnabled: true,
                bytesScannedCutoffPerQuery: athena.gigabytesPerQuery * 1_000_000_000,
                engineVersion: { selectedEngineVersion: "Athena engine version 3" },
                resultConfiguration: {
                    outputLocation: `s3://${this.queryResults.name}/uitkomsten/`,
                    expectedBucketOwner: this.account,
                    encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKey: this.queryResults.key.keyArn },
                },
            },
        });
    }

    /** Who read, wrote or deleted which object (NEN 7513). */
    #trail(days: number): void {
        const key = dataKey(this, "SleutelSpoor", "het spoor van toegang");
        letUse(key, this, `logs.${this.region}`);
        key.grant(new ServicePrincipal("cloudtrail.amazonaws.com"), "kms:GenerateDataKey*", "kms:DescribeKey");
        const logGroup = new LogGroup(this, "SpoorLog", {
            encryptionKey: key,
            retention: days,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        const { role } = new NarrowRole(this, "SpoorRol", new ServicePrincipal("cloudtrail.amazonaws.com"), [
            onThese(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]),
        ]);
        const allowed = this.logs.bucket.addToResourcePolicy(
            new PolicyStatement({
                principals: [new ServicePrincipal("cloudtrail.amazonaws.com")],
                actions: ["s3:GetBucketAcl", "s3:PutObject"],
                resources: [this.logs.bucket.bucketArn, this.logs.bucket.arnForObjects("spoor/*")],
                conditions: { StringEquals: { "aws:SourceAccount": this.account } },
            }),
        );
        const trail = new CfnTrail(this, "Spoor", {
            s3BucketName: this.logs.bucket.bucketName,
            s3KeyPrefix: "spoor",
            kmsKeyId: key.keyArn,
            isLogging: true,
            enableLogFileValidation: true,
            isMultiRegionTrail: true,
            includeGlobalServiceEvents: true,
            cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
            cloudWatchLogsRoleArn: role.roleArn,
            eventSelectors: [
                {
                    readWriteType: "All",
                    includeManagementEvents: true,
                    dataResources: [
                        { type: "AWS::S3::Object", values: [`${this.incoming.arn}/`, `${this.lake.arn}/`] },
                    ],
                },
            ],
        });
        if (allowed.policyDependable) trail.node.addDependency(allowed.policyDependable);
    }
}

/** A key that turns over by itself every year and outlives the stack. */
export function dataKey(scope: Construct, id: string, what: string): Key {
    return new Key(scope, id, {
        description: `Regiospiegel: ${what}`,
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
        pendingWindow: Duration.days(30),
    });
}

/** Lets a service of AWS use a key, for this account's own things only. */
export function letUse(key: Key, stack: Stack, service: string): void {
    key.addToResourcePolicy(
        new PolicyStatement({
            principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
            actions: ["kms:Decrypt", "kms:GenerateDataKey*", "kms:Encrypt", "kms:ReEncrypt*", "kms:DescribeKey"],
            resources: ["*"],
            conditions: service.startsWith("logs.")
                ? {
                      ArnLike: {
                          "kms:EncryptionContext:aws:logs:arn": `arn:${stack.partition}:logs:${stack.region}:${stack.account}:*`,
                      },
                  }
                : { StringEquals: { "aws:SourceAccount": stack.account } },
        }),
    );
}
