// The process of one Lambda function: loads the built handler as Lambda does and answers events one at a time.
import dns from "node:dns";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, name] = process.argv.slice(2);
// Some clients put an account before the name of their endpoint. Every name is this machine.
const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup("127.0.0.1", ...rest);
// Lambda's own disk is all that a function may write to; its code folder is read-only and its working directory.
process.chdir(folder);
const { handler } = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
process.on("message", async ({ event, milliseconds, request }) => {
    const until = Date.now() + milliseconds;
    const context = {
        functionName: name,
        functionVersion: "$LATEST",
        invokedFunctionArn: `arn:aws:lambda:eu-central-1:111122223333:function:${name}`,
        memoryLimitInMB: "3008",
        awsRequestId: request,
        logGroupName: name,
        logStreamName: name,
        callbackWaitsForEmptyEventLoop: true,
        getRemainingTimeInMillis: () => Math.max(0, until - Date.now()),
    };
    const outcome = await handler(event, context).then(
        (answer) => ({ answer: answer ?? null }),
        (error) => ({ error: { errorType: error.name, errorMessage: error.message } }),
    );
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.send({ ...outcome, used: { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 } });
});
process.send({ ready: true });
