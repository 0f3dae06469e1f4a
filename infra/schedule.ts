import { Stack } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import { onThese } from "./permissions.ts";
import { NarrowRole } from "./role.ts";

export interface ScheduleProps {
    description: string;
    /** Six fields of a cron of AWS, in UTC. */
    cron: string;
    /** What may be started, and the one right that takes. */
    target: string;
    action: "lambda:InvokeFunction" | "states:StartExecution";
    input: object;
}

/** Something that starts by the clock. */
export class Schedule extends Construct {
    constructor(scope: Construct, id: string, props: ScheduleProps) {
        super(scope, id);
        const scheduler = new ServicePrincipal("scheduler.amazonaws.com", {
            conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
        });
        const { role } = new NarrowRole(this, "Rooster", scheduler, [onThese([props.action], [props.target])]);
        new CfnSchedule(this, "Schema", {
            description: props.description,
            scheduleExpression: `cron(${props.cron})`,
            scheduleExpressionTimezone: "UTC",
            flexibleTimeWindow: { mode: "OFF" },
            target: {
                arn: props.target,
                roleArn: role.roleArn,
                input: JSON.stringify(props.input),
                retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3_600 },
            },
        });
    }
}
