import { createHash } from "node:crypto";

const BLOCK = 1 << 18;

/** One text file being written: encoded in blocks, counted and hashed on the way. Held in memory until its archive is made. */
export class TextFile {
    /** Data rows: lines without the header and comments. */
    rows = 0;
    bytes = 0;
    readonly blocks: Buffer[] = [];
    private text = "";
    private readonly hash = createHash("sha256");

    constructor(
        readonly name: string,
        private readonly encoding: "latin1" | "utf8",
    ) {}

    /** Adds text that is no data row: a header or comment, line end included. */
    head(text: string): void {
        this.text += text;
    }

    /** Adds one data row, line end included. */
    row(text: string): void {
        this.text += text;
        this.rows++;
        if (this.text.length > BLOCK) this.flush();
    }

    /** Adds a piece of many rows at once. */
    piece(text: string, rows: number): void {
        this.text += text;
        this.rows += rows;
        if (this.text.length > BLOCK) this.flush();
    }

    /** Ends the file; returns the hash of its bytes. */
    finish(): string {
        this.flush();
        return this.hash.digest("hex");
    }

    private flush(): void {
        if (this.text === "") return;
        const block = Buffer.from(this.text, this.encoding);
        this.hash.update(block);
        this.blocks.push(block);
        this.bytes += block.length;
        this.text = "";
    }
}
