/** The bindings of the local receivers. */
import type { Box } from "./box.ts";

export interface LocalEnv {
  readonly BOX: DurableObjectNamespace<Box>;
  /** `whsec_` and base64, as Standard Webhooks writes it; empty when there is none. */
  readonly OPS_WEBHOOK_SECRET: string;
  /** The key that the local data provider takes. */
  readonly PDL_API_KEY: string;
}
