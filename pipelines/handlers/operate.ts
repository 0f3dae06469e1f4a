import { z } from "zod";
import { cloudLakeWithKey, count, entry } from "../handler.ts";
import { collect } from "../lake/collect.ts";
import { forget } from "../lake/forget.ts";
import { overview } from "../lake/overview.ts";
import { rollback } from "../lake/rollback.ts";

const WANTED = z.discriminatedUnion("do", [
    z.object({ do: z.literal("overview") }),
    z.object({ do: z.literal("collect"), keep: z.int().min(1), sealedDays: z.int().min(0) }),
    z.object({ do: z.literal("rollback"), release: z.string() }),
    z.object({ do: z.literal("forget"), practice: z.string().regex(/^\d{8}$/), patient: z.string().optional() }),
]);

/** What an operator may do to the lake, without ever reading it: nobody but this function needs the right to delete. */
export const handler = entry(WANTED, async (wanted): Promise<object> => {
    const lake = await cloudLakeWithKey();
    const now = (): string => new Date().toISOString();
    count(`beheer_${wanted.do}`);
    switch (wanted.do) {
        case "overview":
            return overview(lake);
        case "collect":
            return collect(lake, wanted, { now });
        case "rollback":
            return rollback(lake, wanted.release);
        case "forget":
            return forget(lake, { practice: wanted.practice, patient: wanted.patient }, { now });
    }
});
