/** The promise to the visitor: what was said and whether it was kept. Pure. */
import type { Lead } from "../../schema/wire/lead.ts";
import { promiseFate, toldMinute } from "../../schema/wire/told.ts";

export type PromiseState =
  | { kind: "none" }
  | { kind: "open"; promiseAt: number }
  | { kind: "kept"; promiseAt: number; earlyMs: number }
  | { kind: "broken"; promiseAt: number; lateMs: number; answered: boolean }
  /** The lead was closed before anybody reached out; `late` where the promised time had passed by then. */
  | { kind: "closed"; promiseAt: number; late: boolean };

/**
 * When the first touch was beyond doubt: a record from elsewhere proves its own time, what somebody only said counts from when
 * they said it (docs/reports.md).
 */
export const provenTouch = ({
  firstTouchAt,
  timeline,
}: Pick<Lead, "firstTouchAt" | "timeline">): string | null => {
  const records = timeline.filter(({ type, data }) => type === "lead.touched" && data["at"] === firstTouchAt);
  const [first] = records;
  return first === undefined || records.some(({ data }) => data["grade"] === "verified")
    ? firstTouchAt
    : first.at;
};

/** `promiseAt` is told, and judged, as the visitor read it; by what was `provenAt`, where that is later than what was said. */
export function promiseState(
  promiseAt: string | null,
  firstTouchAt: string | null,
  now: number,
  closedAt: string | null = null,
  provenAt: string | null = firstTouchAt,
): PromiseState {
  if (promiseAt === null) return { kind: "none" };
  const promised = toldMinute(Date.parse(promiseAt));
  const closed = closedAt === null ? null : Date.parse(closedAt);
  const said = firstTouchAt === null ? null : Date.parse(firstTouchAt);
  const touched = said === null || said > promised ? said : Date.parse(provenAt ?? "");
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
