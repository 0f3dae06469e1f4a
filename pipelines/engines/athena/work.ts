// Where Athena writes for one run, and where the run uploads what Athena is to read. Everything goes at the end: among it are
// rows of patients.
import { parseS3Location } from "../../lake/s3-location.ts";
import type { Store } from "../../store.ts";
import type { Status } from "./service.ts";

interface Address {
    bucket: string;
    key: string;
}

export class Work {
    /** `s3://bucket/prefix/<run>`. */
    readonly location: string;
    readonly #openBucket: (location: string) => Store;
    readonly #buckets = new Map<string, Store>();
    readonly #outputs = new Set<string>();
    #serial = 0;

    constructor(location: string, run: string, openBucket: (location: string) => Store) {
        this.location = `${location}/${run}`;
        this.#openBucket = openBucket;
    }

    /** A folder that holds nothing yet. */
    freshFolder(what: string): string {
        this.#serial += 1;
        return `${this.location}/${this.#serial}-${what.replaceAll(/[^\w]/g, "_")}/`;
    }

    /** Puts a file of this machine into a folder. */
    async upload(folder: string, path: string): Promise<void> {
        const { bucket, key } = addressOf(`${folder}part-0.parquet`);
        await this.#bucket(bucket).putFile(key, path);
    }

    /** Local copies of the files that a query wrote, by its manifest: one address a line, none when it wrote no rows. */
    async written({ manifest }: Status): Promise<string[]> {
        if (manifest === undefined) return [];
        const { bucket, key } = addressOf(manifest);
        const listed = await this.#bucket(bucket).get(key);
        if (!listed)
            throw new Error(
                `Athena noemt ${manifest} als lijst van wat een vraag schreef, maar die is er niet; geef leesrecht op de plek van de uitkomsten.`,
            );
        const lines = Buffer.from(listed.body).toString("utf8").split("\n");
        const addresses = lines.map((line) => line.trim()).filter((line) => line !== "");
        return Promise.all(addresses.map((address) => this.#localPath(addressOf(address))));
    }

    async #localPath({ bucket, key }: Address): Promise<string> {
        const [path = ""] = await this.#bucket(bucket).localPaths([key]);
        return path;
    }

    /** Remembers what a query wrote besides its rows, to clear it at the end. */
    remember({ output, manifest }: Status): void {
        for (const address of [output, manifest]) if (address !== undefined) this.#outputs.add(stem(address));
    }

    /** Clears at once what a query wrote that did not succeed, to its own place or to this folder. */
    async clearOutputOf(status: Status, folder?: string): Promise<void> {
        this.remember(status);
        if (folder !== undefined) this.#outputs.add(folder);
        await this.#clearOutputs();
    }

    /** Clears everything of this run, in every version. */
    async clear(): Promise<void> {
        await this.#clearOutputs();
        await this.#erase(`${this.location}/`);
    }

    async #clearOutputs(): Promise<void> {
        const outputs = [...this.#outputs];
        this.#outputs.clear();
        for (const output of outputs) await this.#erase(output);
    }

    async #erase(beginning: string): Promise<void> {
        const { bucket, key } = addressOf(beginning);
        const store = this.#bucket(bucket);
        for (const one of await store.list(key)) await store.erase(one);
    }

    #bucket(name: string): Store {
        const known = this.#buckets.get(name) ?? this.#openBucket(`s3://${name}`);
        this.#buckets.set(name, known);
        return known;
    }
}

/** Result, metadata and manifest of a query have its id in common, and all that it wrote stands under it. */
const stem = (address: string): string => address.replace(/\/$/, "").replace(/(-manifest)?\.(csv|txt)$/, "");

function addressOf(text: string): Address {
    const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.*)$/.exec(text) ?? [];
    if (parseS3Location(`s3://${bucket}`).bucket !== bucket || key === "")
        throw new Error(`Athena noemt een plek die geen plek in S3 is: ${JSON.stringify(text)}.`);
    return { bucket, key };
}
