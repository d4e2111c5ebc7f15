/** Facts about companies from beyond the edge: which provider is asked, with which secret, and how long an answer is kept. */
import * as z from "zod";
import { duration } from "./primitives.ts";

export const COMPANY_PROVIDERS = ["people_data_labs"] as const;

export const companyData = z.strictObject({
  provider: z.enum(COMPANY_PROVIDERS),
  /** The name of the secret that holds the provider's key; the key itself never stands here. */
  secretRef: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, "use an environment name such as PDL_API_KEY"),
  /** How sure the provider must be that it is this company, 1 to 10. */
  minLikelihood: z.int().min(1).max(10).default(6),
  /** An answer, "unknown" included, is used for this long. */
  keepFor: duration.default("P30D"),
});

export const enrichment = z.strictObject({ company: companyData.nullish() });
