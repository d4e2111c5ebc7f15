/** Refusals of flows become problem documents. */
import type { Outcome } from "../flows/hand.ts";
import { HttpProblem } from "./problem.ts";

/** `asked`: where what the flow was asked stands in the request, for its pointers. */
export const valueOf = <T>(outcome: Outcome<T>, asked: "" | "/query" = ""): T => {
  if (outcome.ok) return outcome.value;
  const { status, detail, pointer } = outcome;
  throw new HttpProblem(
    status,
    detail,
    pointer === undefined ? [] : [{ pointer: `${asked}${pointer}`, detail }],
  );
};
