/**
 * One slice of a back-test: leads that came and what happens meanwhile to those already there, in order of time. Leads that
 * are needed and not at hand are asked for; everything else is plain data.
 */
import type { Compiled } from "../config/compiled.ts";
import type { Scored } from "../routing/facts.ts";
import type { Standing } from "../routing/relationship.ts";
import { Agenda } from "./agenda.ts";
import type { Absence, Availability } from "./availability.ts";
import { breached, handedOut, handedOver, routedAgain } from "./moves.ts";
import type { Moment } from "./settling.ts";
import { closed, come, opened, released, touched } from "./simulate.ts";
import type { EventKind, PastLead, Simulated } from "./types.ts";
import type { World } from "./world.ts";

/** An earlier lead of the same person, as it really is; of those in the simulated world only the id matters. */
export interface EarlierLead {
  leadId: string;
  owner: string | null;
  at: number;
}

export interface SliceInput {
  compiled: Compiled;
  availability: Availability;
  world: World;
  /** Leads that come, in order, and the number of the first. */
  leads: readonly PastLead[];
  first: number;
  /** Leads of the simulated world that may matter: due, of absent people, relatives of those that come. */
  present: readonly Simulated[];
  absences: readonly Absence[];
  /** By e-mail, newest first. */
  predecessors: ReadonlyMap<string, readonly EarlierLead[]>;
  /** Ids of simulated leads by corporate domain. */
  byDomain: ReadonlyMap<string, readonly string[]>;
  /** Everything up to here happens in this slice; what comes exactly then included. */
  to: number;
  /** Nothing is planned beyond. */
  until: number;
  counted: (scored: Scored) => boolean;
  /** How a lead really went, where it isn't at hand; null where it is kept no more. */
  past: (leadId: string) => Promise<PastLead | null>;
  /** Lets others work in between. */
  breathe: () => Promise<void>;
}

export interface SliceOutput {
  come: { lead: Simulated; past: PastLead }[];
  changed: Simulated[];
}

/** Decisions between two breaths: some tens of milliseconds, where a breath takes one or more. */
const A_BREATH = 200;

export class Period {
  readonly #input: SliceInput;
  readonly #agenda: Agenda;
  readonly #leads = new Map<string, Simulated>();
  readonly #past = new Map<string, PastLead>();
  readonly #newest = new Map<string, EarlierLead[]>();
  readonly #colleagues = new Map<string, Simulated[]>();
  readonly #come: SliceOutput["come"] = [];
  readonly #changed = new Set<Simulated>();
  #decisions = 0;

  constructor(input: SliceInput) {
    this.#input = input;
    this.#agenda = new Agenda(Math.min(input.to, input.until));
    for (const lead of input.present) {
      if (this.#leads.has(lead.leadId)) continue;
      this.#leads.set(lead.leadId, lead);
      this.#agenda.plan(lead);
    }
    for (const [email, list] of input.predecessors) this.#newest.set(email, [...list]);
    for (const [domain, ids] of input.byDomain)
      this.#colleagues.set(
        domain,
        ids.map((id) => this.#leads.get(id)).filter((lead) => lead !== undefined),
      );
  }

  async run(): Promise<SliceOutput> {
    const { leads, absences, to } = this.#input;
    const never = Number.POSITIVE_INFINITY;
    for (let lead = 0, absence = 0; ;) {
      const next = {
        event: this.#agenda.peek()?.at ?? never,
        absence: absences[absence]?.at ?? never,
        lead: leads[lead]?.at ?? never,
      };
      const at = Math.min(next.event, next.absence, next.lead);
      if (at > to) break;
      if (++this.#decisions % A_BREATH === 0) await this.#input.breathe();
      if (next.absence === at) await this.#leave(absences[absence++] as Absence);
      else if (next.event === at) await this.#happen();
      else {
        this.#arrive(leads[lead] as PastLead, this.#input.first + lead);
        lead++;
      }
    }
    return { come: this.#come, changed: [...this.#changed] };
  }

  #moment(now: number): Moment {
    const { compiled, world, availability } = this.#input;
    return { compiled, world, now, people: availability.at(now) };
  }

  async #happen(): Promise<void> {
    const entry = this.#agenda.take();
    if (!entry) return;
    const { lead, at, kind } = entry;
    await this.#step(this.#moment(at), lead, kind);
    this.#note(lead);
  }

  async #step(moment: Moment, lead: Simulated, kind: EventKind): Promise<void> {
    if (kind === "touch") return touched(moment, lead);
    if (kind === "close") return closed(moment, lead);
    if (kind === "opening" && lead.earlier) return opened(moment, lead, null);
    const past = await this.#pastOf(lead);
    // Its time to be kept has passed meanwhile.
    if (!past) return closed(moment, lead);
    if (kind === "handOut") return handedOut(moment, lead, past);
    if (kind === "release") return released(moment, lead, past);
    if (kind === "breach") return breached(moment, lead, past);
    opened(moment, lead, past);
    this.#befriend(past, lead);
  }

  #arrive(past: PastLead, n: number): void {
    const lead = come(this.#moment(past.at), past, n, this.#standing(past), this.#input.counted);
    this.#leads.set(lead.leadId, lead);
    this.#past.set(lead.leadId, past);
    this.#come.push({ lead, past });
    this.#agenda.plan(lead);
    const before = this.#newest.get(past.email) ?? [];
    this.#newest.set(past.email, [{ leadId: lead.leadId, owner: null, at: 0 }, ...before].slice(0, 3));
    this.#befriend(past, lead);
  }

  #befriend({ domain }: PastLead, lead: Simulated): void {
    if (domain === null) return;
    const known = this.#colleagues.get(domain);
    if (!known) this.#colleagues.set(domain, [lead]);
    else if (!known.includes(lead)) known.push(lead);
  }

  /** As capture reads it: the newest lead of the person that has an owner, and the newest open one of the company. */
  #standing(past: PastLead): Standing {
    let lastOwner: Standing["lastOwner"] = null;
    for (const { leadId, owner, at } of this.#newest.get(past.email) ?? []) {
      const lead = this.#leads.get(leadId);
      const personId = lead ? lead.owner : owner;
      if (personId === null) continue;
      lastOwner = { personId, at: lead ? lead.lastAt : Math.min(at, past.at) };
      break;
    }
    const colleague = (past.domain === null ? [] : (this.#colleagues.get(past.domain) ?? []))
      .filter(({ open, provisional, owner }) => open && !provisional && owner !== null)
      .reduce<Simulated | null>((newest, lead) => (newest && newest.n > lead.n ? newest : lead), null);
    return { lastOwner, companyOwner: colleague?.owner ? { personId: colleague.owner } : null };
  }

  /** What somebody absent holds untouched goes to others, the most urgent first. */
  async #leave({ at, personId, cause }: Absence): Promise<void> {
    const held = [...this.#leads.values()]
      .filter((lead) => lead.owner === personId && lead.open && !lead.touched && !lead.earlier)
      .filter(({ provisional }) => !provisional || cause === "deactivated")
      .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0) || a.n - b.n);
    for (const lead of held) {
      const past = await this.#pastOf(lead);
      if (!past) continue;
      if (cause === "deactivated") routedAgain(this.#moment(at), lead, past);
      else handedOver(this.#moment(at), lead, past, cause);
      this.#note(lead);
    }
  }

  #note(lead: Simulated): void {
    if (lead.n < this.#input.first) this.#changed.add(lead);
    this.#agenda.plan(lead);
  }

  async #pastOf({ leadId }: Simulated): Promise<PastLead | null> {
    const known = this.#past.get(leadId) ?? (await this.#input.past(leadId));
    if (known) this.#past.set(leadId, known);
    return known;
  }
}
