import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import {
    Alarm,
    ComparisonOperator,
    Dashboard,
    GraphWidget,
    type IMetric,
    Metric,
    Stats,
    TextWidget,
    TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { StoryFunction } from "./function.ts";
import type { IngestStack } from "./ingest.ts";
import type { LakeStack } from "./lake.ts";
import { readObjects } from "./permissions.ts";
import type { RefreshStack } from "./refresh.ts";
import { Schedule } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import type { SiteStack } from "./site.ts";
import { storyEnvironment } from "./stories.ts";

export interface WatchProps extends StackProps {
    settings: Settings;
    assets: string;
    data: LakeStack;
    ingest: IngestStack;
    refresh: RefreshStack;
    site: SiteStack;
}

interface Watched {
    id: string;
    /** What is the matter and what to do, for the mail. */
    sentence: string;
    metric: IMetric;
    /** Rings at this value and above. */
    from: number;
    /** No figure at all is itself the matter. */
    silenceRings?: boolean;
}

/** Somebody hears when something is the matter, and sees on one page how it goes. */
export class WatchStack extends Stack {
    readonly topic: Topic;
    readonly watch: StoryFunction;
    readonly alarms: Alarm[];

    constructor(scope: Construct, id: string, props: WatchProps) {
        super(scope, id, { ...props, description: "Regiospiegel: alarm en overzicht" });
        const { settings, assets, data } = props;
        this.topic = new Topic(this, "Alarm", { masterKey: data.operations, enforceSSL: true });
        this.topic.addSubscription(new EmailSubscription(settings.watch.mail));
        this.topic.grantPublish(new ServicePrincipal("cloudwatch.amazonaws.com"));
        this.watch = new StoryFunction(this, "Kijken", {
            assets,
            asset: "stories",
            handler: "watch",
            description: "Telt praktijken die te lang niet leverden",
            memory: 512,
            timeout: Duration.minutes(2),
            environment: {
                ...storyEnvironment(data),
                REGIOSPIEGEL_DAGEN_ZONDER_LEVERING: String(settings.watch.daysWithoutDelivery),
            },
            may: readObjects(data.lake, "current.json", "releases/", "deliveries/"),
            key: data.operations,
            logDays: settings.watch.logDays,
        });
        new Schedule(this, "Dagelijks", {
            description: "Kijkt elke ochtend wie te laat is",
            cron: "0 6 * * ? *",
            target: this.watch.function.functionArn,
            action: "lambda:InvokeFunction",
            input: {},
        });
        const action = new SnsAction(this.topic);
        this.alarms = watched(props).map(({ id, sentence, metric, from, silenceRings }) => {
            const alarm = new Alarm(this, id, {
                alarmName: `regiospiegel-${settings.stage}-${id}`,
                alarmDescription: sentence,
                metric,
                threshold: from,
                evaluationPeriods: 1,
                comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
                treatMissingData: silenceRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
            });
            alarm.addAlarmAction(action);
            return alarm;
        });
        this.#budget(settings);
        this.#dashboard(props);
    }

    #budget({ stage, watch }: Settings): void {
        const tell = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
            notification: {
                notificationType,
                comparisonOperator: "GREATER_THAN",
                threshold,
                thresholdType: "PERCENTAGE",
            },
            subscribers: [{ subscriptionType: "EMAIL", address: watch.mail }],
        });
        new CfnBudget(this, "Begroting", {
            budget: {
                budgetName: `regiospiegel-${stage}`,
                budgetType: "COST",
                timeUnit: "MONTHLY",
                budgetLimit: { amount: watch.monthlyBudget, unit: "USD" },
                costFilters: { TagKeyValue: [`user:omgeving$${stage}`] },
            },
            notificationsWithSubscribers: [tell("ACTUAL", 80), tell("ACTUAL", 100), tell("FORECASTED", 120)],
        });
    }

    #dashboard({ settings, ingest, refresh }: WatchProps): void {
        const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, height: 6 });
        new Dashboard(this, "Overzicht", {
            dashboardName: `regiospiegel-${settings.stage}`,
            widgets: [
                [
                    new TextWidget({
                        markdown: `# Regiospiegel ${settings.stage}\nWat te doen: infra/beheer.md`,
                        width: 24,
                        height: 2,
                    }),
                ],
                [
                    graph(
                        "Leveringen",
                        ["opgenomen", "bekend", "geweigerd", "niet_opgenomen"].map((name) => figure("ingest", name)),
                    ),
                    graph(
                        "Wachtrijen",
                        [ingest.queue, ingest.failed, ingest.lost].map((one) =>
                            one.metricApproximateNumberOfMessagesVisible(),
                        ),
                    ),
                ],
                [
                    graph("Berekeningen", [refresh.machine.metricSucceeded(), refresh.machine.metricFailed()]),
                    graph("Duur van een berekening", [refresh.machine.metricTime()]),
                ],
                [
                    graph(
                        "Duur per functie",
                        functionsOf({ ingest, refresh }).map((one) => one.function.metricDuration()),
                    ),
                    graph("Praktijken te laat", [figure("watch", "praktijken_te_laat", Stats.MAXIMUM)]),
                ],
            ],
        });
    }
}

const functionsOf = ({ ingest, refresh }: Pick<WatchProps, "ingest" | "refresh">): StoryFunction[] => [
    ingest.ingest,
    refresh.plan,
    refresh.results,
    refresh.marts,
];

/** A figure that a handler counts. */
const figure = (service: string, metricName: string, statistic: string = Stats.SUM): Metric =>
    new Metric({
        namespace: "Regiospiegel",
        metricName,
        dimensionsMap: { service },
        statistic,
        period: Duration.hours(1),
    });

function watched({ settings, ingest, refresh, site }: WatchProps): Watched[] {
    const { daysWithoutDelivery } = settings.watch;
    const { login, rotate } = site.access;
    const hourly = { period: Duration.hours(1) };
    const waiting = { statistic: Stats.MAXIMUM, period: Duration.minutes(15) };
    const all = (metric: (one: StoryFunction) => Metric): Watched[] =>
        functionsOf({ ingest, refresh }).map((one) => ({
            id: `duur-${one.node.id.toLowerCase()}`,
            sentence: `${one.node.id} duurt bijna zo lang als een functie duren mag (15 minuten); verdeel het werk of geef meer geheugen.`,
            metric: metric(one),
            from: Duration.minutes(12).toMilliseconds(),
        }));
    return [
        {
            id: "niet-opgenomen",
            sentence:
                "Een levering kon niet worden opgenomen; de reden staat bij het bericht in de wachtrij NietOpgenomen.",
            metric: ingest.failed.metricApproximateNumberOfMessagesVisible(waiting),
            from: 1,
        },
        {
            id: "niet-bezorgd",
            sentence: "Een gebeurtenis bereikte de wachtrij niet; zet haar terug uit NietBezorgd.",
            metric: ingest.lost.metricApproximateNumberOfMessagesVisible(waiting),
            from: 1,
        },
        {
            id: "wacht-te-lang",
            sentence: "Een levering wacht al zes uur op opname; kijk in het logboek van Opnemen.",
            metric: ingest.queue.metricApproximateAgeOfOldestMessage(waiting),
            from: Duration.hours(6).toSeconds(),
        },
        {
            id: "geweigerd",
            sentence: "Een levering is geweigerd; de brief met de reden staat onder brieven/ en bij de afzender.",
            metric: figure("ingest", "geweigerd"),
            from: 1,
        },
        {
            id: "te-laat",
            sentence: `Van een of meer praktijken is de jongste levering ouder dan ${daysWithoutDelivery} dagen; welke, zegt het overzicht.`,
            metric: figure("watch", "praktijken_te_laat", Stats.MAXIMUM).with({ period: Duration.days(1) }),
            from: 1,
            silenceRings: true,
        },
        {
            id: "niet-gepubliceerd",
            sentence:
                "Een publicatie is niet gemaakt: geweigerd of mislukt. De vorige blijft live; de reden staat in het logboek van Publiceren.",
            metric: figure("publish", "publicatie_niet_gemaakt"),
            from: 1,
        },
        {
            id: "berekening-mislukt",
            sentence:
                "Een berekening is mislukt; pagina's tonen nog de vorige uitkomsten. Zie de uitvoering in Step Functions.",
            metric: refresh.machine.metricFailed(hourly),
            from: 1,
        },
        {
            id: "berekening-afgebroken",
            sentence: "Een berekening duurde te lang en is afgebroken.",
            metric: refresh.machine.metricTimedOut(hourly),
            from: 1,
        },
        {
            id: "inloggen-mislukt",
            sentence: "De inlogfunctie gaf geen antwoord; kijk in het logboek van Inloggen en bij de inlogdienst.",
            metric: login.function.metricErrors(hourly),
            from: 1,
        },
        {
            id: "sleutels-niet-vernieuwd",
            sentence: "De sleutels van cookies en passen zijn niet vernieuwd; de oude blijven in gebruik.",
            metric: rotate.function.metricErrors(hourly),
            from: 1,
        },
        ...all((one) => one.function.metricDuration({ statistic: Stats.MAXIMUM, period: Duration.hours(1) })),
    ];
}
