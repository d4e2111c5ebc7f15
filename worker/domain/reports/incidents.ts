/** Misses, fallbacks and closings of a lead, each for the person and the moment it happened to. */
import { FALLBACK_WORDS } from "../../../schema/wire/report-words.ts";
import { firstBy, isClosing, misses, timesHeard } from "./touched.ts";
import type { Incident, RawEvent, RawLead } from "./raw.ts";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Moves that happen because somebody couldn't or didn't; handoffs and choices by hand are none. */
const FALLBACK_CAUSES = new Set(Object.keys(FALLBACK_WORDS).filter((code) => code !== "unavailable"));

const fallbacks = ({ assignments }: RawLead): Incident[] =>
  assignments.flatMap((assignment, index): Incident[] => {
    const before = assignments[index - 1];
    const common = { kind: "fallback" as const, at: assignment.at, ms: null };
    if (!before)
      return assignment.second && assignment.personId !== null
        ? [{ ...common, code: "unavailable", person: "", other: assignment.personId }]
        : [];
    if (!FALLBACK_CAUSES.has(assignment.cause) || before.personId === assignment.personId) return [];
    const other = assignment.personId ?? "";
    return [{ ...common, code: assignment.cause, person: before.personId ?? "", other }];
  });

const closing = (lead: RawLead, { at, data }: RawEvent): Incident[] => {
  const by = text(data["by"]);
  const one = { at, person: by, code: text(data["code"]), other: "", ms: at - lead.createdAt };
  return [
    { ...one, kind: "closed" },
    ...(data["status"] === "recycled" ? [{ ...one, kind: "recycled" as const }] : []),
  ];
};

const ofEvent = (lead: RawLead, event: RawEvent): Incident[] => {
  const { type, at, data } = event;
  if (isClosing(event)) return closing(lead, event);
  if (type !== "sla.breached") return [];
  // While the brake is on nobody is held to it.
  if (data["observed"] === true) return [];
  const one = { at, code: text(data["attribution"]), other: "", ms: null };
  const [owner, steward] = [text(data["owner"]), text(data["steward"])];
  if (data["target"] === "queueAge")
    return [{ ...one, kind: "queueAge", person: steward, other: text(data["queue"]) }];
  if (data["target"] === "stageAge") return [{ ...one, kind: "stageAge", person: owner || steward }];
  return data["target"] === "accept" ? [{ ...one, kind: "unaccepted", person: owner }] : [];
};

const missesOf = (lead: RawLead): Incident[] => {
  const heard = timesHeard(lead);
  return misses(lead.events, heard).map(({ at, dueAt, person, attribution }) => {
    const touchedAt = firstBy(dueAt, heard);
    const ms = touchedAt === null ? null : touchedAt - dueAt;
    return { kind: "missed", at, person, code: attribution, other: "", ms };
  });
};

/** In the order of the raw records, so that reading them again yields the same rows. */
export const incidentsOf = (lead: RawLead): Incident[] => [
  ...missesOf(lead),
  ...fallbacks(lead),
  ...lead.events.flatMap((event) => ofEvent(lead, event)),
];
