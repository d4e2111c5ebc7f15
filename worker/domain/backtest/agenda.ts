/** What happens next to a simulated lead, and in which order things of one moment happen. */
import type { EventKind, Next, Simulated } from "./types.ts";

/** Of one moment, what ends a clock comes before what the clock does. */
const ORDER: readonly EventKind[] = ["touch", "close", "release", "opening", "handOut", "breach"];

const times = (lead: Simulated): Record<EventKind, number | null> => ({
  touch: lead.touched ? null : lead.touchAt,
  close: lead.closeAt,
  release: lead.queue === null ? null : lead.releaseAt,
  opening: lead.provisional ? lead.clockStartsAt : null,
  handOut: lead.touched || lead.owner === null ? null : lead.handOutAt,
  breach: lead.owner === null || lead.touched || lead.settled || lead.earlier ? null : lead.dueAt,
});

/** Null when nothing more happens to it up to `until`. */
export const nextOf = (lead: Simulated, until: number): Next | null => {
  if (!lead.open) return null;
  const at = times(lead);
  let next: Next | null = null;
  for (const kind of ORDER) {
    const time = at[kind];
    if (time !== null && time <= until && (next === null || time < next.at)) next = { at: time, kind };
  }
  return next;
};

interface Entry extends Next {
  lead: Simulated;
}

/** What opens, or is handed out, goes by priority and score; everything else by arrival. */
const comesFirst = ({ kind, lead: a }: Entry, { lead: b }: Entry): boolean => {
  const byUrgency = kind === "opening" || kind === "handOut";
  if (byUrgency && a.priority !== b.priority) return a.priority > b.priority;
  if (byUrgency && a.score !== b.score) return a.score > b.score;
  return a.at === b.at && byUrgency ? a.leadId < b.leadId : a.n < b.n;
};

const before = (a: Entry, b: Entry): boolean => {
  if (a.at !== b.at) return a.at < b.at;
  const order = ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
  return order === 0 ? comesFirst(a, b) : order < 0;
};

/** A heap of leads by what happens to them next; an entry that was overtaken by a change is passed over. */
export class Agenda {
  readonly #heap: Entry[] = [];
  readonly #until: number;

  /** Beyond `until` nothing is planned. */
  constructor(until: number) {
    this.#until = until;
  }

  plan(lead: Simulated): void {
    const next = nextOf(lead, this.#until);
    if (next) this.#push({ ...next, lead });
  }

  /** The earliest, left in place; null where nothing is planned. */
  peek(): Entry | null {
    for (;;) {
      const first = this.#heap[0];
      if (!first) return null;
      const next = nextOf(first.lead, this.#until);
      if (next?.at === first.at && next.kind === first.kind) return first;
      this.#pop();
    }
  }

  take(): Entry | null {
    const first = this.peek();
    if (first) this.#pop();
    return first;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || !before(entry, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const [child, place] = right && left && before(right, left) ? [right, 2 * at + 2] : [left, 2 * at + 1];
      if (!child || !before(child, last)) break;
      heap[at] = child;
      at = place;
    }
    heap[at] = last;
  }
}
