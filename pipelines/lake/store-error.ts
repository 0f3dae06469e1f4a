/** The storage did not do what was asked, also after the usual retries. `code` is the storage's own word for it. */
export class StoreError extends Error {
    override readonly name = "StoreError";
    readonly code: string;

    constructor(code: string, sentence: string) {
        super(sentence);
        this.code = code;
    }
}

export function missingKey(location: string, key: string): StoreError {
    return new StoreError(
        "NoSuchKey",
        `Sleutel ${key} ontbreekt in ${location}, terwijl er wel naar verwezen wordt; zet de opslag terug naar een hele kopie.`,
    );
}

/** What to do, by the storage's own word for what went wrong. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
    [/^NoSuchBucket$/, "de bucket bestaat niet; controleer de naam achter s3://"],
    [
        /^(AccessDenied|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|CredentialsProviderError|RequestTimeTooSkewed|403)/,
        "controleer de AWS-inloggegevens en de rechten op de bucket",
    ],
    [
        /^(PermanentRedirect|AuthorizationHeaderMalformed|301|400)$/,
        "controleer of AWS_REGION de regio van de bucket is",
    ],
    [/^RegionMissing$/, "zet AWS_REGION op de regio van de bucket"],
    [
        /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED)$/,
        "de opslag is niet te bereiken; controleer het netwerk en AWS_ENDPOINT_URL",
    ],
];
const LATER = "probeer het later opnieuw; er is niets half geschreven";

/**
 * One sentence around a failure of S3: where, what was asked, what came back, what to do. The failure itself is not kept:
 * it holds the request, with its signature and its content.
 */
export function storageProblem(location: string, asked: string, error: unknown): StoreError {
    const code = codeOf(error);
    const advice = ADVICE.find(([word]) => word.test(code))?.[1] ?? LATER;
    return new StoreError(code, `Opslag ${location}: ${asked} mislukte (${code}); ${advice}.`);
}

function codeOf(error: unknown): string {
    const { name, code, message } = (error ?? {}) as { name?: string; code?: unknown; message?: string };
    if (message === "Region is missing") return "RegionMissing";
    if (message?.startsWith("Checksum mismatch")) return "ChecksumMismatch";
    // Plain errors of the network carry their word in `code`, those of S3 in `name`.
    if (name === undefined || name === "Error" || name === "AggregateError")
        return typeof code === "string" ? code : "onbekende fout";
    return name;
}

interface Failure {
    name?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number; attempts?: number };
}

/** What a failed request says of itself: S3's word, the HTTP status, and how often the library tried. */
export const wordOf = (error: unknown): string | undefined => (error as Failure | null)?.name;
export const statusOf = (error: unknown): number | undefined => (error as Failure | null)?.$metadata?.httpStatusCode;
export const attemptsOf = (error: unknown): number => (error as Failure | null)?.$metadata?.attempts ?? 1;

/** A fault of this machine (its disk, a missing package) is not one of the storage. */
export const isLocal = (error: unknown): boolean =>
    /^(ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO|EMFILE|ENOENT|ERR_MODULE_NOT_FOUND)$/.test(
        (error as Failure | null)?.code ?? "",
    );
