/** `/v1/enforcement`: whether clocks act or only report. */
import * as z from "zod";
import { isoTime } from "./common.ts";

const mode = z.enum(["enforce", "observe"]);

export const enforcementAnswer = z
  .object({
    mode,
    since: isoTime.nullable(),
    by: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: "Enforcement" });
export type EnforcementAnswer = z.infer<typeof enforcementAnswer>;

export const enforcementBody = z.strictObject({
  mode,
  reason: z.string().trim().min(3, "say why, in at least three letters").max(500),
});
