/** How sure a match must be (docs/matching.md). */
import * as z from "zod";

const share = z.number().min(0).max(1);

export const matching = z
  .strictObject({
    /** From here on an account is taken. The default is chosen for precision: a wrong match costs more than a miss. */
    acceptThreshold: share.default(0.6),
    /** From here up to acceptance: no match, but the candidate is shown. */
    reviewThreshold: share.default(0.1),
  })
  .refine(({ acceptThreshold, reviewThreshold }) => reviewThreshold <= acceptThreshold, {
    path: ["reviewThreshold"],
    message: "must not be above acceptThreshold",
  });
