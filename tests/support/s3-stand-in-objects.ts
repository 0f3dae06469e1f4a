import { md5Of, S3Refusal } from "./s3-stand-in-body.ts";

export interface Version {
    id: string;
    /** Null: a delete marker. */
    body: Buffer | null;
    etag: string;
    metadata: Record<string, string>;
    written: Date;
    /** Until when it cannot be deleted (governance mode). */
    lockedUntil?: Date;
}

export interface Write {
    body: Buffer;
    metadata: Record<string, string>;
    etag?: string;
    ifMatch?: string | undefined;
    ifNoneMatch?: string | undefined;
}

export interface ListedVersion extends Version {
    key: string;
    latest: boolean;
}

/** The objects of one bucket with their versions, newest last; a bucket without versioning keeps one, called `null`. */
export class BucketContent {
    readonly #versions = new Map<string, Version[]>();
    readonly #uploads = new Map<
        string,
        { key: string; metadata: Record<string, string>; parts: Map<number, Buffer>; begun: Date }
    >();
    #serial = 0;

    constructor(
        readonly versioned: boolean,
        readonly locks = false,
    ) {}

    /** Puts a lock on a version, the newest when none is named. */
    lock(key: string, id: string | null, until: Date): void {
        if (!this.locks) throw new S3Refusal("InvalidRequest", 400);
        const version = id === null ? this.current(key) : this.version(key, id);
        if (!version?.body) throw new S3Refusal("NoSuchKey", 404);
        version.lockedUntil = until;
    }

    uploads(): { key: string; id: string; begun: Date }[] {
        return [...this.#uploads].map(([id, { key, begun }]) => ({ key, id, begun }));
    }

    current(key: string): Version | null {
        const newest = this.#versions.get(key)?.at(-1);
        return newest?.body ? newest : null;
    }

    version(key: string, id: string): Version | null {
        return this.#versions.get(key)?.find((version) => version.id === id) ?? null;
    }

    /** Conditions and write in one step, as S3 promises. */
    write(key: string, { body, metadata, etag, ifMatch, ifNoneMatch }: Write): Version {
        const current = this.current(key);
        if (ifNoneMatch !== undefined && ifNoneMatch !== "*") throw new S3Refusal("NotImplemented", 501);
        if (ifNoneMatch === "*" && current) throw new S3Refusal("PreconditionFailed", 412);
        if (ifMatch !== undefined && !current) throw new S3Refusal("NoSuchKey", 404);
        if (ifMatch !== undefined && current?.etag !== ifMatch && current?.etag !== `"${ifMatch}"`)
            throw new S3Refusal("PreconditionFailed", 412);
        const written = { id: this.#nextId(), body, etag: etag ?? `"${md5Of(body)}"`, metadata, written: new Date() };
        this.#add(key, written);
        return written;
    }

    delete(key: string, id: string | null, bypass = false): void {
        const versions = this.#versions.get(key) ?? [];
        const locked = id === null ? undefined : versions.find((version) => version.id === id)?.lockedUntil;
        if (locked !== undefined && locked > new Date() && !bypass) throw new S3Refusal("AccessDenied", 403);
        if (id !== null)
            this.#keep(
                key,
                versions.filter((version) => version.id !== id),
            );
        else if (!this.versioned) this.#versions.delete(key);
        else this.#add(key, { id: this.#nextId(), body: null, etag: "", metadata: {}, written: new Date() });
    }

    /** Keys that begin so and have a current object, in the order of their bytes. */
    keys(prefix = ""): string[] {
        return this.#sorted(prefix).filter((key) => this.current(key));
    }

    /** Every version and delete marker of keys that begin so: by key, newest first. */
    versions(prefix = ""): ListedVersion[] {
        return this.#sorted(prefix).flatMap((key) =>
            [...(this.#versions.get(key) ?? [])]
                .reverse()
                .map((version, index) => ({ ...version, key, latest: index === 0 })),
        );
    }

    startUpload(key: string, metadata: Record<string, string>): string {
        const id = `upload${this.#serial++}`;
        this.#uploads.set(id, { key, metadata, parts: new Map(), begun: new Date() });
        return id;
    }

    addPart(id: string, number: number, body: Buffer): string {
        this.#upload(id).parts.set(number, body);
        return `"${md5Of(body)}"`;
    }

    /** Puts the named parts together; the smallest size of all but the last is 5 MB, as in S3. */
    finishUpload(id: string, named: readonly { number: number; etag: string }[]): Version {
        const { key, metadata, parts } = this.#upload(id);
        const bodies = named.map(({ number, etag }, index) => {
            const body = parts.get(number);
            if (!body || etag.replaceAll('"', "") !== md5Of(body)) throw new S3Refusal("InvalidPart", 400);
            if (index < named.length - 1 && body.length < SMALLEST_PART) throw new S3Refusal("EntityTooSmall", 400);
            return body;
        });
        const digests = Buffer.concat(bodies.map((body) => Buffer.from(md5Of(body), "hex")));
        this.#uploads.delete(id);
        return this.write(key, {
            body: Buffer.concat(bodies),
            metadata,
            etag: `"${md5Of(digests)}-${bodies.length}"`,
        });
    }

    abortUpload(id: string): void {
        this.#upload(id);
        this.#uploads.delete(id);
    }

    get unfinishedUploads(): number {
        return this.#uploads.size;
    }

    #upload(id: string) {
        const upload = this.#uploads.get(id);
        if (!upload) throw new S3Refusal("NoSuchUpload", 404);
        return upload;
    }

    #nextId(): string {
        return this.versioned ? `v${this.#serial++}` : "null";
    }

    #add(key: string, version: Version): void {
        this.#keep(key, this.versioned ? [...(this.#versions.get(key) ?? []), version] : [version]);
    }

    #keep(key: string, versions: Version[]): void {
        if (versions.length > 0) this.#versions.set(key, versions);
        else this.#versions.delete(key);
    }

    #sorted(prefix: string): string[] {
        const found = [...this.#versions.keys()].filter((key) => key.startsWith(prefix));
        return found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }
}

const SMALLEST_PART = 5 * 1024 * 1024;
