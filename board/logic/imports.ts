/** What an import says about itself, in words. Pure. */
import type { ImportOnWire } from "../../schema/wire/imports.ts";

/** 0 to 1; null where its whole size is unknown. */
export function shareOf({ position, size, status }: ImportOnWire): number | null {
  if (status === "done") return 1;
  if (size === null || size === 0) return null;
  return Math.min(1, position / size);
}

export function stateWords({ status, kind }: ImportOnWire): string {
  if (status === "done") return "Done";
  if (kind === "keys") return "In the background";
  return status === "running" ? "Running" : "Interrupted";
}

/** What can be done about it; null where nothing need be. */
export function advice({ status, kind, nextLine }: ImportOnWire): string | null {
  if (kind === "keys")
    return status === "done"
      ? null
      : "A release changed how accounts are found. Until this is done, accounts are found by the keys they have.";
  if (status !== "waiting") return null;
  return `Nothing has come for a while. The same command goes on from line ${nextLine.toLocaleString("en")}.`;
}

/** Often while something moves, seldom while nothing does. */
export function pollEvery(imports: readonly ImportOnWire[] | null): number {
  return imports?.some(({ status }) => status === "running") ? 2_000 : 15_000;
}
