/**
 * Which part of the house may import what (docs/decisions/0001-toolchain.md).
 * A part is the longest matching prefix; parts that have no fence (tests, benches) may import anything.
 */

export interface Fence {
  /** Prefixes that may be imported, values and types alike. The part itself always may. */
  readonly values: readonly string[];
  /** Prefixes of which only types may be imported. */
  readonly types?: readonly string[];
  /** Packages that may be imported; absent means any. */
  readonly packages?: readonly string[];
}

/** The domain's packages compute from data alone: no I/O, no clock. */
const purePackages = ["temporal-polyfill", "tldts", "libphonenumber-js", "ical.js", "punycode", "zod"];

const domainSide = ["schema", "worker/domain"];

export const fences: Readonly<Record<string, Fence>> = {
  schema: { values: [], packages: ["zod", "zod-openapi", "drizzle-orm"] },
  "worker/domain": { values: ["schema"], packages: purePackages },
  "worker/store": { values: domainSide, types: ["worker"] },
  "worker/outbound": { values: domainSide, types: ["worker"] },
  "worker/flows": { values: [...domainSide, "worker/store", "worker/outbound"], types: ["worker"] },
  "worker/http": { values: [...domainSide, "worker/flows", "worker", "dist"], types: ["worker/durable"] },
  "worker/jobs": { values: [...domainSide, "worker/flows", "worker"], types: ["worker/durable"] },
  "worker/durable": { values: [...domainSide, "worker/flows", "worker"] },
  // Files directly under worker/ are the composition root: they wire everything and are wired by nothing below.
  worker: {
    values: [
      ...domainSide,
      ...["store", "outbound", "flows", "http", "jobs", "durable"].map((part) => `worker/${part}`),
    ],
  },
  widget: { values: ["schema/wire"], types: ["schema/config"] },
  board: { values: ["schema/wire", "schema/events.ts"], types: ["schema/config"] },
  cli: { values: domainSide },
  // Plays the demo through the flows themselves, as a Worker beside the product.
  "cli/player": { values: [...domainSide, "worker/flows", "cli/demo"], types: ["worker/store"] },
};

/** Parts without a fence of their own, named so that an import of them is recognised. */
export const openParts: readonly string[] = ["test", "bench", "scripts", "dist"];
