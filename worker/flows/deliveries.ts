/** Looking into the outbox, and sending again what failed. */
import {
  listDeliveries,
  readDelivery,
  restartDelivery,
  type DeliveryFilter,
  type DeliveryRow,
} from "../store/deliveries.ts";
import type { Deps } from "./deps.ts";
import { refuse, type Outcome } from "./hand.ts";

export type { DeliveryRow };

export interface DeliveryPage {
  deliveries: DeliveryRow[];
  /** Cursor of the next page; null on the last. */
  next: number | null;
}

export const pageOfDeliveries = async (
  { db }: Pick<Deps, "db">,
  filter: DeliveryFilter,
): Promise<DeliveryPage> => {
  const rows = await listDeliveries(db, { ...filter, limit: filter.limit + 1 });
  const deliveries = rows.slice(0, filter.limit);
  return { deliveries, next: rows.length > filter.limit ? (deliveries.at(-1)?.position ?? null) : null };
};

const WHY_NOT: Record<string, string> = {
  sent: "It was delivered already.",
  leased: "It is being delivered right now.",
  obsolete: "It was dropped because what it says is no longer true.",
};

/** Starts over, at once. */
export const retryDelivery = async (deps: Deps, id: string): Promise<Outcome<DeliveryRow>> => {
  const known = await readDelivery(deps.db, id);
  if (!known) return refuse(404, "There is no such delivery.");
  if (known.kind === "signin.link")
    return refuse(409, "A sign-in link is not sent twice; ask for a new one.");
  const restarted = await restartDelivery(deps.db, id, deps.now());
  if (!restarted)
    return refuse(
      409,
      WHY_NOT[(await readDelivery(deps.db, id))?.status ?? ""] ?? "It has moved on; look again.",
    );
  deps.announce();
  return { ok: true, value: restarted };
};
