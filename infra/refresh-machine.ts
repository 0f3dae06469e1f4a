/** One turn at a time: who is computing holds this item until it is done, or until a broken-off turn expires. */
const TURN = "beurt";
const HOURS = 6;

/** A function that is busy, throttled or restarted is tried again; a fault of ours is not. */
const RETRY = [
    {
        ErrorEquals: [
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException",
            "Lambda.Unknown",
            "Sandbox.Timedout",
        ],
        IntervalSeconds: 5,
        MaxAttempts: 4,
        BackoffRate: 2,
        JitterStrategy: "FULL",
    },
    { ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 30, MaxAttempts: 1, BackoffRate: 1 },
];

const AFTER_ALL = [
    { ErrorEquals: ["States.ALL"], Output: "{% $states.errorOutput %}", Next: "Beurt teruggeven na fout" },
];

/** A word that the stack puts a name in for. */
const filledIn = (word: string): string => `\${${word}}`;

const invoke = (name: string, payload: string | object) => ({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: filledIn(name), Payload: payload },
    Output: "{% $states.result.Payload %}",
    Retry: RETRY,
});

const giveBack = (next: object) => ({
    Type: "Task",
    Resource: "arn:aws:states:::dynamodb:deleteItem",
    Arguments: {
        TableName: filledIn("voortgang"),
        Key: { id: { S: TURN } },
        ConditionExpression: "execution = :own",
        ExpressionAttributeValues: { ":own": { S: "{% $states.context.Execution.Id %}" } },
    },
    Output: "{% $states.input %}",
    Retry: [{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 2, MaxAttempts: 4, BackoffRate: 2 }],
    ...next,
});

/**
 * The state machine of a refresh, in Amazon's States Language: what changed is planned, computed per batch of practices,
 * added up, and published. Names between `${}` are filled in by the stack.
 */
export const refreshMachine = ({ atOnce }: { atOnce: number }) => ({
    Comment: "Regiospiegel: van leveringen naar pagina's",
    QueryLanguage: "JSONata",
    StartAt: "Beurt nemen",
    TimeoutSeconds: HOURS * 3_600,
    States: {
        "Beurt nemen": {
            Type: "Task",
            Resource: "arn:aws:states:::dynamodb:putItem",
            Arguments: {
                TableName: filledIn("voortgang"),
                Item: {
                    id: { S: TURN },
                    execution: { S: "{% $states.context.Execution.Id %}" },
                    expiration: { N: `{% $string($floor($millis() / 1000) + ${HOURS * 3_600}) %}` },
                },
                // The same run may ask twice, when the answer to the first time got lost.
                ConditionExpression: "attribute_not_exists(id) OR expiration < :now OR execution = :own",
                ExpressionAttributeValues: {
                    ":now": { N: "{% $string($floor($millis() / 1000)) %}" },
                    ":own": { S: "{% $states.context.Execution.Id %}" },
                },
            },
            Output: "{% $states.input %}",
            Retry: [
                {
                    ErrorEquals: ["DynamoDB.ThrottlingException", "DynamoDB.InternalServerErrorException"],
                    IntervalSeconds: 2,
                    MaxAttempts: 4,
                    BackoffRate: 2,
                },
            ],
            Catch: [{ ErrorEquals: ["DynamoDB.ConditionalCheckFailedException"], Next: "Er loopt al een berekening" }],
            Next: "Plannen",
        },
        "Er loopt al een berekening": {
            Type: "Fail",
            Error: "AlBezig",
            Cause: "Een andere berekening heeft de beurt; begin opnieuw wanneer die klaar is.",
        },
        Plannen: { ...invoke("plan", {}), Catch: AFTER_ALL, Next: "Is er iets te rekenen" },
        "Is er iets te rekenen": {
            Type: "Choice",
            Choices: [{ Condition: "{% $states.input.batches > 0 %}", Next: "Rekenen" }],
            Default: "Samenvatten",
        },
        Rekenen: {
            Type: "Map",
            Label: "Rekenen",
            MaxConcurrency: atOnce,
            ItemReader: {
                Resource: "arn:aws:states:::s3:getObject",
                ReaderConfig: { InputType: "JSON" },
                Arguments: { Bucket: "{% $states.input.bucket %}", Key: "{% $states.input.key %}" },
            },
            ItemProcessor: {
                ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
                StartAt: "Resultaten",
                States: { Resultaten: { ...invoke("results", "{% $states.input %}"), End: true } },
            },
            Output: "{% {} %}",
            Catch: AFTER_ALL,
            Next: "Samenvatten",
        },
        Samenvatten: { ...invoke("marts", {}), Catch: AFTER_ALL, Next: "Publiceren" },
        Publiceren: { ...invoke("publish", { do: "publish" }), Catch: AFTER_ALL, Next: "Beurt teruggeven" },
        "Beurt teruggeven": giveBack({ End: true }),
        "Beurt teruggeven na fout": giveBack({ Next: "Mislukt" }),
        Mislukt: {
            Type: "Fail",
            Error: "{% $states.input.Error %}",
            Cause: "{% $states.input.Cause %}",
        },
    },
});
