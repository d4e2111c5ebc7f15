/**
 * The net behind every clock: arms every clock in which an open lead is due within two minutes, and reports leads that
 * should have been seen to long ago. It never acts on a lead itself.
 */
import { eventsStatement, type OutboxInput } from "../store/happened.ts";
import { owe } from "../store/digests.ts";
import { readClocks } from "../store/clocks.ts";
import { allApart, inTurn } from "./apart.ts";
import { hasRoom } from "./budget.ts";
import { ARM_FIRST_WITHIN_MS, type Deps } from "./deps.ts";
import { handOut } from "./hand-out.ts";
import { rehomeAbsent } from "./rehome.ts";
import { returnDue } from "./return.ts";

export interface Swept {
  /** Shards in which a lead is due within two minutes; arming one that is armed changes nothing. */
  armed: number;
  /** Overdue by more than a minute: their own clock had failed. */
  caught: number;
  /** Open leads that wait for nothing at all; each is a defect. */
  clockless: number;
  /** Leads taken from people whose time off began, or whose re-homing hadn't finished. */
  rehomed: number;
  /** Leads that overflowed at an opening and have found room since. */
  handedOut: number;
  /** Recycled leads whose day came. */
  returned: number;
}

const LATE_MS = 60_000;

/** What the sweeper catches is a fault of ours, not of anybody who works leads; told once an hour. */
const alarm = (caught: number, clockless: number, now: number): OutboxInput => ({
  id: `alert.net.clockless.${Math.floor(now / 3_600_000)}`,
  kind: "ops.alert",
  channel: "email",
  seq: null,
  recipient: "operators",
  data: {
    title: "Clocks had stopped",
    detail: `The sweeper found ${caught} leads overdue by more than a minute and ${clockless} that waited for nothing. It has armed what was due; look into why their clocks failed. You won't hear of more within the hour.`,
  },
});

/** Arms what is due soon, and tells of what should have been seen to long ago. */
const seeToClocks = async (
  deps: Deps,
  now: number,
): Promise<Pick<Swept, "armed" | "caught" | "clockless">> => {
  const clocks = await readClocks(deps.db, now + ARM_FIRST_WITHIN_MS, now - LATE_MS);
  await Promise.allSettled(clocks.first.map((lead) => deps.clock.arm(lead.id, lead.dueAt)));
  const { overdue: caught, clockless } = clocks;
  if (caught + clockless > 0) {
    await eventsStatement(deps.db, null, now, [
      { type: "net.caught", actor: "system", data: { net: "clockless", caught, clockless } },
    ]).run();
    await owe(deps.db, now, alarm(caught, clockless, now));
  }
  return { armed: clocks.first.length, caught, clockless };
};

/** The questions that a run of each may ask, with what the rest of the minute needs. */
const NEEDS = { handOut: 410, returned: 610 };

/** Runs each minute. One part that fails, or takes all there is, leaves the others their turn. */
export const sweep = async (deps: Deps): Promise<Swept> => {
  const now = deps.now();
  const swept: Swept = { armed: 0, caught: 0, clockless: 0, rehomed: 0, handedOut: 0, returned: 0 };
  const parts = [
    async () => {
      swept.rehomed = await rehomeAbsent(deps, now);
    },
    async () => {
      if (hasRoom(deps, NEEDS.handOut)) swept.handedOut = await handOut(deps);
    },
    async () => {
      if (hasRoom(deps, NEEDS.returned)) swept.returned = await returnDue(deps, now);
    },
  ];
  try {
    await allApart([async () => Object.assign(swept, await seeToClocks(deps, now)), ...inTurn(parts, now)]);
  } finally {
    deps.announce();
  }
  return swept;
};
