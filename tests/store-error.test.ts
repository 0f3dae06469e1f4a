import { expect, test } from "vitest";
import { storageProblem } from "../pipelines/lake/store-error.ts";

test.each([
    [{ name: "NoSuchBucket" }, "NoSuchBucket", /de bucket bestaat niet/],
    [{ name: "AccessDenied" }, "AccessDenied", /rechten op de bucket/],
    [{ name: "CredentialsProviderError" }, "CredentialsProviderError", /inloggegevens/],
    [{ name: "Error", message: "Region is missing" }, "RegionMissing", /zet AWS_REGION/],
    [{ name: "Error", code: "ECONNREFUSED" }, "ECONNREFUSED", /AWS_ENDPOINT_URL/],
    [{ name: "SlowDown" }, "SlowDown", /later opnieuw/],
    [new Error("iets anders"), "onbekende fout", /later opnieuw/],
])("%o is told with what to do", (error, code, advice) => {
    const problem = storageProblem("s3://bucket/meer", "lezen van current.json", error);
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(advice);
    expect(problem.message.startsWith(`Opslag s3://bucket/meer: lezen van current.json mislukte (${code});`)).toBe(
        true,
    );
});

test("what was sent, and with which signature, is not kept", () => {
    const error = Object.assign(new Error("weigering"), {
        name: "AccessDenied",
        $response: { authorization: "geheim" },
    });
    const problem = storageProblem("s3://bucket", "schrijven van a", error);
    expect(JSON.stringify({ ...problem, cause: problem.cause, message: problem.message })).not.toMatch(/geheim/);
});
