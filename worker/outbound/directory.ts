/** Data providers: who is behind a domain? One interface, one adapter for each provider's own API. */
import type { CompanyFacts } from "../domain/enrichment/company.ts";

export type Lookup =
  | { kind: "found"; facts: CompanyFacts }
  | { kind: "unknown" }
  | {
      kind: "failed";
      /** False: asking again can't help. */
      retry: boolean;
      /** For operators; no personal data. */
      error: string;
      retryAfterMs?: number;
      /** The provider as a whole takes no questions right now. */
      down?: boolean;
    };

/** Never throws. `domain` is registrable. */
export interface CompanyDirectory {
  find(domain: string, minLikelihood: number): Promise<Lookup>;
}
