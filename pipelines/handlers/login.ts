import {
    type FunctionUrlAnswer,
    type FunctionUrlEvent,
    fromFunctionUrl,
    toFunctionUrl,
} from "../access/function-url.ts";
import { answerAccess } from "../access.ts";
import { accessInCloud } from "./access-in-cloud.ts";

/** The login function behind CloudFront: `/toegang/*`. */
export async function handler(event: FunctionUrlEvent): Promise<FunctionUrlAnswer> {
    return toFunctionUrl(await answerAccess(fromFunctionUrl(event), await accessInCloud()));
}
