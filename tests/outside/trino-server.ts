import { spawn } from "node:child_process";
import { join } from "node:path";
import type { GlueStandIn } from "../support/glue-stand-in.ts";
import type { S3StandIn } from "../support/s3-stand-in.ts";

export interface TrinoServer {
    address: string;
    close(): void;
}

/** Most of what it runs it runs for one query: it is not worth the second compiler, and fills the usual code cache. */
const MACHINE = ["-Xmx4g", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=1g"];

/** A Trino on this machine that finds its tables in a stand-in for Glue and their files in one for S3, as Athena does. */
export async function startTrino(classpath: string, s3: S3StandIn, glue: GlueStandIn): Promise<TrinoServer> {
    const settings = {
        "hive.metastore": "glue",
        "hive.metastore.glue.endpoint-url": glue.endpoint,
        "hive.metastore.glue.region": "eu-central-1",
        "hive.metastore.glue.aws-access-key": s3.accessKey,
        "hive.metastore.glue.aws-secret-key": "geheim",
        "hive.s3.endpoint": s3.endpoint,
        "hive.s3.path-style-access": "true",
        "hive.s3.ssl.enabled": "false",
        "hive.s3.aws-access-key": s3.accessKey,
        "hive.s3.aws-secret-key": "geheim",
        "hive.security": "allow-all",
        "hive.partition-projection-enabled": "true",
        "hive.non-managed-table-writes-enabled": "true",
        "hive.compression-codec": "ZSTD",
    };
    const words = [
        ...MACHINE,
        "-Duser.timezone=UTC",
        "-Djdk.attach.allowAttachSelf=true",
        "-cp",
        classpath,
        join(import.meta.dirname, "trino/Launcher.java"),
        ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    ];
    const java = spawn("java", words, { stdio: "pipe" });
    let said = "";
    const address = await new Promise<string>((resolve, reject) => {
        // its logging takes over what the launcher prints, and puts it on the other stream
        for (const stream of [java.stdout, java.stderr])
            stream.on("data", (piece: Buffer) => {
                if (said.length < 100_000) said += piece.toString();
                const ready = /READY (http:\S+)/.exec(said)?.[1];
                if (ready) resolve(ready);
            });
        java.once("exit", (code) =>
            reject(new Error(`Trino ended with ${code} before it was ready:\n${said.slice(-3000)}`)),
        );
    });
    return { address, close: () => java.stdin.end() };
}
