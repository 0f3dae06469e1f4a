/** In the browser charts are drawn by the browser's own DOM; the build puts this in the place of linkedom. */
export function parseHTML(markup: string): { document: Document } {
    return { document: new DOMParser().parseFromString(markup, "text/html") };
}
