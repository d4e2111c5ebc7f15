/** The promise to the visitor: what was said and whether it was kept. Pure. */

export type PromiseState =
  | { kind: "none" }
  | { kind: "open"; promiseAt: number }
  | { kind: "kept"; promiseAt: number; earlyMs: number }
  | { kind: "broken"; promiseAt: number; lateMs: number; answered: boolean };

export function promiseState(
  promiseAt: string | null,
  firstTouchAt: string | null,
  now: number,
): PromiseState {
  if (promiseAt === null) return { kind: "none" };
  const promised = Date.parse(promiseAt);
  if (firstTouchAt !== null) {
    const early = promised - Date.parse(firstTouchAt);
    if (early >= 0) return { kind: "kept", promiseAt: promised, earlyMs: early };
    return { kind: "broken", promiseAt: promised, lateMs: -early, answered: true };
  }
  if (now <= promised) return { kind: "open", promiseAt: promised };
  return { kind: "broken", promiseAt: promised, lateMs: now - promised, answered: false };
}
