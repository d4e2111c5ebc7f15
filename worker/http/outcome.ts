/** Refusals of flows become problem documents. */
import type { Outcome } from "../flows/hand.ts";
import { HttpProblem } from "./problem.ts";

export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new HttpProblem(
    outcome.status,
    outcome.detail,
    outcome.pointer === undefined ? [] : [{ pointer: outcome.pointer, detail: outcome.detail }],
  );
};
