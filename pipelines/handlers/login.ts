import { door } from "../../dashboards/access/door.ts";
import { accessPages } from "../../dashboards/access/pages.ts";
import {
    type FunctionUrlAnswer,
    type FunctionUrlEvent,
    fromFunctionUrl,
    toFunctionUrl,
} from "../access/function-url.ts";
import { answerAccess } from "../access.ts";
import { accessInCloud, type MakePages } from "../handler/access-in-cloud.ts";

const pages: MakePages = async (minutes) => accessPages((await door()).assets, minutes);

/** The login function behind CloudFront: `/toegang/*`. */
export async function handler(event: FunctionUrlEvent): Promise<FunctionUrlAnswer> {
    return toFunctionUrl(await answerAccess(fromFunctionUrl(event), await accessInCloud(pages)));
}
