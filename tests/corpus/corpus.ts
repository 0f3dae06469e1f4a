import { bytes } from "./bytes.ts";
import type { BadDelivery } from "./case.ts";
import { filesAndColumns } from "./files-and-columns.ts";
import { namesAndManifests } from "./names-and-manifests.ts";
import { packing } from "./packing.ts";
import { persons } from "./persons.ts";
import { rows } from "./rows.ts";

/** The rules that make bad deliveries; each gives its own kind of spoiling. */
export const RULES: Record<string, () => BadDelivery[]> = {
    "names and manifests": namesAndManifests,
    packing,
    "files and columns": filesAndColumns,
    bytes,
    persons,
    rows,
};
