/** The one platform value the floor imports; the whole of the platform's types would clash with Node's. */
declare module "cloudflare:workers" {
  export abstract class DurableObject<Env> extends CloudflareWorkersModule.DurableObject<Env> {}
  import type { CloudflareWorkersModule } from "@cloudflare/workers-types/experimental";
}
