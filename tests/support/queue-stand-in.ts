import { createHash, randomUUID } from "node:crypto";

export interface Message {
    id: string;
    body: string;
    attributes: Record<string, { DataType: string; StringValue?: string }>;
    received: number;
    visibleAt: number;
    handle: string;
}

/** A queue with a clock of its own: nobody waits for time to pass, it is moved on. */
export class QueueStandIn {
    messages: Message[] = [];
    constructor(
        readonly url: string,
        readonly clock: { now: number },
        readonly visibilitySeconds = 5_400,
        readonly redrive?: { queue: QueueStandIn; maxReceiveCount: number },
    ) {}

    send(body: string, attributes: Message["attributes"] = {}): Message {
        const message = { id: randomUUID(), body, attributes, received: 0, visibleAt: this.clock.now, handle: "" };
        this.messages.push(message);
        return message;
    }

    /** Hides what it gives until the visibility time-out; what was received too often goes to the other queue. */
    receive(most: number): Message[] {
        const given: Message[] = [];
        for (const message of [...this.messages]) {
            if (given.length === most || message.visibleAt > this.clock.now) continue;
            if (this.redrive && message.received >= this.redrive.maxReceiveCount) {
                this.delete(message.handle);
                this.redrive.queue.send(message.body, message.attributes);
                continue;
            }
            message.received += 1;
            message.handle = randomUUID();
            message.visibleAt = this.clock.now + this.visibilitySeconds;
            given.push(message);
        }
        return given;
    }

    delete(handle: string): void {
        this.messages = this.messages.filter((message) => message.handle !== handle);
    }

    changeVisibility(handle: string, seconds: number): void {
        const message = this.messages.find((one) => one.handle === handle);
        if (message) message.visibleAt = this.clock.now + seconds;
    }

    /** The moment at which the next message can be seen; null when the queue is empty. */
    get next(): number | null {
        return this.messages.length === 0 ? null : Math.min(...this.messages.map(({ visibleAt }) => visibleAt));
    }
}

/** The event with which SQS calls a function. */
export const sqsEvent = (messages: readonly Message[]) => ({
    Records: messages.map((message) => ({
        messageId: message.id,
        receiptHandle: message.handle,
        body: message.body,
        attributes: {
            ApproximateReceiveCount: String(message.received),
            SentTimestamp: "0",
            SenderId: "events.amazonaws.com",
            ApproximateFirstReceiveTimestamp: "0",
        },
        messageAttributes: {},
        md5OfBody: createHash("md5").update(message.body).digest("hex"),
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:eu-central-1:111122223333:aankomst",
        awsRegion: "eu-central-1",
    })),
});
