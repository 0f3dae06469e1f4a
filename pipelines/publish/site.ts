import path from "node:path";
import { S3Store } from "../stores/s3.ts";
import { goLive, pointAt, readMarker, type Site, workFolder } from "./site-folder.ts";
import { storeSite } from "./site-store.ts";

/** Opens the site in a local folder or at `s3://bucket/prefix`; it need not hold anything yet. */
export function openSite(location: string): Site {
    if (/^s3:/i.test(location)) return storeSite(new S3Store(location), location);
    return {
        pathOf: (publication) => path.join(location, publication),
        readMarker: (publication) => readMarker(location, publication),
        workFolder: (publication) => workFolder(location, publication),
        goLive: (pages, marker) => goLive(location, pages, marker),
        pointAt: (publication) => pointAt(location, publication),
    };
}
