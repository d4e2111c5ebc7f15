/**
 * What failing deliveries owe themselves: operators hear of a receiver that fails for a while and of messages given up,
 * once an hour for each receiver; subscribers to `delivery.dead` hear too. An alert never speaks of an alert.
 */
import type { Compiled } from "../domain/config/compiled.ts";
import type { Owed } from "../domain/owed.ts";
import { channelOf, subscriptions } from "../domain/routing/subscriptions.ts";
import type { Outcome, OwedAbout } from "../store/outbox.ts";

const HOUR = 3_600_000;

/** The failed attempt at which operators hear that something isn't getting through: after about a quarter of an hour. */
const LATE_AT = 5;

/** Messages that speak of deliveries themselves. */
const aboutDelivery = (row: Owed): boolean =>
  row.kind === "ops.alert" || (row.kind === "event" && row.data["type"] === "delivery.dead");

/** Named without an address: alerts are no place for personal data. */
const receiverOf = ({ recipient, channel }: Owed): string => {
  if (recipient.startsWith("notification:"))
    return `the ${channel} notification “${recipient.slice("notification:".length)}”`;
  if (recipient.startsWith("person:")) return `the mail to ${recipient.slice("person:".length)}`;
  return recipient.startsWith("address:") ? "mail to an address" : `mail to the ${recipient}`;
};

/** Receivers that share a fate share an alert. */
const keyOf = ({ recipient }: Owed): string => (recipient.startsWith("address:") ? "address" : recipient);

interface Trouble {
  row: Owed;
  outcome: Outcome;
}

const alert = ({ row, outcome }: Trouble, hour: number): OwedAbout => {
  const given = outcome.status === "dead";
  const about = row.leadId === null ? row.kind : `${row.kind} of lead ${row.leadId}`;
  return {
    id: `alert.${given ? "dead" : "late"}.${keyOf(row)}.${hour}`,
    kind: "ops.alert",
    channel: "email",
    recipient: "operators",
    data: {
      title: given
        ? `A message was given up: ${receiverOf(row)}`
        : `Messages don't get through: ${receiverOf(row)}`,
      detail: `${about} failed ${outcome.attempts} times, last with “${outcome.error ?? "no reason"}”. ${
        given
          ? "It won't be tried again by itself; you can send it again under Deliveries."
          : "It will be tried for about a day."
      } You won't hear of further ones to this receiver within the hour.`,
    },
  };
};

/** Whoever subscribes hears, except the notification that is itself the trouble. */
const told = (
  compiled: Compiled | null,
  { row, outcome }: Trouble,
  hour: number,
  now: number,
): OwedAbout[] =>
  compiled === null
    ? []
    : subscriptions(compiled, "delivery.dead")
        .filter((id) => row.recipient !== `notification:${id}`)
        .map((id) => ({
          id: `dead.${keyOf(row)}.${hour}.${id}`,
          kind: "event",
          channel: channelOf(compiled, id),
          recipient: `notification:${id}`,
          data: {
            type: "delivery.dead",
            at: now,
            data: {
              delivery: row.id,
              kind: row.kind,
              channel: row.channel,
              recipient: keyOf(row),
              leadId: row.leadId,
              attempts: outcome.attempts,
              error: outcome.error,
            },
          },
        }));

/** Effects owed because of these outcomes; ids repeat within the hour, and a repeated id is not owed twice. */
export const alertsFor = (
  rows: readonly Owed[],
  outcomes: readonly Outcome[],
  compiled: Compiled | null,
  now: number,
): OwedAbout[] => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const hour = Math.floor(now / HOUR);
  const owed = new Map<string, OwedAbout>();
  for (const outcome of outcomes) {
    const row = byId.get(outcome.id);
    const late = outcome.status === "pending" && outcome.begun && outcome.attempts === LATE_AT;
    if (!row || aboutDelivery(row) || !(late || outcome.status === "dead")) continue;
    const about = [
      alert({ row, outcome }, hour),
      ...(late ? [] : told(compiled, { row, outcome }, hour, now)),
    ];
    for (const item of about) owed.set(item.id, item);
  }
  return [...owed.values()];
};
