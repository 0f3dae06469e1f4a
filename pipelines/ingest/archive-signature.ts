/** First bytes of archives and packed files, whatever their name says. */
const SIGNATURES: readonly Buffer[] = [
    Buffer.from("PK\x03\x04", "latin1"),
    Buffer.from("PK\x05\x06", "latin1"),
    Buffer.from("PK\x07\x08", "latin1"),
    Buffer.of(0x1f, 0x8b),
    Buffer.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
    Buffer.from("Rar!\x1a\x07", "latin1"),
    Buffer.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00),
    Buffer.of(0x28, 0xb5, 0x2f, 0xfd),
    Buffer.from("MSCF\0\0\0\0", "latin1"),
];
/** bzip2 names its level in the fourth byte; what follows is pi. */
const BZIP2 = /^BZh[1-9]1AY&SY/;
const TAR_MARK = "ustar";
const TAR_PLACE = 257;

/** How many first bytes tell. */
export const SIGNATURE_BYTES = 512;

/** Whether a file that begins like this is an archive. */
export function beginsAsArchive(first: Buffer): boolean {
    if (SIGNATURES.some((signature) => first.subarray(0, signature.length).equals(signature))) return true;
    if (BZIP2.test(first.toString("latin1", 0, 16))) return true;
    // A name padded with NUL stands before the mark; in a text the same letters would be chance.
    return first.toString("latin1", TAR_PLACE, TAR_PLACE + TAR_MARK.length) === TAR_MARK && first.includes(0);
}
