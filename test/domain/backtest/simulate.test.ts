/** A lead's life in the simulated world: what each step leaves on it is what production leaves on a real one. */
import { expect, test } from "vitest";
import { come, released } from "../../../worker/domain/backtest/simulate.ts";
import type { PastLead } from "../../../worker/domain/backtest/types.ts";
import { EMPTY_WORLD, World } from "../../../worker/domain/backtest/world.ts";
import { base, compile, NIGHT, NOON, peopleWith, STRANGER } from "../routing/support.ts";

const past: PastLead = {
  id: "l1",
  at: NOON,
  email: "x@foo.example",
  domain: "foo.example",
  known: STRANGER,
  hasPhone: false,
  timezone: "UTC",
  happened: {
    owner: null,
    team: null,
    queue: "qualification",
    ruleId: "look",
    clockStartsAt: null,
    promiseAt: null,
    firstTouchAt: null,
    closedAt: null,
    releasedAt: NIGHT,
    breachedBy: [],
    lastOwner: null,
    invalid: false,
    intervened: false,
  },
};

test("a released lead waits for the opening with the priority of the rule that took it then", () => {
  const config = base({
    routing: {
      rules: [
        { id: "look", to: { queue: "qualification" }, priority: 2 },
        { id: "rest", to: { team: "smb" }, priority: 7 },
      ],
      default: ["dora"],
      defaultSla: "standard",
    },
  });
  const moment = {
    compiled: compile(config),
    people: peopleWith(),
    world: new World(EMPTY_WORLD),
    now: NOON,
  };
  const lead = come(moment, past, 0, { lastOwner: null, companyOwner: null }, () => true);
  expect(lead).toMatchObject({ queue: "qualification", ruleId: "look", priority: 2 });
  released({ ...moment, now: NIGHT }, lead, past);
  expect(lead).toMatchObject({ queue: null, team: "smb", provisional: true, ruleId: "rest", priority: 7 });
});
