/**
 * The net behind every clock: arms every clock in which an open lead is due within two minutes, and reports leads that
 * should have been seen to long ago. It never acts on a lead itself.
 */
import { eventsStatement, type OutboxInput } from "../store/capture.ts";
import { owe } from "../store/digests.ts";
import { readClocks } from "../store/clocks.ts";
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

/** Runs each minute. */
export const sweep = async (deps: Deps): Promise<Swept> => {
  const now = deps.now();
  const clocks = await readClocks(deps.db, now + ARM_FIRST_WITHIN_MS, now - LATE_MS);
  await Promise.allSettled(clocks.first.map((lead) => deps.clock.arm(lead.id, lead.dueAt)));
  const { overdue: caught, clockless } = clocks;
  if (caught + clockless > 0) {
    await eventsStatement(deps.db, null, now, [
      { type: "net.caught", actor: "system", data: { net: "clockless", caught, clockless } },
    ]).run();
    await owe(deps.db, now, alarm(caught, clockless, now));
  }
  const rehomed = await rehomeAbsent(deps, now);
  const handedOut = await handOut(deps);
  const returned = await returnDue(deps, now);
  deps.announce();
  return { armed: clocks.first.length, caught, clockless, rehomed, handedOut, returned };
};
