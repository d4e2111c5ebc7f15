/** Files that break a house rule, and neighbours that must not: one table for test/domain/house/fences.test.ts. */

export interface FenceCase {
  readonly file: string;
  readonly source: string;
  /** The rule that must fire, once; absent where the file is allowed. */
  readonly fires?: "leadclock(fences)" | "leadclock(pure-domain)";
}

const fence = "leadclock(fences)" as const;
const pure = "leadclock(pure-domain)" as const;

export const importCases: readonly FenceCase[] = [
  { file: "schema/a1.ts", source: `import { x } from "../worker/domain/x.ts"; x();`, fires: fence },
  {
    file: "schema/a2.ts",
    source: `import type { X } from "../board/x.ts"; export type Y = X;`,
    fires: fence,
  },
  { file: "schema/a3.ts", source: `import { Hono } from "hono"; export const h = new Hono();`, fires: fence },
  {
    file: "schema/wire/a4.ts",
    source: `import * as z from "zod"; import { x } from "../config/x.ts"; x(z);`,
  },
  { file: "schema/tables/a5.ts", source: `import { text } from "drizzle-orm/sqlite-core"; text();` },
  { file: "worker/domain/b1.ts", source: `import { x } from "../store/x.ts"; x();`, fires: fence },
  { file: "worker/domain/sla/b2.ts", source: `import { x } from "../../flows/x.ts"; x();`, fires: fence },
  {
    file: "worker/domain/b3.ts",
    source: `import { Hono } from "hono"; export const h = new Hono();`,
    fires: fence,
  },
  { file: "worker/domain/b4.ts", source: `import { eq } from "drizzle-orm"; eq();`, fires: fence },
  { file: "worker/domain/b5.ts", source: `import { env } from "cloudflare:workers"; env();`, fires: fence },
  {
    file: "worker/domain/b6.ts",
    source: `import { readFileSync } from "node:fs"; readFileSync("x");`,
    fires: fence,
  },
  { file: "worker/domain/b7.ts", source: `export { x } from "../jobs/x.ts";`, fires: fence },
  { file: "worker/domain/b8.ts", source: `export * from "../http/x.ts";`, fires: fence },
  { file: "worker/domain/b9.ts", source: `export const x = import("../durable/x.ts");`, fires: fence },
  { file: "worker/domain/b10.ts", source: `export type X = import("../store/x.ts").X;`, fires: fence },
  {
    file: "worker/domain/b11.ts",
    source: `import type { Env } from "../env.ts"; export type E = Env;`,
    fires: fence,
  },
  {
    file: "worker/domain/c1.ts",
    source: `import type { X } from "../../schema/config/x.ts"; export type Y = X;`,
  },
  { file: "worker/domain/c2.ts", source: `import { x } from "./sla/x.ts"; x();` },
  { file: "worker/domain/c3.ts", source: `import { parse } from "tldts"; parse("x");` },
  {
    file: "worker/domain/c4.ts",
    source: `import { Temporal } from "temporal-polyfill"; Temporal.Instant.from("x");`,
  },
  { file: "worker/domain/c5.ts", source: `import { parse } from "libphonenumber-js/min"; parse("x");` },
  { file: "worker/store/d1.ts", source: `import { x } from "../flows/x.ts"; x();`, fires: fence },
  { file: "worker/store/d2.ts", source: `import { x } from "../outbound/x.ts"; x();`, fires: fence },
  { file: "worker/store/d3.ts", source: `import { x } from "../../schema/tables/x.ts"; x();` },
  { file: "worker/outbound/d4.ts", source: `import { x } from "../store/x.ts"; x();`, fires: fence },
  { file: "worker/flows/e1.ts", source: `import { x } from "../http/x.ts"; x();`, fires: fence },
  { file: "worker/flows/e2.ts", source: `import { x } from "../durable/x.ts"; x();`, fires: fence },
  { file: "worker/flows/e3.ts", source: `import { x } from "../jobs/x.ts"; x();`, fires: fence },
  {
    file: "worker/flows/e4.ts",
    source: `import type { X } from "../durable/x.ts"; export type Y = X;`,
    fires: fence,
  },
  { file: "worker/flows/e5.ts", source: `import { x } from "../wiring.ts"; x();`, fires: fence },
  { file: "worker/flows/e6.ts", source: `import { x } from "../store/x.ts"; x();` },
  { file: "worker/flows/e7.ts", source: `import { x } from "../outbound/x.ts"; x();` },
  { file: "worker/flows/e8.ts", source: `import type { Env } from "../env.ts"; export type E = Env;` },
  { file: "worker/http/f1.ts", source: `import { x } from "../store/x.ts"; x();`, fires: fence },
  { file: "worker/http/f2.ts", source: `import { x } from "../outbound/x.ts"; x();`, fires: fence },
  { file: "worker/http/f3.ts", source: `import { x } from "../durable/x.ts"; x();`, fires: fence },
  { file: "worker/http/f4.ts", source: `import { x } from "../jobs/x.ts"; x();`, fires: fence },
  { file: "worker/http/f5.ts", source: `import type { X } from "../durable/x.ts"; export type Y = X;` },
  { file: "worker/http/f6.ts", source: `import { x } from "../flows/x.ts"; x();` },
  { file: "worker/jobs/g1.ts", source: `import { x } from "../store/x.ts"; x();`, fires: fence },
  { file: "worker/jobs/g2.ts", source: `import { x } from "../http/x.ts"; x();`, fires: fence },
  { file: "worker/jobs/g3.ts", source: `import { x } from "../flows/x.ts"; x();` },
  { file: "worker/durable/g4.ts", source: `import { x } from "../store/x.ts"; x();`, fires: fence },
  { file: "worker/durable/g5.ts", source: `import { x } from "../http/x.ts"; x();`, fires: fence },
  { file: "worker/durable/g6.ts", source: `import { x } from "../flows/x.ts"; x();` },
  {
    file: "worker/wiring.ts",
    source: `import { x } from "./store/x.ts"; import { y } from "./durable/y.ts"; x(y);`,
  },
  { file: "widget/h1.ts", source: `import { x } from "../schema/config/x.ts"; x();`, fires: fence },
  { file: "widget/h2.ts", source: `import { x } from "../worker/domain/x.ts"; x();`, fires: fence },
  { file: "widget/h3.ts", source: `import { x } from "../board/x.ts"; x();`, fires: fence },
  {
    file: "widget/h4.ts",
    source: `import type { X } from "../schema/tables/x.ts"; export type Y = X;`,
    fires: fence,
  },
  { file: "widget/h5.ts", source: `import type { X } from "../schema/config/x.ts"; export type Y = X;` },
  { file: "widget/h6.ts", source: `import { x } from "../schema/wire/x.ts"; x();` },
  { file: "board/i1.ts", source: `import { x } from "../worker/http/x.ts"; x();`, fires: fence },
  { file: "board/i2.ts", source: `import { x } from "../widget/x.ts"; x();`, fires: fence },
  { file: "board/i4.ts", source: `import { x } from "../schema/events.ts"; x();` },
  {
    file: "board/views/i3.ts",
    source: `import type { X } from "../../schema/wire/x.ts"; export type Y = X;`,
  },
  { file: "cli/j1.ts", source: `import { x } from "../worker/store/x.ts"; x();`, fires: fence },
  { file: "cli/j2.ts", source: `import { x } from "../worker/domain/x.ts"; x();` },
  { file: "cli/player/j5.ts", source: `import { x } from "../../worker/flows/x.ts"; x();` },
  { file: "cli/player/j6.ts", source: `import { x } from "../../worker/store/x.ts"; x();`, fires: fence },
  { file: "test/j3.ts", source: `import { x } from "../worker/store/x.ts"; x();` },
  { file: "bench/j4.ts", source: `import { x } from "../worker/store/x.ts"; x();` },
];

export const purityCases: readonly FenceCase[] = [
  { file: "worker/domain/k1.ts", source: `export const a = Date.now();`, fires: pure },
  { file: "worker/domain/k2.ts", source: `export const a = Date["now"]();`, fires: pure },
  { file: "worker/domain/k3.ts", source: `const { now } = Date; export const a = now();`, fires: pure },
  { file: "worker/domain/k4.ts", source: `export const a = new Date();`, fires: pure },
  { file: "worker/domain/k5.ts", source: `export const a = Date();`, fires: pure },
  { file: "worker/domain/k6.ts", source: `export const a = (now = Date.now) => now();`, fires: pure },
  { file: "worker/domain/k7.ts", source: `export const a = Math.random();`, fires: pure },
  { file: "worker/domain/k8.ts", source: `const { random } = Math; export const a = random();`, fires: pure },
  { file: "worker/domain/k9.ts", source: `export const a = crypto.randomUUID();`, fires: pure },
  { file: "worker/domain/k10.ts", source: `export const a = globalThis.Date;`, fires: pure },
  {
    file: "worker/domain/k11.ts",
    source: `import { Temporal } from "temporal-polyfill"; export const a = Temporal.Now.instant();`,
    fires: pure,
  },
  { file: "worker/domain/l1.ts", source: `export const a = (now: number): Date => new Date(now);` },
  {
    file: "worker/domain/l2.ts",
    source: `export const a = [Date.UTC(2026, 1), Date.parse("2026-01-01"), Math.max(1, 2)];`,
  },
  { file: "worker/domain/l3.ts", source: `export const a = (x: unknown): boolean => x instanceof Date;` },
  {
    file: "worker/domain/l4.ts",
    source: `export const a = { Date: 1, crypto: 2, now: { random: 3 } }.crypto;`,
  },
  {
    file: "worker/flows/l5.ts",
    source: `export const a = [Date.now(), Math.random(), crypto.randomUUID(), new Date()];`,
  },
];

/** Rules from oxlint itself that the house leans on: a sample, to prove the type-aware ones run. */
export const typedCases = [
  {
    file: "cli/m1.ts",
    source: `const p = Promise.resolve(1); p;\nexport {};`,
    fires: "no-floating-promises",
  },
  {
    file: "cli/m2.ts",
    source: `const a = async (): Promise<boolean> => true; if (a()) a;\nexport {};`,
    fires: "no-misused-promises",
  },
  {
    file: "cli/m3.ts",
    source: `export const a = async (): Promise<number> => await 1;`,
    fires: "await-thenable",
  },
  {
    file: "cli/m4.ts",
    source: `export const a = (x: "a" | "b"): number => { switch (x) { case "a": return 1; } return 2; };`,
    fires: "switch-exhaustiveness-check",
  },
  { file: "cli/m5.ts", source: `export const a: number = JSON.parse("1");`, fires: "no-unsafe-assignment" },
  { file: "cli/m6.ts", source: `export const a = (x: any): unknown => x;`, fires: "no-explicit-any" },
  {
    file: "cli/m7.ts",
    source: `export default function a(): number { return 1; }`,
    fires: "no-restricted-exports",
  },
] as const;
