// A practice asks to deliver, and for the letter about what it delivered: each sender for itself only.
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { readFormats } from "../format.ts";
import { parseDeliveryName } from "../ingest/delivery-name.ts";
import { Refusal, sentenceOf } from "../issues.ts";
import { ARRIVALS, LETTERS } from "./places.ts";

export interface UploadSettings {
    bucket: string;
    /** Largest delivery. */
    bytes: number;
    /** How long the address is good, in seconds. */
    seconds: number;
}

/** What somebody asked in vain: the status and one sentence. */
export class NotGiven extends Error {
    constructor(
        readonly status: 400 | 403,
        sentence: string,
    ) {
        super(sentence);
    }
}

/** Senders for whom somebody in these groups speaks: `praktijk/<agb>` for itself, `bureau` for the region. */
export const sendersOf = (groups: readonly string[]): string[] =>
    groups.flatMap((group) => (group === "bureau" ? ["regio"] : (/^praktijk\/(\d{8})$/.exec(group)?.slice(1) ?? [])));

/** Groups as a token holds them; API Gateway writes a list as `[a b]`. */
export const groupsOf = (claim: unknown): string[] =>
    Array.isArray(claim)
        ? claim.map(String)
        : String(claim ?? "")
              .replaceAll(/[[\],]/g, " ")
              .split(" ")
              .filter(Boolean);

/** The sender that a name speaks of, when these groups may deliver it; throws NotGiven. */
export async function senderOf(name: string, groups: readonly string[]): Promise<string> {
    // A name with a path in it would lead out of the sender's own prefix.
    if (!/^[\w.-]+$/.test(name))
        throw new NotGiven(400, "De naam van een levering heeft alleen letters, cijfers, _, . en -.");
    try {
        const { sender } = parseDeliveryName(name, false, await readFormats());
        if (sendersOf(groups).includes(sender)) return sender;
    } catch (error) {
        if (error instanceof Refusal) throw new NotGiven(400, sentenceOf(error.code, name.slice(0, 80), error.message));
        throw error;
    }
    throw new NotGiven(
        403,
        "U mag niet namens deze afzender aanleveren; vraag de beheerder om de groep van uw praktijk.",
    );
}

/** An address for exactly this name and at most this size, good for a few minutes. */
export async function addressFor(name: string, sender: string, settings: UploadSettings) {
    const { bucket: Bucket, bytes, seconds: Expires } = settings;
    const Key = `${ARRIVALS}${sender}/${name}`;
    const Conditions: [["content-length-range", number, number]] = [["content-length-range", 1, bytes]];
    const { url, fields } = await createPresignedPost(client(), { Bucket, Key, Conditions, Expires });
    return { url, velden: fields, bytes, seconden: Expires };
}

/** An address of the letter about a delivery. */
export async function letterOf(name: string, sender: string, { bucket, seconds }: UploadSettings) {
    const stem = name.replace(/\.(zip|gz)$/i, "");
    const letter = new GetObjectCommand({ Bucket: bucket, Key: `${LETTERS}${sender}/${stem}.html` });
    return { url: await getSignedUrl(client(), letter, { expiresIn: seconds }), seconden: seconds };
}

let opened: S3Client | undefined;
const client = (): S3Client => {
    opened ??= new S3Client({ forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3) });
    return opened;
};
