// A message of the queue is tried a few times, further apart each time; then it is put aside with its reason.
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";

export interface AttemptSettings {
    queue: string;
    /** Where what cannot be dealt with waits for a person. */
    aside: string;
    /** So often is tried. */
    tries: number;
}

const FIRST_PAUSE_S = 30;
const LONGEST_PAUSE_S = 900;

/** Seconds until a message that failed so many times is tried again. */
export const pauseAfter = (failures: number): number =>
    Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.max(0, failures - 1));

/**
 * Deals with one message. When it fails it is seen again after a pause, and the error is thrown on; at the last try it is
 * put aside with the sentence of the error instead. One that was received more often than it was tried has stopped the
 * process each time (memory, time): it is put aside untried, so that it cannot go on doing so.
 */
export async function attempt(
    record: SQSRecord,
    settings: AttemptSettings,
    deal: () => Promise<void>,
): Promise<"done" | "aside"> {
    const received = Number(record.attributes.ApproximateReceiveCount);
    if (received > settings.tries) {
        await putAside(record, settings, `de functie stopte ${settings.tries} keer zonder antwoord (geheugen of tijd)`);
        return "aside";
    }
    try {
        await deal();
        return "done";
    } catch (error) {
        if (received >= settings.tries) {
            await putAside(record, settings, error instanceof Error ? error.message : "onbekende fout");
            return "aside";
        }
        await client().send(
            new ChangeMessageVisibilityCommand({
                QueueUrl: settings.queue,
                ReceiptHandle: record.receiptHandle,
                VisibilityTimeout: pauseAfter(received),
            }),
        );
        throw error;
    }
}

async function putAside(record: SQSRecord, { aside, tries }: AttemptSettings, reason: string): Promise<void> {
    const text = (StringValue: string) => ({ DataType: "String", StringValue });
    await client().send(
        new SendMessageCommand({
            QueueUrl: aside,
            MessageBody: record.body,
            MessageAttributes: {
                reden: text(reason.slice(0, 1_000)),
                pogingen: text(String(tries)),
                bericht: text(record.messageId),
            },
        }),
    );
}

let opened: SQSClient | undefined;
const client = (): SQSClient => {
    opened ??= new SQSClient({});
    return opened;
};
