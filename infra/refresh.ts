import { Aws, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import { KEYS } from "../pipelines/lake.ts";
import { StoryFunction } from "./function.ts";
import type { LakeStack } from "./lake.ts";
import {
    askAthena,
    eraseObjects,
    onEverything,
    onThese,
    readAndWriteForAthena,
    readObjects,
    useTable,
    writeObjects,
} from "./permissions.ts";
import { refreshMachine } from "./refresh-machine.ts";
import { NarrowRole, type Rights } from "./role.ts";
import { Schedule } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import { storyEnvironment } from "./stories.ts";

/** What the summing up of results leaves in the lake. */
const MARTS_WRITES = [KEYS.results, KEYS.marts, KEYS.practiceValues, KEYS.definitions, KEYS.baselines];

export interface RefreshProps extends StackProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
    /** The function that makes pages of marts. */
    publish: StoryFunction;
}

/** What changed is computed by many functions at once, added up by one, and published. */
export class RefreshStack extends Stack {
    readonly plan: StoryFunction;
    readonly results: StoryFunction;
    readonly marts: StoryFunction;
    readonly machine: StateMachine;

    constructor(scope: Construct, id: string, props: RefreshProps) {
        super(scope, id, { ...props, description: "Regiospiegel: uitkomsten volgen de leveringen" });
        const { settings, assets, data, publish } = props;
        const { lake, operations } = data;
        const byAthena = settings.refresh.engine === "athena";
        const story = (name: string, handler: string, own: Partial<StoryShape>) =>
            new StoryFunction(this, name, {
                assets,
                asset: "stories",
                handler,
                description: own.description ?? "",
                memory: own.memory ?? 3_072,
                disk: own.disk ?? 6_144,
                timeout: own.timeout ?? Duration.minutes(15),
                environment: { ...storyEnvironment(data), ...own.environment },
                may: own.may ?? [],
                key: operations,
                logDays: settings.watch.logDays,
            });
        this.plan = story("Plannen", "plan", {
            description: "Zegt welke praktijken opnieuw gerekend moeten worden",
            memory: 1_769,
            disk: 1_024,
            timeout: Duration.minutes(5),
            environment: {
                REGIOSPIEGEL_RIJEN_PER_TAAK: String(settings.refresh.rowsPerTask),
                REGIOSPIEGEL_VANAF: settings.refresh.from,
            },
            may: [...readObjects(lake, ""), ...writeObjects(lake, KEYS.tasks)],
        });
        this.results = story("Rekenen", "results", {
            description: "Rekent de indicatoren van een groep praktijken",
            may: [...readObjects(lake, ""), ...writeObjects(lake, KEYS.results)],
        });
        this.marts = story("Samenvatten", "marts", {
            description: "Telt resultaten op tot marts, met doelen",
            environment: { REGIOSPIEGEL_VANAF: settings.refresh.from, ...(byAthena ? athenaEnvironment(data) : {}) },
            may: [
                ...readObjects(lake, ""),
                ...writeObjects(lake, ...MARTS_WRITES),
                ...(byAthena ? athenaRights(data) : []),
            ],
        });
        this.machine = this.#machine(settings, data, publish);
        if (settings.refresh.schedule !== null)
            new Schedule(this, "Rooster", {
                description: "Uitkomsten en pagina's volgen wat binnenkwam",
                cron: settings.refresh.schedule,
                target: this.machine.stateMachineArn,
                action: "states:StartExecution",
                input: {},
            });
    }

    #machine(settings: Settings, { lake, operations, progress }: LakeStack, publish: StoryFunction): StateMachine {
        const name = `regiospiegel-${settings.stage}-berekening`;
        const itself = `arn:${Aws.PARTITION}:states:${this.region}:${this.account}`;
        const logs = new LogGroup(this, "Log", {
            logGroupName: `/aws/vendedlogs/states/${name}`,
            encryptionKey: operations,
            retention: settings.watch.logDays,
            removalPolicy: RemovalPolicy.RETAIN,
        });
        const functions = { plan: this.plan, results: this.results, marts: this.marts, publish };
        const role = new NarrowRole(this, "Berekening", new ServicePrincipal("states.amazonaws.com"), [
            onThese(
                ["lambda:InvokeFunction"],
                Object.values(functions).map((one) => one.function.functionArn),
            ),
            ...readObjects(lake, KEYS.tasks),
            ...useTable(progress, operations),
            onThese(["states:StartExecution"], [`${itself}:stateMachine:${name}`]),
            onThese(
                ["states:DescribeExecution", "states:StopExecution"],
                [`${itself}:execution:${name}/*`],
                "De berekening start en volgt haar eigen deeltaken; hun namen maakt Step Functions.",
            ),
            onEverything(
                [
                    "logs:CreateLogDelivery",
                    "logs:GetLogDelivery",
                    "logs:UpdateLogDelivery",
                    "logs:DeleteLogDelivery",
                    "logs:ListLogDeliveries",
                    "logs:PutResourcePolicy",
                    "logs:DescribeResourcePolicies",
                    "logs:DescribeLogGroups",
                ],
                "Bezorging van logboeken door Step Functions kent geen rechten per hulpbron; zo schrijft AWS het voor.",
            ),
            onEverything(
                [
                    "xray:PutTraceSegments",
                    "xray:PutTelemetryRecords",
                    "xray:GetSamplingRules",
                    "xray:GetSamplingTargets",
                ],
                "X-Ray kent geen rechten per hulpbron; er gaan alleen meetgegevens zonder inhoud heen.",
            ),
        ]);
        return new StateMachine(this, "Machine", {
            stateMachineName: name,
            definitionBody: DefinitionBody.fromString(
                JSON.stringify(refreshMachine({ atOnce: settings.refresh.atOnce })),
            ),
            definitionSubstitutions: {
                ...Object.fromEntries(Object.entries(functions).map(([word, one]) => [word, one.function.functionArn])),
                voortgang: progress.tableName,
            },
            role: role.closed,
            tracingEnabled: true,
            // Names of states and errors, never what goes through them.
            logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
        });
    }
}

const athenaEnvironment = ({ athena, queryResults }: LakeStack): Record<string, string> => ({
    REGIOSPIEGEL_REKENT: "athena",
    REGIOSPIEGEL_WERKGROEP: athena.workGroup,
    REGIOSPIEGEL_DATABASE: athena.database,
    REGIOSPIEGEL_WERKDATABASE: athena.workDatabase,
    REGIOSPIEGEL_WERKPLEK: `s3://${queryResults.name}/werk`,
});

/** It writes which files a release holds, for Athena to read them by, and clears what a run left. */
const athenaRights = ({ athena, lake, queryResults }: LakeStack): Rights[] => [
    ...askAthena(athena),
    ...writeObjects(lake, KEYS.manifests),
    ...eraseObjects(lake, KEYS.manifests),
    onThese(["s3:GetBucketLocation"], [lake.arn]),
    ...readAndWriteForAthena(queryResults),
    ...eraseObjects(queryResults, ""),
];

type StoryShape = ConstructorParameters<typeof StoryFunction>[2];
