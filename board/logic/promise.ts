/** The promise to the visitor: what was said and whether it was kept. Pure. */
import { toldMinute } from "../../schema/wire/told.ts";

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
  if (firstTouchAt !== null) {
    const early = promised - Date.parse(firstTouchAt);
    if (early >= 0) return { kind: "kept", promiseAt: promised, earlyMs: early };
    return { kind: "broken", promiseAt: promised, lateMs: -early, answered: true };
  }
  if (closedAt !== null)
    return { kind: "closed", promiseAt: promised, late: Date.parse(closedAt) > promised };
  if (now <= promised) return { kind: "open", promiseAt: promised };
  return { kind: "broken", promiseAt: promised, lateMs: now - promised, answered: false };
}
