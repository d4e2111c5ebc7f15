/** What a person may ask for: everything we hold of them, to be forgotten, to be left alone. By address; docs/privacy.md. */
import { ERASURE } from "../../schema/outcomes.ts";
import {
  erasedAddress,
  EMPTY_BODY,
  factsWithoutPerson,
  outcomeWithoutPerson,
  withoutPerson,
} from "../domain/privacy/erase.ts";
import type { EnrichedLead } from "../domain/enrichment/enrich.ts";
import { parseEmail } from "../domain/enrichment/email.ts";
import { eventsStatement } from "../store/happened.ts";
import { isStale } from "../store/db.ts";
import {
  leadIdsByAddress,
  markContacts,
  readHeld,
  readMarks,
  readToErase,
  removeContacts,
  saveMark,
  writeErasure,
  type Held,
  type LeadToErase,
} from "../store/privacy.ts";
import { openLeadOf } from "../store/returning.ts";
import { MAX_TRIES, type Deps } from "./deps.ts";
import { refuse, type Outcome } from "./hand.ts";
import { leaveLeadAlone } from "./left-alone.ts";
import { hashOf } from "./marks.ts";

type Stored = Pick<Deps, "db" | "now">;

const normal = (email: string): Outcome<{ email: string; norm: string }> => {
  const parsed = parseEmail(email);
  return parsed.ok
    ? { ok: true, value: { email: parsed.email, norm: parsed.normalized } }
    : refuse(422, "/email: This is no e-mail address; give the one the person used.", "/email");
};

const note = (deps: Stored, type: string, actor: string, data: Record<string, unknown>): Promise<unknown> =>
  eventsStatement(deps.db, null, deps.now(), [{ type, actor, data }]).run();

export interface Exported extends Held {
  email: string;
  exportedAt: string;
  doNotContact: boolean;
  erasedAt: string | null;
}

/** Everything we hold of an address; that it was asked for is noted without it. */
export const exportPerson = async (deps: Deps, email: string, actor: string): Promise<Outcome<Exported>> => {
  const known = normal(email);
  if (!known.ok) return known;
  const { norm } = known.value;
  const hash = await hashOf(deps, norm);
  const [held, marks] = await Promise.all([readHeld(deps.db, norm, hash), readMarks(deps.db, [hash])]);
  await note(deps, "privacy.exported", actor, { leads: held.leads.length, contacts: held.contacts.length });
  const mark = marks.get(hash);
  const marked = mark?.doNotContact === true || held.contacts.some((row) => row["do_not_contact"] === 1);
  return {
    ok: true,
    value: {
      email: known.value.email,
      exportedAt: new Date(deps.now()).toISOString(),
      doNotContact: marked,
      erasedAt: mark?.erasedAt ? new Date(mark.erasedAt).toISOString() : null,
      ...held,
    },
  };
};

const dispositionOf = (lead: LeadToErase, now: number): Record<string, unknown> | null => {
  if (lead.open) return { ...ERASURE, note: null, nextStep: null, recycleOn: null, at: now, by: "" };
  return lead.disposition === null ? null : { ...lead.disposition, note: null, nextStep: null };
};

const notedOf = (lead: LeadToErase, actor: string, why: string, now: number) => [
  ...(lead.open
    ? [
        {
          type: "lead.closed",
          actor,
          data: { ...ERASURE, by: "", status: "disqualified", open: false, at: new Date(now).toISOString() },
        },
      ]
    : []),
  { type: "privacy.erased", actor, data: { cause: why } },
];

/** One lead without its person; an open one is closed. Whoever is faster makes this read again. */
export const eraseLead = async (
  deps: Stored,
  leadId: string,
  actor: string,
  why: "request" | "retention",
): Promise<void> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const lead = await readToErase(deps.db, leadId);
    if (!lead) return;
    const now = deps.now();
    try {
      await writeErasure(deps.db, {
        leadId,
        generation: lead.generation,
        closed: lead.open,
        emailNorm: erasedAddress(leadId),
        facts: factsWithoutPerson(
          lead.facts as unknown as {
            lead: EnrichedLead;
            custom: Record<string, unknown>;
            present?: string[];
          },
        ),
        match: { ...lead.match, reasons: [], candidates: [], corrected: undefined },
        routing: { ...lead.routing, reason: "" },
        disposition: dispositionOf(lead, now),
        body: EMPTY_BODY,
        events: lead.events.map(({ seq, data }) => ({ seq, data: withoutPerson(data) })),
        touches: lead.touches.map(({ id, outcome }) => ({ id, outcome: outcomeWithoutPerson(outcome) })),
        effects: lead.effects.map(({ id, data }) => ({ id, data: withoutPerson(data) })),
        noted: notedOf(lead, actor, why, now),
        at: now,
      });
      return;
    } catch (error) {
      if (!isStale(error)) throw error;
    }
  }
  throw new Error("The lead moved on too often to be erased");
};

export interface ErasedCount {
  leads: number;
  contacts: number;
}

/**
 * Takes the person out of everything. What an object still holds for the database is dropped when it comes (`erasedSince`);
 * a sync that brings the contact again is refused. The same again changes nothing.
 */
export const erasePerson = async (
  deps: Deps,
  email: string,
  actor: string,
  doNotContact: boolean,
): Promise<Outcome<ErasedCount>> => {
  const known = normal(email);
  if (!known.ok) return known;
  const { norm } = known.value;
  const now = deps.now();
  const hash = await hashOf(deps, norm);
  // First the mark: whatever comes in from now on finds it.
  await saveMark(deps.db, { hash, erasedAt: now, doNotContactAt: doNotContact ? now : null, by: actor });
  const ids = await leadIdsByAddress(deps.db, norm, hash);
  for (const id of ids) await eraseLead(deps, id, actor, "request");
  const contacts = await removeContacts(deps.db, norm);
  const count = { leads: ids.length, contacts };
  if (count.leads + count.contacts > 0)
    await note(deps, "privacy.erased", actor, { cause: "request", ...count });
  deps.announce();
  return { ok: true, value: count };
};

/** Nobody is to write or call: not about the open lead, not about leads to come; no sync takes it back. */
export const leaveAlone = async (
  deps: Deps,
  email: string,
  actor: string,
): Promise<Outcome<{ openLeads: number }>> => {
  const known = normal(email);
  if (!known.ok) return known;
  const { norm } = known.value;
  const now = deps.now();
  const hash = await hashOf(deps, norm);
  const before = (await readMarks(deps.db, [hash])).get(hash);
  await saveMark(deps.db, { hash, doNotContactAt: now, erasedAt: null, by: actor });
  await markContacts(deps.db, { email: known.value.email, emailNorm: norm, hash }, now);
  const open = await openLeadOf(deps.db, norm);
  const openLeads = open === null ? 0 : 1;
  if (open !== null) await leaveLeadAlone(deps, open, actor);
  if (!before?.doNotContact) await note(deps, "privacy.do_not_contact", actor, { leads: openLeads });
  return { ok: true, value: { openLeads } };
};
