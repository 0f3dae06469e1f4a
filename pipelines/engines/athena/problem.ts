// What a request to Athena itself may run into, as one sentence.

const ADVICE: readonly (readonly [RegExp, string])[] = [
    [
        /^(AccessDenied|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|ExpiredToken|CredentialsProviderError)/,
        "controleer de AWS-inloggegevens en de rechten op de werkgroep",
    ],
    [/^RegionMissing$/, "zet AWS_REGION op de regio van het meer"],
    [/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED)$/, "Athena is niet te bereiken; controleer het netwerk en AWS_ENDPOINT_URL"],
    [/^InvalidRequestException$/, "controleer of de werkgroep en de databases bestaan"],
    [/^(EntityNotFound|MetadataException)/, "controleer of de databases en tabellen in Glue bestaan"],
];

/** One sentence around a failed request. The failure itself is not kept: it holds the request, with its signature. */
export function athenaProblem(workgroup: string, asked: string, error: unknown): Error {
    const { name = "", code, message } = (error ?? {}) as { name?: string; code?: unknown; message?: string };
    const plain = name === "" || name === "Error" || name === "AggregateError";
    const word = message === "Region is missing" ? "RegionMissing" : plain ? String(code ?? "onbekende fout") : name;
    const advice = ADVICE.find(([form]) => form.test(word))?.[1] ?? "probeer het later opnieuw";
    return new Error(`Athena, werkgroep ${workgroup}: ${asked} mislukte (${word}); ${advice}.`);
}
