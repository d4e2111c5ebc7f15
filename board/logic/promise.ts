/** The promise to the visitor: what was said and whether it was kept. Pure. */
import { promiseFate, toldMinute } from "../../schema/wire/told.ts";

export type PromiseState =
  | { kind: "none" }
  | { kind: "open"; promiseAt: number }
  | { kind: "kept"; promiseAt: number; earlyMs: number }
  | { kind: "broken"; promiseAt: number; lateMs: number; answered: boolean }
  /** The lead was closed before anybody reached out; `late` where the promised time had passed by then. */
  | { kind: "closed"; promiseAt: number; late: boolean };

/** `promiseAt` is told, and judged, as the visitor read it. */
export function promiseState(
  promiseAt: string | null,
  firstTouchAt: string | null,
  now: number,
  closedAt: string | null = null,
): PromiseState {
  if (promiseAt === null) return { kind: "none" };
  const promised = toldMinute(Date.parse(promiseAt));
  const closed = closedAt === null ? null : Date.parse(closedAt);
  const touched = firstTouchAt === null ? null : Date.parse(firstTouchAt);
  const fate = promiseFate({ promiseAt: promised, touchedAt: touched, closedAt: closed }, now);
  if (fate.kind === "kept") return { kind: "kept", promiseAt: promised, earlyMs: Math.abs(fate.lateMs) };
  if (fate.kind === "late")
    return { kind: "broken", promiseAt: promised, lateMs: fate.lateMs, answered: true };
  if (fate.kind === "withdrawn") return { kind: "closed", promiseAt: promised, late: false };
  if (fate.kind === "waiting") return { kind: "open", promiseAt: promised };
  return closed === null
    ? { kind: "broken", promiseAt: promised, lateMs: now - promised, answered: false }
    : { kind: "closed", promiseAt: promised, late: true };
}
