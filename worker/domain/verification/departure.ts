/** What the policy in force would lack without a person: the errors of its verification that their leaving brings. */
import type { PersonState } from "../routing/people.ts";
import type { CheckInput } from "./checks.ts";
import type { Counterexample, Finding } from "./findings.ts";
import { verifyWhole } from "./verify.ts";

const keyOf = ({ code, pointer }: Finding): string => `${code} ${pointer}`;

/** Everybody else away too: what stands at the end of the chain is all that is left, and that is the hole. */
const worstCase = ({ document, now }: CheckInput, personId: string, finding: Finding): Counterexample => ({
  leads: [{ email: "visitor@counterexample.example", name: "Robin Example" }],
  at: new Date(now).toISOString(),
  absent: document.people.map(({ id }) => id),
  path: [
    "everybody is absent",
    finding.code === "no_steward"
      ? `a lead waits in the queue at ${finding.pointer}`
      : `no step takes the lead, and the default chain is ${document.routing.default.join(", ")}`,
    `with ${personId} deactivated nobody there is active any more`,
  ],
});

/** `states` are those with the person deactivated; what was wrong before isn't held against them. */
export const holesWithout = (
  input: CheckInput,
  states: ReadonlyMap<string, PersonState>,
  personId: string,
): Finding[] => {
  const after = verifyWhole({ ...input, states }).errors;
  if (after.length === 0) return [];
  const before = new Set(verifyWhole(input).errors.map(keyOf));
  return after
    .filter((finding) => !before.has(keyOf(finding)))
    .map((finding) => ({
      ...finding,
      counterexample: finding.counterexample ?? worstCase(input, personId, finding),
    }));
};
