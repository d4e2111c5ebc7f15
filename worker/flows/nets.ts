/** Watches the safety nets: what is newly caught is noted, told of once, and counted in board, digest and reports. */
import type { NetName } from "../../schema/reports.ts";
import { eventsStatement } from "../store/happened.ts";
import { lookInto, NET_NAMES } from "../store/nets.ts";
import { logged } from "./apart.ts";
import type { Deps } from "./deps.ts";

/** Nets run on their own: one that fails must not blind the others. */
export const watchNets = async (
  deps: Pick<Deps, "db" | "now">,
): Promise<Partial<Record<NetName, number>>> => {
  const now = deps.now();
  const caught: Partial<Record<NetName, number>> = {};
  for (const net of NET_NAMES) {
    try {
      const n = await lookInto(deps.db, net, now);
      if (n > 0) caught[net] = n;
    } catch (error) {
      logged("net", error, { net });
    }
  }
  // Clocks that had stopped are told of by the sweeper, which set them going again.
  const told = Object.entries(caught).filter(([net]) => net !== "clockless");
  const events = told.map(([net, n]) => ({
    type: "net.caught",
    actor: "system",
    data: { net, caught: n },
  }));
  if (events.length > 0) await eventsStatement(deps.db, null, now, events).run();
  return caught;
};
