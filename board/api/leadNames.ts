/** Whom leads are about, for lists that know only their ids: asked for together, each once. */
import { signal, type Signal } from "@preact/signals";
import type { LeadSummary } from "../../schema/wire/lead.ts";
import { call } from "./http.ts";

/** As many as the API takes at a time. */
const AT_ONCE = 100;

const known = new Map<string, Signal<LeadSummary | null>>();
let wanted: string[] = [];

/** Null until it is known, and for a lead that isn't there. */
export function leadById(id: string): Signal<LeadSummary | null> {
  const found = known.get(id);
  if (found) return found;
  const made = signal<LeadSummary | null>(null);
  known.set(id, made);
  // A table renders all its rows before this: one request serves them.
  if (wanted.push(id) === 1) queueMicrotask(() => void askForAll());
  return made;
}

async function askForAll(): Promise<void> {
  const ids = wanted;
  wanted = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) await ask(ids.slice(start, start + AT_ONCE));
}

async function ask(ids: string[]): Promise<void> {
  try {
    const query = new URLSearchParams({ ids: ids.join(","), limit: String(AT_ONCE) });
    const { leads } = await call<{ leads: LeadSummary[] }>(`/v1/leads?${query.toString()}`);
    for (const lead of leads) known.get(lead.id)!.value = lead;
  } catch {
    // The ids stand in the list; whoever shows them next asks again.
    for (const id of ids) known.delete(id);
  }
}
