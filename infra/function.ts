import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Duration, RemovalPolicy, Size, Stack } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
    Architecture,
    Code,
    Function as LambdaFunction,
    LoggingFormat,
    Runtime,
    Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { onEverything, onThese } from "./permissions.ts";
import { NarrowRole, type Rights } from "./role.ts";

export interface StoryFunctionProps {
    /** Folder of built functions (`npm run build:lambdas`). */
    assets: string;
    /** Which built folder holds the code: `stories` (with DuckDB), or the one of a small function. */
    asset: string;
    /** File of `pipelines/handlers/`, without extension. */
    handler: string;
    description: string;
    memory: number;
    timeout: Duration;
    /** Disk for copies and for what DuckDB spills, in MB. */
    disk?: number;
    environment: Record<string, string>;
    may: Rights[];
    key: IKey;
    logDays: number;
}

const BOUNDED_ELSEWHERE =
    "Het aantal gelijktijdige uitvoeringen is begrensd waar het werk vandaan komt (event source, Map, API of rooster). Een gereserveerd aantal houdt capaciteit van de rekening bezet, en een nieuwe rekening heeft die niet.";
const NO_VPC =
    "De functie spreekt alleen AWS-diensten aan, met TLS en eigen rechten; er is geen netwerk van ons om in te staan. Een VPC zonder internet kan als de organisatie dat voorschrijft, en kost eindpunten.";
const NO_DLQ =
    "Wie deze functie aanroept houdt het mislukken zelf vast: de wachtrij heeft een dead-letter queue, de state machine noteert en herhaalt, de API antwoordt met een fout.";
const TRACES =
    "X-Ray kent geen rechten per hulpbron: de twee acties mogen alleen op *, en schrijven meetgegevens zonder inhoud.";

/** A function on arm64 with a role of its own that holds exactly `may`. */
export class StoryFunction extends Construct {
    readonly function: LambdaFunction;
    readonly role: NarrowRole;

    constructor(scope: Construct, id: string, props: StoryFunctionProps) {
        super(scope, id);
        const folder = join(props.assets, props.asset);
        if (!existsSync(folder))
            throw new Error(`De map ${folder} met gebouwde functies ontbreekt; draai eerst npm run build:lambdas.`);
        const logGroup = new LogGroup(this, "Log", {
            logGroupName: `/regiospiegel/${Stack.of(this).stackName}/${id}`,
            encryptionKey: props.key,
            retention: props.logDays,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        this.role = new NarrowRole(this, "Rol", new ServicePrincipal("lambda.amazonaws.com"), [
            ...props.may,
            onThese(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]),
            onEverything(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], TRACES),
        ]);
        this.function = new LambdaFunction(this, "Functie", {
            description: props.description,
            runtime: Runtime.NODEJS_24_X,
            architecture: Architecture.ARM_64,
            code: Code.fromAsset(folder),
            handler: `${props.handler}.handler`,
            memorySize: props.memory,
            timeout: props.timeout,
            ephemeralStorageSize: Size.mebibytes(props.disk ?? 512),
            environment: {
                ...props.environment,
                NODE_OPTIONS: "--enable-source-maps",
                POWERTOOLS_SERVICE_NAME: props.handler,
                POWERTOOLS_METRICS_NAMESPACE: "Regiospiegel",
                // Neither what a function is asked nor what it answers goes into a trace.
                POWERTOOLS_TRACER_CAPTURE_RESPONSE: "false",
                POWERTOOLS_TRACER_CAPTURE_HTTPS_REQUESTS: "false",
            },
            tracing: Tracing.ACTIVE,
            logGroup,
            loggingFormat: LoggingFormat.JSON,
            role: this.role.closed,
        });
        acknowledge(this.function, {
            "NIST.800.53.R5-LambdaConcurrency": BOUNDED_ELSEWHERE,
            "NIST.800.53.R5-LambdaInsideVPC": NO_VPC,
            "NIST.800.53.R5-LambdaDLQ": NO_DLQ,
        });
    }
}
