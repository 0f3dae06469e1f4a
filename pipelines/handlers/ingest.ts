import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { z } from "zod";
import { arrivalOf, takeArrival } from "../handler/arrival.ts";
import { attempt } from "../handler/attempts.ts";
import { once } from "../handler/once.ts";
import { setting } from "../handler/setting.ts";
import { cloudLakeWithKey, count, entry, logger } from "../handler.ts";

const processor = new BatchProcessor(EventType.SQS);

/** Messages of the queue, one after the other: DuckDB would not fit twice. Only those that failed are seen again. */
export const handler = entry(
    z.custom<SQSEvent>((event) => Array.isArray((event as SQSEvent).Records)),
    (event, context): Promise<SQSBatchResponse> =>
        processPartialResponse(event, (record: SQSRecord) => deal(record, context), processor, {
            context,
            processInParallel: false,
            throwOnFullBatchFailure: false,
        }),
);

async function deal(record: SQSRecord, context: Context): Promise<void> {
    const settings = {
        queue: setting("REGIOSPIEGEL_WACHTRIJ"),
        aside: setting("REGIOSPIEGEL_NIET_OPGENOMEN"),
        tries: Number(setting("REGIOSPIEGEL_POGINGEN")),
    };
    const done = await attempt(record, settings, async () => {
        const arrival = arrivalOf(record.body);
        const lake = await cloudLakeWithKey();
        await once(async (one) => {
            const taken = await takeArrival(one, lake);
            logger.info(`Levering ${one.name} is ${taken.outcome}.`, taken);
            count(taken.outcome);
            return taken;
        }, context)(arrival);
    });
    if (done === "aside") count("niet_opgenomen");
}
