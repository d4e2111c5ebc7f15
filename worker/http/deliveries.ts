/** What is owed to the outside world, what failed, and sending it again. */
import * as z from "zod";
import { isoTime, problem } from "../../schema/wire/common.ts";
import { pageOfDeliveries, retryDelivery, type DeliveryRow } from "../flows/deliveries.ts";
import { iso } from "../flows/view.ts";
import { FRESH } from "./fresh.ts";
import { valueOf } from "./outcome.ts";
import { route, type Route } from "./route.ts";

const delivery = z
  .object({
    /** The same for every attempt: receivers deduplicate by it. */
    id: z.string(),
    kind: z.string(),
    channel: z.string(),
    recipient: z.string(),
    leadId: z.string().nullable(),
    status: z.enum(["pending", "leased", "sent", "dead", "obsolete"]),
    attempts: z.int(),
    lastError: z.string().nullable(),
    createdAt: isoTime,
    /** Null when nothing more will be tried. */
    nextAttemptAt: isoTime.nullable(),
    sentAt: isoTime.nullable(),
  })
  .meta({ id: "Delivery" });

const query = z.object({
  status: z.enum(["pending", "leased", "sent", "dead", "obsolete"]).optional(),
  lead: z.string().max(64).optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/, "use the `next` of the page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const onWire = (row: DeliveryRow) => ({
  id: row.id,
  kind: row.kind,
  channel: row.channel,
  recipient: row.recipient,
  leadId: row.leadId,
  status: row.status,
  attempts: row.attempts,
  lastError: row.lastError,
  createdAt: iso(row.createdAt),
  nextAttemptAt: row.status === "pending" || row.status === "leased" ? iso(row.nextAttemptAt) : null,
  sentAt: row.sentAt === null ? null : iso(row.sentAt),
});

export const deliveryRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/deliveries",
      operation: "listDeliveries",
      summary: "Mail and webhooks owed, newest first; `pending` includes what is being sent",
      tag: "Deliveries",
      scope: "leads:read",
      query,
      responses: {
        200: {
          description: "Deliveries",
          schema: z.object({ deliveries: z.array(delivery), next: z.string().nullable() }),
        },
      },
    },
    async ({ query: { status, lead, after, limit }, deps }) => {
      const page = await pageOfDeliveries(deps, {
        status,
        leadId: lead,
        after: after === undefined ? undefined : Number(after),
        limit,
      });
      return Response.json(
        { deliveries: page.deliveries.map(onWire), next: page.next === null ? null : String(page.next) },
        FRESH,
      );
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/deliveries/:id/retry",
      operation: "retryDelivery",
      summary: "Try what failed, or waits, again from the start; the message keeps its id",
      tag: "Deliveries",
      scope: "deliveries:write",
      params: z.object({ id: z.string().max(400) }),
      responses: {
        202: { description: "It is being sent", schema: delivery },
        404: { description: "No such delivery", schema: problem },
        409: { description: "It was delivered, is being delivered, or is no longer true", schema: problem },
      },
    },
    async ({ params, deps }) =>
      Response.json(onWire(valueOf(await retryDelivery(deps, params.id))), { status: 202 }),
  ),
];
