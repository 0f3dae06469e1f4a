import { Aws, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
    BlockPublicAccess,
    Bucket,
    BucketEncryption,
    type BucketProps,
    type CfnBucket,
    type LifecycleRule,
    ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";

/** A bucket, its address, and the key that its objects are encrypted with. */
export interface Storage {
    bucket: Bucket;
    name: string;
    arn: string;
    key: IKey;
}

export interface PrivateBucketProps {
    stage: string;
    key: IKey;
    /** Where every request is noted. */
    logs: Logs;
    lifecycle: LifecycleRule[];
    /** Objects can be locked one by one; there is no default lock. */
    lockable?: boolean;
    events?: boolean;
}

/** Objects below a prefix go after so many days, and a version that was replaced after one. */
export const expiry = (id: string, prefix: string, days: number): LifecycleRule => ({
    id,
    prefix,
    expiration: Duration.days(days),
    noncurrentVersionExpiration: Duration.days(1),
});

const UNFINISHED: LifecycleRule = { id: "onvoltooide-uploads", abortIncompleteMultipartUploadAfter: Duration.days(2) };

const CLOSED: BucketProps = {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
};

const NO_REPLICA =
    "Geen kopie in een tweede regio of bucket: wat vergeten of vernietigd moet worden (bezwaar, vertrek, bewaartermijn) staat dan op één plek. Versiebeheer en de elf negens van S3 vangen verlies op; herstel uit het meer is getoetst.";

/**
 * A bucket that nobody sees from outside: private, over TLS, encrypted with a key of its data class, with versions. Its
 * name is fixed, so that rights on it are readable text and a restored environment finds it again.
 */
export function privateBucket(scope: Construct, id: string, props: PrivateBucketProps): Storage {
    const name = `regiospiegel-${props.stage}-${id.toLowerCase()}-${Aws.ACCOUNT_ID}`;
    const bucket = new Bucket(scope, id, {
        ...CLOSED,
        bucketName: name,
        encryption: BucketEncryption.KMS,
        encryptionKey: props.key,
        bucketKeyEnabled: true,
        lifecycleRules: [UNFINISHED, ...props.lifecycle],
        serverAccessLogsBucket: props.logs.bucket,
        serverAccessLogsPrefix: `s3/${id.toLowerCase()}/`,
        objectLockEnabled: props.lockable ?? false,
    });
    if (props.events)
        // The library would send a function of its own to switch this on.
        (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
            eventBridgeConfiguration: { eventBridgeEnabled: true },
        };
    acknowledge(bucket, { "NIST.800.53.R5-S3BucketReplicationEnabled": NO_REPLICA });
    return { bucket, name, arn: `arn:${Aws.PARTITION}:s3:::${name}`, key: props.key };
}

export interface Logs {
    bucket: Bucket;
    arn: string;
}

/** The bucket in which S3, CloudFront and CloudTrail note who asked for what. */
export function logsBucket(scope: Construct, id: string, stage: string, days: number): Logs {
    const name = `regiospiegel-${stage}-${id.toLowerCase()}-${Aws.ACCOUNT_ID}`;
    const bucket = new Bucket(scope, id, {
        ...CLOSED,
        bucketName: name,
        encryption: BucketEncryption.S3_MANAGED,
        objectLockEnabled: true,
        lifecycleRules: [
            UNFINISHED,
            { id: "bewaartermijn", expiration: Duration.days(days), noncurrentVersionExpiration: Duration.days(30) },
        ],
    });
    bucket.addToResourcePolicy(
        new PolicyStatement({
            principals: [new ServicePrincipal("delivery.logs.amazonaws.com")],
            actions: ["s3:PutObject"],
            resources: [bucket.arnForObjects("*")],
            conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
        }),
    );
    acknowledge(bucket, {
        "AwsSolutions-S1":
            "Dit is de bucket waarin de andere hun toegang noteren; zijn eigen toegang noteert CloudTrail.",
        "NIST.800.53.R5-S3BucketLoggingEnabled":
            "Dit is de bucket waarin de andere hun toegang noteren; zijn eigen toegang noteert CloudTrail.",
        "NIST.800.53.R5-S3DefaultEncryptionKMS":
            "S3 levert toegangslogboeken alleen af in een bucket met SSE-S3; er staan geen patiëntgegevens in.",
        "NIST.800.53.R5-S3BucketReplicationEnabled": NO_REPLICA,
    });
    return { bucket, arn: `arn:${Aws.PARTITION}:s3:::${name}` };
}
