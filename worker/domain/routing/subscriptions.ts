/** Which configured notifications hear of an event. */
import type { EventType } from "../../../schema/events.ts";
import type { Compiled } from "../config/compiled.ts";

const hears = (pattern: string, type: EventType): boolean =>
  pattern === "*" || pattern === type || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)));

/** Ids of the notifications that subscribe to an event type. */
export const subscriptions = (compiled: Compiled, type: EventType): string[] =>
  compiled.document.notifications
    .filter((notification) => notification.events.some((pattern) => hears(pattern, type)))
    .map((notification) => notification.id);

export const channelOf = (compiled: Compiled, id: string): "email" | "webhook" =>
  compiled.document.notifications.find((notification) => notification.id === id)?.channel ?? "webhook";

/** Where somebody is nudged beside mail; null where nothing is configured, or they hear of the event there anyway. */
export const nudgeOf = (compiled: Compiled, personId: string | null, type: EventType): string | null => {
  const id = personId === null ? null : (compiled.people.get(personId)?.nudge ?? null);
  return id === null || subscriptions(compiled, type).includes(id) ? null : id;
};
