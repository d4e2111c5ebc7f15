/** Whose it is that a time ran out which isn't that of a first touch: of whoever was to act, as they stood when it was due. */
import { attribute, type Verdict } from "../domain/sla/attribution.ts";
import { standingOf } from "../domain/routing/people.ts";
import type { Hand } from "./hand.ts";

/** `told`: whether the news of the lead's assignment was news of this. */
export const whose = (
  { lead, compiled, current, contact, news, now }: Hand,
  person: string | null,
  dueAt: number,
  told: boolean,
): Verdict => {
  const known = person === null ? undefined : compiled.people.get(person);
  const team = person === lead.ownerId ? lead.teamId : null;
  return attribute({
    leftAlone: contact?.doNotContact ?? false,
    dueAt,
    now,
    startedAt: told ? lead.assignedAt : null,
    wholeTargetAt: null,
    overflow: told && lead.overflow,
    standing: known ? standingOf(compiled, current.people, known.id, team, dueAt - 1) : null,
    news: told ? news : null,
  });
};
