import { extname } from "node:path";

/** What browsers are told of pages and downloads; everything else is bytes. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".arrow": "application/vnd.apache.arrow.file",
};

/** The header that goes with a key, if any. */
export function contentTypeOf(key: string): { ContentType?: string } {
    const ContentType = CONTENT_TYPES[extname(key)];
    return ContentType === undefined ? {} : { ContentType };
}
