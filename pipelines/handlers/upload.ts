import { z } from "zod";
import { setting } from "../handler/setting.ts";
import { addressFor, groupsOf, letterOf, NotGiven, senderOf } from "../handler/upload.ts";
import { count, entry } from "../handler.ts";

const EVENT = z.object({
    routeKey: z.enum(["POST /leveringen", "GET /leveringen/{naam}/brief"]),
    pathParameters: z.object({ naam: z.string() }).optional(),
    body: z.string().max(1_000).optional(),
    requestContext: z.object({
        authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
    }),
});
const NAMED = z.object({ naam: z.string().max(120) });
const ASKED = z.union([NAMED, z.string().transform(jsonOf).pipe(NAMED)]);

/** Behind an authoriser that has checked the token: an address to deliver to, or that of a letter. */
export const handler = entry(EVENT, async (event) => {
    const answer = (statusCode: number, body: object) => ({ statusCode, body: JSON.stringify(body) });
    const asked = ASKED.safeParse(event.pathParameters ?? event.body);
    if (!asked.success) return answer(400, { fout: 'Noem de naam van de levering: {"naam": "…"}.' });
    const settings = {
        bucket: setting("REGIOSPIEGEL_AANKOMST"),
        bytes: Number(setting("REGIOSPIEGEL_GROOTSTE_LEVERING")),
        seconds: 900,
    };
    try {
        const { claims } = event.requestContext.authorizer.jwt;
        const sender = await senderOf(asked.data.naam, groupsOf(claims[setting("REGIOSPIEGEL_GROEPEN")]));
        const give = event.routeKey === "POST /leveringen" ? addressFor : letterOf;
        const given = await give(asked.data.naam, sender, settings);
        count("adres_gegeven");
        return answer(200, given);
    } catch (error) {
        if (!(error instanceof NotGiven)) throw error;
        count("adres_geweigerd");
        return answer(error.status, { fout: error.message });
    }
});

function jsonOf(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}
