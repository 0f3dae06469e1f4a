// A deployment that waits for a function of ours: CloudFormation asks, and hears the outcome at an address of its own.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
import { z } from "zod";

export const DEPLOYMENT = z.object({
    RequestType: z.enum(["Create", "Update", "Delete"]),
    ResponseURL: z.url(),
    StackId: z.string(),
    RequestId: z.string(),
    LogicalResourceId: z.string(),
    PhysicalResourceId: z.string().optional(),
});
export type Deployment = z.infer<typeof DEPLOYMENT>;

/** Does the work, unless it is to be undone (what was made stays), and tells how it went. Throws what the work threw. */
export async function answerDeployment(asked: Deployment, work: () => Promise<void>): Promise<void> {
    const failure = asked.RequestType === "Delete" ? null : await work().then(() => null, sentenceOf);
    const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = LogicalResourceId } = asked;
    const told = { StackId, RequestId, LogicalResourceId, PhysicalResourceId };
    const outcome = failure === null ? { Status: "SUCCESS" } : { Status: "FAILED", Reason: failure };
    // Bytes, not text: the address is signed for an answer without a content type.
    const body = Buffer.from(JSON.stringify({ ...told, ...outcome }));
    const { ok, status } = await fetch(asked.ResponseURL, { method: "PUT", body });
    if (!ok) throw new Error(`CloudFormation nam het antwoord niet aan (status ${status}).`);
    if (failure !== null) throw new Error(failure);
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : "onbekende fout");
