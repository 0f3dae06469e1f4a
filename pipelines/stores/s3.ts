import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
// Types only: the library takes a quarter of a second to load, which a lake on disk should not pay.
import type { CompletedPart, GetObjectCommandOutput, S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { atMost } from "../at-most.ts";
import { partsOf } from "../lake/file-parts.ts";
import { parseS3Location } from "../lake/s3-location.ts";
import { scratchFolder } from "../lake/scratch-folder.ts";
import { attemptsOf, isLocal, missingKey, StoreError, statusOf, storageProblem, wordOf } from "../lake/store-error.ts";
import { checkKey, isKey, LARGEST_PAGE, type Store, type Stored } from "../store.ts";

type Library = typeof import("@aws-sdk/client-s3");
type Condition = { IfNoneMatch: "*" } | { IfMatch: string };

/** Settings with their defaults; tests make them small. */
export interface S3Settings {
    /** On top of the usual environment of the library (AWS_REGION, credentials, AWS_ENDPOINT_URL). */
    client?: S3ClientConfig;
    /** Files above this many bytes go up, and are repeated, in parts of this size (S3 wants 5 MB at least). */
    partBytes?: number;
}

const PART_BYTES = 16 * 1024 * 1024;
/** Requests at once: more only queue for a connection, and the queue would count as a time-out. */
const AT_ONCE = 32;
const ATTEMPTS = 6;
const CONNECT_MS = 5_000;
/** Silence on a connection after which the request is given up and repeated. */
const SILENCE_MS = 30_000;
const PAUSE_MS = 50;
/** Under this name an object tells who wrote it, so that a writer whose answer got lost recognises its own work. */
const WRITER = "schrijver";

/** A store in an S3 bucket below a prefix. The library repeats requests; what it cannot know is repeated here. */
export class S3Store implements Store {
    readonly location: string;
    readonly #bucket: string;
    readonly #root: string;
    readonly #settings: S3Settings;
    readonly #turn = atMost(AT_ONCE);
    readonly #copies = new Map<string, { etag: string; path: string }>();
    #opened: Promise<{ library: Library; client: S3Client }> | undefined;
    #folder: Promise<string> | undefined;

    /** `s3://bucket` or `s3://bucket/prefix`; throws a UsageError for anything else. */
    constructor(location: string, settings: S3Settings = {}) {
        const { bucket, prefix } = parseS3Location(location);
        this.#bucket = bucket;
        this.#root = prefix === "" ? "" : `${prefix}/`;
        this.#settings = settings;
        this.location = prefix === "" ? `s3://${bucket}` : `s3://${bucket}/${prefix}`;
    }

    async get(key: string): Promise<Stored | null> {
        const place = this.#place(key);
        return this.#ask(`lezen van ${key}`, async () => {
            const answer = await this.#whole(place, undefined, async ({ Body, ETag }) => ({
                body: (await Body?.transformToByteArray()) ?? new Uint8Array(),
                etag: ETag ?? "",
            }));
            return answer === "unchanged" ? null : answer;
        });
    }

    async stream(key: string): Promise<Readable | null> {
        const place = this.#place(key);
        const what = `lezen van ${key}`;
        const answer = await this.#ask(what, () => this.#open(place));
        if (answer === null || answer === "unchanged") return null;
        const { location } = this;
        const explained = async function* (): AsyncGenerator<Uint8Array> {
            try {
                yield* answer.Body as Readable;
            } catch (error) {
                throw storageProblem(location, what, error);
            }
        };
        return Readable.from(explained(), { objectMode: false });
    }

    async put(key: string, body: Uint8Array): Promise<void> {
        const place = this.#place(key);
        await this.#ask(`schrijven van ${key}`, async () => {
            const { client, library } = await this.#library();
            await client.send(new library.PutObjectCommand({ ...place, Body: body }));
        });
    }

    async putIfAbsent(key: string, body: Uint8Array): Promise<boolean> {
        return (await this.#putOn(key, body, { IfNoneMatch: "*" })) !== null;
    }

    async putIfMatch(key: string, body: Uint8Array, etag: string | null): Promise<string | null> {
        return this.#putOn(key, body, etag === null ? { IfNoneMatch: "*" } : { IfMatch: etag });
    }

    async list(prefix: string): Promise<string[]> {
        const keys: string[] = [];
        for await (const page of this.pages(prefix)) keys.push(...page);
        return keys.sort();
    }

    async *pages(prefix: string, size = LARGEST_PAGE): AsyncGenerator<string[]> {
        let from: string | undefined;
        do {
            const page = await this.#ask(`opsommen van ${prefix}`, async () => {
                const { client, library } = await this.#library();
                return client.send(
                    new library.ListObjectsV2Command({
                        Bucket: this.#bucket,
                        Prefix: this.#root + prefix,
                        MaxKeys: Math.min(size, LARGEST_PAGE),
                        ContinuationToken: from,
                    }),
                );
            });
            const keys = (page.Contents ?? []).map((object) => (object.Key ?? "").slice(this.#root.length));
            const ours = keys.filter(isKey);
            if (ours.length > 0) yield ours;
            from = page.IsTruncated ? page.NextContinuationToken : undefined;
        } while (from !== undefined);
    }

    async delete(key: string): Promise<void> {
        await this.#deleteVersion(key, undefined);
    }

    async erase(key: string): Promise<void> {
        const place = this.#place(key);
        // From the start each time: what was listed is gone by then.
        for (;;) {
            const page = await this.#ask(`opsommen van versies van ${key}`, async () => {
                const { client, library } = await this.#library();
                return client.send(
                    new library.ListObjectVersionsCommand({
                        Bucket: place.Bucket,
                        Prefix: place.Key,
                        MaxKeys: LARGEST_PAGE,
                    }),
                );
            });
            // The key itself sorts before every longer one that begins with it, so it is on the first page or nowhere.
            const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].filter(
                (version) => version.Key === place.Key,
            );
            await Promise.all(versions.map((version) => this.#eraseVersion(key, version.VersionId)));
            if (versions.length === 0) return;
        }
    }

    async seal(key: string, until: Date): Promise<boolean> {
        const place = this.#place(key);
        return this.#ask(`vergrendelen van ${key}`, async () => {
            const { client, library } = await this.#library();
            const Retention = { Mode: "GOVERNANCE", RetainUntilDate: until } as const;
            try {
                await client.send(new library.PutObjectRetentionCommand({ ...place, Retention }));
                return true;
            } catch (error) {
                // How S3 says that the bucket was made without object lock.
                if (wordOf(error) === "InvalidRequest" || wordOf(error) === "ObjectLockConfigurationNotFoundError")
                    return false;
                throw error;
            }
        });
    }

    async clearUnfinished(before: Date): Promise<number> {
        let cleared = 0;
        let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
        while (from !== undefined) {
            const marker: { KeyMarker?: string; UploadIdMarker?: string } = from;
            const page = await this.#ask("opsommen van onvoltooide uploads", async () => {
                const { client, library } = await this.#library();
                const where = { Bucket: this.#bucket, Prefix: this.#root, ...marker };
                return client.send(new library.ListMultipartUploadsCommand(where));
            });
            for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
                if (Initiated === undefined || Initiated >= before) continue;
                await this.#ask("opruimen van een onvoltooide upload", async () => {
                    const { client, library } = await this.#library();
                    const upload = { Bucket: this.#bucket, Key, UploadId };
                    await client.send(new library.AbortMultipartUploadCommand(upload)).catch((error: unknown) => {
                        // Somebody else cleared it, or it was finished just now.
                        if (wordOf(error) !== "NoSuchUpload") throw error;
                    });
                });
                cleared += 1;
            }
            from = page.IsTruncated
                ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
                : undefined;
        }
        return cleared;
    }

    async putFile(key: string, localPath: string): Promise<void> {
        const { size } = await stat(localPath);
        const partBytes = this.#settings.partBytes ?? PART_BYTES;
        if (size <= partBytes) return this.put(key, await readFile(localPath));
        const place = this.#place(key);
        await this.#ask(`schrijven van ${key}`, async () => {
            // When the answer to the last request gets lost, its repetition finds the upload finished and so unknown.
            await this.#upload(place, localPath, partBytes).catch((error: unknown) => {
                if (wordOf(error) !== "NoSuchUpload") throw error;
                return this.#upload(place, localPath, partBytes);
            });
        });
    }

    /** In parts, one in memory at a time; the object appears with the last request, or never. */
    async #upload(place: Place, localPath: string, partBytes: number): Promise<void> {
        const { client, library } = await this.#library();
        const { UploadId } = await client.send(new library.CreateMultipartUploadCommand(place));
        try {
            const Parts: CompletedPart[] = [];
            for await (const Body of partsOf(localPath, partBytes)) {
                const part = { PartNumber: Parts.length + 1, UploadId };
                const { ETag } = await client.send(new library.UploadPartCommand({ ...place, ...part, Body }));
                Parts.push({ ETag, PartNumber: part.PartNumber });
            }
            const finish = { ...place, UploadId, MultipartUpload: { Parts } };
            await client.send(new library.CompleteMultipartUploadCommand(finish));
        } catch (error) {
            // What this leaves behind, and what a killed process does, gc clears.
            await client.send(new library.AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => {});
            throw error;
        }
    }

    async localPaths(keys: readonly string[]): Promise<string[]> {
        return Promise.all(keys.map((key) => this.#copy(key)));
    }

    /** A local copy, under its etag: what a path holds never changes, and an unchanged object is not fetched twice. */
    async #copy(key: string): Promise<string> {
        const place = this.#place(key);
        return this.#ask(`ophalen van ${key}`, async () => {
            this.#folder ??= scratchFolder("meer");
            const folder = await this.#folder;
            const known = this.#copies.get(key);
            const copy = await this.#whole(place, known?.etag, async ({ Body, ETag = "" }) => {
                const unfinished = join(folder, randomUUID());
                await pipeline(Body as Readable, createWriteStream(unfinished));
                const path = join(folder, ETag.replaceAll(/[^\w-]/g, ""), key);
                await mkdir(dirname(path), { recursive: true });
                await rename(unfinished, path);
                return { etag: ETag, path };
            });
            if (copy === "unchanged" && known) return known.path;
            if (copy === null || copy === "unchanged") throw missingKey(this.location, key);
            this.#copies.set(key, copy);
            return copy.path;
        });
    }

    /** Reads an object to its end; from the start again when the connection broke or the checksum was wrong. */
    async #whole<Result>(
        place: Place,
        knownEtag: string | undefined,
        read: (answer: GetObjectCommandOutput) => Promise<Result>,
    ): Promise<Result | "unchanged" | null> {
        for (let attempt = 1; ; attempt++) {
            const answer = await this.#open(place, knownEtag);
            if (answer === null || answer === "unchanged") return answer;
            try {
                return await read(answer);
            } catch (error) {
                // The library has repeated what it asked, but not the reading of what it got.
                if (attempt === ATTEMPTS || isLocal(error)) throw error;
                await backOff(attempt);
            }
        }
    }

    /** The answer with its body still to be read; null when the key does not exist. */
    async #open(place: Place, knownEtag?: string): Promise<GetObjectCommandOutput | "unchanged" | null> {
        const { client, library } = await this.#library();
        try {
            const answer = await client.send(new library.GetObjectCommand({ ...place, IfNoneMatch: knownEtag }));
            // A connection may break before anybody reads; the reader hears of it, and without this the process would end.
            (answer.Body as Readable).on("error", () => {});
            return answer;
        } catch (error) {
            if (statusOf(error) === 304) return "unchanged";
            if (wordOf(error) === "NoSuchKey") return null;
            throw error;
        }
    }

    /** Writes on a condition; the new etag, or null when the condition did not hold. */
    async #putOn(key: string, body: Uint8Array, condition: Condition): Promise<string | null> {
        const place = this.#place(key);
        const writer = randomUUID();
        return this.#ask(`schrijven van ${key}`, async () => {
            const { client, library } = await this.#library();
            const object = { ...place, Body: body, Metadata: { [WRITER]: writer }, ...condition };
            for (let attempt = 1; ; attempt++) {
                try {
                    return (await client.send(new library.PutObjectCommand(object))).ETag ?? "";
                } catch (error) {
                    const status = statusOf(error);
                    // 409: writers collided and S3 does not say who won. Asked again, it does.
                    if (status === 409 && attempt < ATTEMPTS * 2) {
                        await backOff(attempt);
                        continue;
                    }
                    if (status !== 412 && wordOf(error) !== "NoSuchKey") throw error;
                    // An earlier attempt may have landed while its answer got lost: then the first to write was us.
                    return attempt > 1 || attemptsOf(error) > 1 ? this.#etagIfWrittenBy(place, writer) : null;
                }
            }
        });
    }

    async #etagIfWrittenBy(place: Place, writer: string): Promise<string | null> {
        const { client, library } = await this.#library();
        try {
            const { ETag, Metadata } = await client.send(new library.HeadObjectCommand(place));
            return Metadata?.[WRITER] === writer ? (ETag ?? "") : null;
        } catch (error) {
            if (statusOf(error) === 404) return null;
            throw error;
        }
    }

    async #deleteVersion(key: string, version: string | undefined): Promise<void> {
        const place = this.#place(key);
        await this.#ask(`verwijderen van ${key}`, async () => {
            const { client, library } = await this.#library();
            await client.send(new library.DeleteObjectCommand({ ...place, VersionId: version }));
        });
    }

    /** A locked version goes only when the lock is passed by, which needs a right of its own and is asked for only then. */
    async #eraseVersion(key: string, version: string | undefined): Promise<void> {
        const place = this.#place(key);
        await this.#ask(`wissen van ${key}`, async () => {
            const { client, library } = await this.#library();
            const one = { ...place, VersionId: version };
            try {
                await client.send(new library.DeleteObjectCommand(one));
            } catch (error) {
                if (wordOf(error) !== "AccessDenied") throw error;
                await client.send(new library.DeleteObjectCommand({ ...one, BypassGovernanceRetention: true }));
            }
        });
    }

    #place(key: string): Place {
        return { Bucket: this.#bucket, Key: this.#root + checkKey(key) };
    }

    /** Takes a turn, and says in one sentence what went wrong. */
    async #ask<Answer>(what: string, action: () => Promise<Answer>): Promise<Answer> {
        try {
            return await this.#turn(action);
        } catch (error) {
            if (error instanceof StoreError || isLocal(error)) throw error;
            throw storageProblem(this.location, what, error);
        }
    }

    #library(): Promise<{ library: Library; client: S3Client }> {
        this.#opened ??= openLibrary(this.#settings);
        return this.#opened;
    }
}

interface Place {
    Bucket: string;
    Key: string;
}

async function openLibrary({ client }: S3Settings): Promise<{ library: Library; client: S3Client }> {
    // A notice of the library about Node versions to come; which one we use is for package.json to say.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
    const library = await import("@aws-sdk/client-s3");
    const agent = { keepAlive: true, maxSockets: AT_ONCE * 2 };
    const settings: S3ClientConfig = {
        requestHandler: {
            connectionTimeout: CONNECT_MS,
            socketTimeout: SILENCE_MS,
            httpAgent: agent,
            httpsAgent: agent,
        },
        // Storage at an address of its own seldom has a name per bucket.
        forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL),
        ...(process.env.AWS_MAX_ATTEMPTS ? {} : { maxAttempts: ATTEMPTS }),
        ...client,
    };
    return { library, client: new library.S3Client(settings) };
}

/** Longer each time, and never at the same moment as somebody else. */
const backOff = (attempt: number): Promise<void> =>
    pause(Math.min(PAUSE_MS * 2 ** attempt, 2_000) * (0.5 + Math.random() / 2));
