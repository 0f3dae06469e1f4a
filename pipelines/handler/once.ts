import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import type { Context } from "aws-lambda";
import type { Arrival } from "./arrival.ts";
import { setting } from "./setting.ts";

const WEEK_S = 7 * 24 * 3_600;

/**
 * The same arrival (bucket, key and version) is dealt with once, however often its event comes; who comes second gets the
 * answer of the first. Of a try that failed nothing is kept.
 */
export function once<Answer extends object>(
    deal: (arrival: Arrival) => Promise<Answer>,
    context: Context,
): (arrival: Arrival) => Promise<Answer> {
    const config = new IdempotencyConfig({
        eventKeyJmesPath: "[bucket, key, version]",
        throwOnNoIdempotencyKey: true,
        expiresAfterSeconds: WEEK_S,
    });
    config.registerLambdaContext(context);
    const remembered = makeIdempotent((arrival: Arrival) => deal(arrival) as never, {
        persistenceStore: new DynamoDBPersistenceLayer({ tableName: setting("REGIOSPIEGEL_VOORTGANG") }),
        config,
    });
    return (arrival) => remembered(arrival) as Promise<Answer>;
}
