import { open } from "node:fs/promises";

/** The bytes of a local file in parts of one size (the last may be smaller), one in memory at a time. */
export async function* partsOf(localPath: string, partBytes: number): AsyncGenerator<Uint8Array> {
    const file = await open(localPath);
    try {
        for (;;) {
            const part = Buffer.alloc(partBytes);
            let filled = 0;
            while (filled < partBytes) {
                const { bytesRead } = await file.read(part, filled, partBytes - filled);
                if (bytesRead === 0) break;
                filled += bytesRead;
            }
            if (filled > 0) yield part.subarray(0, filled);
            if (filled < partBytes) return;
        }
    } finally {
        await file.close();
    }
}
