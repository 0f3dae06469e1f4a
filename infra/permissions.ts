import { Aws } from "aws-cdk-lib";
import type { IKeyValueStore } from "aws-cdk-lib/aws-cloudfront";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Storage } from "./bucket.ts";
import type { Rights } from "./role.ts";

/**
 * What a function may do, in statements that name every action and every prefix. Grants of the library are broader (they
 * give whole families of actions), and change the policies of keys in other stacks.
 */

const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>): PolicyStatement =>
    new PolicyStatement({ actions, resources, ...(conditions ? { conditions } : {}) });

const NAMES =
    "Namen van objecten staan vooraf niet vast (een hash van de inhoud, een AGB-code, een dag). Bucket en voorvoegsel begrenzen het recht, de acties zijn uitgeschreven.";

const onObjects = (actions: string[], { arn }: Storage, prefixes: readonly string[]): Rights => ({
    statements: [
        allow(
            actions,
            prefixes.map((prefix) => `${arn}/${prefix}*`),
        ),
    ],
    why: NAMES,
});

const plain = (...statements: PolicyStatement[]): Rights => ({ statements });

/** A key is used only through the service whose data it protects. */
export const useKey = (key: IKey, service: string, actions: string[]): PolicyStatement =>
    allow(actions, [key.keyArn], { StringEquals: { "kms:ViaService": `${service}.${Aws.REGION}.amazonaws.com` } });

/** Lists and reads; an object that is absent reads as absent only to who may list. */
export const readObjects = (storage: Storage, ...prefixes: string[]): Rights[] => [
    onObjects(["s3:GetObject"], storage, prefixes),
    plain(allow(["s3:ListBucket"], [storage.arn]), useKey(storage.key, "s3", ["kms:Decrypt"])),
];

/** Reads one version of an object, also when a newer one came. */
export const readVersions = (storage: Storage, ...prefixes: string[]): Rights[] => [
    onObjects(["s3:GetObjectVersion"], storage, prefixes),
];

/** Writes, in parts where objects are large (which needs reading with the key). */
export const writeObjects = (storage: Storage, ...prefixes: string[]): Rights[] => [
    onObjects(["s3:PutObject", "s3:AbortMultipartUpload"], storage, prefixes),
    plain(useKey(storage.key, "s3", ["kms:Decrypt", "kms:GenerateDataKey"])),
];

/** Deletes what stands there now; older versions stay as long as the bucket keeps them. */
export const deleteObjects = (storage: Storage, ...prefixes: string[]): Rights[] => [
    onObjects(["s3:DeleteObject"], storage, prefixes),
];

/** Deletes with every version, so that nothing can be brought back. */
export const eraseObjects = (storage: Storage, ...prefixes: string[]): Rights[] => [
    onObjects(["s3:DeleteObject", "s3:DeleteObjectVersion"], storage, prefixes),
    plain(allow(["s3:ListBucketVersions"], [storage.arn])),
];

export const sealObjects = (storage: Storage, ...prefixes: string[]): Rights[] => [
    onObjects(["s3:PutObjectRetention"], storage, prefixes),
];

/** Passes by a lock in governance mode: to forget somebody, and for a copy whose delivery did not land after all. */
export const passLocks = (storage: Storage, ...prefixes: string[]): Rights[] => [
    onObjects(["s3:BypassGovernanceRetention"], storage, prefixes),
];

/** Finds and clears uploads that were never finished. */
export const clearUploads = (storage: Storage): Rights[] => [
    onObjects(["s3:AbortMultipartUpload"], storage, [""]),
    plain(allow(["s3:ListBucketMultipartUploads"], [storage.arn])),
];

export const readSecret = (secret: ISecret, key: IKey): Rights[] => [
    plain(allow(["secretsmanager:GetSecretValue"], [secret.secretArn]), useKey(key, "secretsmanager", ["kms:Decrypt"])),
];

/** Makes a new version of a secret and puts it in use. */
export const renewSecret = (secret: ISecret, key: IKey): Rights[] => [
    plain(
        allow(
            [
                "secretsmanager:GetSecretValue",
                "secretsmanager:DescribeSecret",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
            ],
            [secret.secretArn],
        ),
        useKey(key, "secretsmanager", ["kms:Decrypt", "kms:GenerateDataKey"]),
    ),
];

/** Changes what the edge must know at once. */
export const useFacts = (facts: IKeyValueStore, ...actions: ("PutKey" | "DeleteKey" | "ListKeys")[]): Rights =>
    onThese(
        ["DescribeKeyValueStore", ...actions].map((action) => `cloudfront-keyvaluestore:${action}`),
        [facts.keyValueStoreArn],
    );

export const useTable = (table: ITable, key: IKey): Rights[] => [
    plain(
        allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"], [table.tableArn]),
        useKey(key, "dynamodb", ["kms:Decrypt"]),
    ),
];

export const consumeQueue = (queue: IQueue, key: IKey): Rights[] => [
    plain(
        allow(
            ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
            [queue.queueArn],
        ),
        useKey(key, "sqs", ["kms:Decrypt"]),
    ),
];

export const sendTo = (queue: IQueue, key: IKey): Rights[] => [
    plain(allow(["sqs:SendMessage"], [queue.queueArn]), useKey(key, "sqs", ["kms:Decrypt", "kms:GenerateDataKey"])),
];

/** Queries in one workgroup, over tables of one database; in another one it makes tables and drops them. */
export const askAthena = (names: { workGroup: string; database: string; workDatabase: string }): Rights[] => {
    const here = `${Aws.PARTITION}:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}`;
    const tablesOf = (database: string): string[] => [
        `arn:${here}:catalog`,
        `arn:${here}:database/${database}`,
        `arn:${here}:table/${database}/*`,
    ];
    const why = "Tabellen van een berekening hebben namen die zij zelf maakt; de database begrenst het recht.";
    return [
        onThese(
            ["athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"],
            [`arn:${Aws.PARTITION}:athena:${Aws.REGION}:${Aws.ACCOUNT_ID}:workgroup/${names.workGroup}`],
        ),
        onThese(
            ["athena:GetTableMetadata"],
            [`arn:${Aws.PARTITION}:athena:${Aws.REGION}:${Aws.ACCOUNT_ID}:datacatalog/AwsDataCatalog`],
        ),
        onThese(
            ["glue:GetDatabase", "glue:GetTable", "glue:GetPartition", "glue:GetPartitions"],
            [...tablesOf(names.database), ...tablesOf(names.workDatabase).slice(1)],
            why,
        ),
        onThese(["glue:CreateTable", "glue:DeleteTable"], tablesOf(names.workDatabase), why),
    ];
};

/** Athena asks where a bucket lies before it reads or writes there, and puts large files in parts. */
export const readAndWriteForAthena = (storage: Storage): Rights[] => [
    ...readObjects(storage, ""),
    ...writeObjects(storage, ""),
    onObjects(["s3:ListMultipartUploadParts"], storage, [""]),
    plain(allow(["s3:GetBucketLocation"], [storage.arn])),
];

/** Rights that AWS gives on everything or not at all, each with its reason. */
export const onEverything = (actions: string[], why: string): Rights => ({ statements: [allow(actions, ["*"])], why });

export const onThese = (actions: string[], resources: string[], why?: string): Rights => ({
    statements: [allow(actions, resources)],
    ...(why ? { why } : {}),
});
