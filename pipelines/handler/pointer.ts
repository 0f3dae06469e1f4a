// Which publication is live, as the edge reads it.
import { keyValueStoreFacts } from "../access/key-value-store.ts";
import { setting } from "./setting.ts";

/** What the edge is told when nothing may be shown. */
export const NOTHING = "geen";

/** Leads readers to a publication, or to none. */
export const leadTo = (publication: string): Promise<void> =>
    keyValueStoreFacts(setting("REGIOSPIEGEL_AANWIJZER")).set("publicatie", publication);
