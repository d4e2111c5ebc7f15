/** The lead and the moment being tried in a dry run: typed on its page, or handed over by a finding's counterexample. */
import { signal } from "@preact/signals";

export interface Trial {
  /** As `POST /v1/route` takes it, without its id. */
  lead: Record<string, unknown>;
  /** Null: now. */
  at: string | null;
  absent: string[];
  /** As if they had left for good. */
  deactivated: string[];
  /** Decide by the text in the editor rather than by the version in force. */
  byDraft: boolean;
  /** What a replayed finding said; null where a person typed the lead. */
  finding: string | null;
  /** Set by a replay: the page asks at once. */
  ask: boolean;
}

export const EMPTY_TRIAL: Trial = {
  lead: {},
  at: null,
  absent: [],
  deactivated: [],
  byDraft: false,
  finding: null,
  ask: false,
};

export const trial = signal<Trial>(EMPTY_TRIAL);
