/**
 * A lead's records without its person: what happened, when, and what colleagues did stays; whatever could say who it was goes.
 * Names of what was given are kept, so that figures stay what they were. Pure: docs/privacy.md.
 */
import { NOT_HELD } from "../../../schema/outcomes.ts";
import type { EnrichedLead } from "../enrichment/enrich.ts";
import { reached } from "../reports/touched.ts";

/** Keys whose texts are ours: ids of colleagues and of the policy, terms, times. Any other text may be a person's. */
const OURS = new Set(
  (
    "form source accountId method segment territory owner target dueAt attribution kind at channel by grade counted code label " +
    "status recycleOn stage from to queue steward cause promiseAt ruleId outcome type confirmed"
  ).split(" "),
);

/** A term, an id or a time: no spaces, no address. */
const TERM = /^[\w.:+-]{1,80}$/;

const isRef = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { id?: unknown }).id === "string";

const kept = (name: string, value: unknown): boolean => {
  if (value === null || typeof value === "number" || typeof value === "boolean") return true;
  if (!OURS.has(name)) return false;
  return typeof value === "string" ? name === "label" || TERM.test(value) : isRef(value);
};

/** Of an event or an effect. */
export const withoutPerson = (data: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
      // An effect that carries an event holds the event's own data inside.
      if (name === "data" && typeof value === "object" && value !== null && !Array.isArray(value))
        return [[name, withoutPerson(value as Record<string, unknown>)]];
      return kept(name, value) ? [[name, value]] : [];
    }),
  );

/** A colleague's note may name the person; whether they were spoken to stays. */
export const outcomeWithoutPerson = (outcome: string | null): string | null => {
  if (outcome === null || /^[a-z_]{1,40}$/.test(outcome)) return outcome;
  if (reached({ channel: "", outcome })) return "reached";
  return NOT_HELD.test(outcome.toLowerCase()) ? "missed" : "other";
};

const given = (fields: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined && value !== "" && typeof value !== "object")
    .map(([name]) => name);

/** What `leads.facts` holds afterwards. `present` names what was given. */
export const factsWithoutPerson = (facts: {
  lead: EnrichedLead;
  custom: Readonly<Record<string, unknown>>;
  present?: readonly string[];
}): Record<string, unknown> => {
  const { lead, custom, present = [] } = facts;
  const nothing = Object.fromEntries(Object.keys(lead).map((name) => [name, null]));
  return {
    lead: {
      ...nothing,
      freeMail: lead.freeMail,
      disposable: lead.disposable,
      roleAddress: lead.roleAddress,
      country: lead.country,
      attribution: {
        ...Object.fromEntries(Object.keys(lead.attribution).map((name) => [name, null])),
        clickIds: {},
        channel: lead.attribution.channel,
      },
      custom: {},
      sources: { country: null, city: null, region: null, timezone: null },
    },
    custom: {},
    page: {},
    attribution: {},
    consent: null,
    present: [
      ...new Set([...present, ...given(lead as unknown as Record<string, unknown>), ...given(custom)]),
    ],
  };
};

/** The body of a submission afterwards: nothing the visitor said. */
export const EMPTY_BODY = JSON.stringify({ fields: {}, consent: null, page: {}, attribution: {} });

/** What an erased lead's address begins with; no address of a person does. */
export const ERASED = "erased:";

/** How an erased lead's address reads; unique, since an open lead's address must be. */
export const erasedAddress = (leadId: string): string => `${ERASED}${leadId}`;
