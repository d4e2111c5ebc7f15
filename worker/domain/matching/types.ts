// The words of matching: what goes in, what comes out. Pipeline: normalise → keys → candidates → features → decision.

import type { MATCH_METHODS } from "../../../schema/wire/words.ts";
import type { Evidence } from "./evidence.ts";
import type { GeoSource } from "../enrichment/geo.ts";
import { WEIGHTS } from "./weights.ts";

export type MatchMethod = (typeof MATCH_METHODS)[number];

/** What matching needs to know of a lead; an EnrichedLead fits. */
export interface MatchLead {
  emailNormalized: string | null;
  /** The address's host, subdomain included. */
  emailDomain: string | null;
  /** Registrable domain of the employer; null for free mail and throw-aways. */
  corporateDomain: string | null;
  /** The mail provider that was probably meant, where the address looks like a slip. */
  suggestedDomain: string | null;
  /** Registrable domain of the website the visitor gave. */
  websiteDomain: string | null;
  freeMail: boolean;
  disposable: boolean;
  company: string | null;
  country: string | null;
  city: string | null;
  /** Who says where the lead is: what the network guesses ("edge") is no word of theirs. */
  sources?: { country: GeoSource | null; city: GeoSource | null };
}

/** The part of an account that its keys are made of. */
export interface KeyedAccount {
  name: string;
  domain: string | null;
  /** Alias domains; may repeat `domain`. */
  domains: readonly string[];
  city?: string | null;
}

export interface AccountCandidate extends KeyedAccount {
  id: string;
  /** Names it also goes by. */
  otherNames?: readonly string[];
  parentId: string | null;
  country: string | null;
  city: string | null;
  owner: string | null;
  lifecycle: string | null;
  hasOpenOpportunity: boolean;
  /** Epoch milliseconds of the last activity known. */
  updatedAt: number;
  /** Those of leadKeys(lead) under which the account was found. */
  matchedKeys: readonly string[];
  /** Those of them that more accounts have than a key may bring (candidates.ts): others like it were never seen. */
  crowdedKeys?: readonly string[];
  /** A contact with the lead's address belongs to it. */
  ofContact?: boolean;
}

export interface MatchedAccount {
  accountId: string;
  name: string;
  /** 0 to 1. */
  confidence: number;
  method: MatchMethod;
  /** Sentences for a manager. */
  reasons: string[];
}

export interface Match {
  /** Null: no match; `candidates` then shows what came closest. */
  accountId: string | null;
  confidence: number;
  method: MatchMethod;
  reasons: string[];
  /** Best first, the match itself included. */
  candidates: MatchedAccount[];
  /** A person said so; no machine changes it then. */
  corrected?: Corrected;
}

export interface Corrected {
  /** As events name them: `person:mia`. */
  by: string;
  /** Epoch milliseconds. */
  at: number;
  reason: string | null;
}

export interface MatchOptions {
  /** Below this it is no match; a wrong match costs more than a miss. */
  acceptThreshold: number;
  /** Below this a candidate isn't even shown. */
  reviewThreshold: number;
  /**
   * What a company name is worth from a free mailbox. For routing it is a suggestion to the qualification queue
   * ("suggest"); a look-up that only asks which account is meant may take it ("accept").
   */
  freeMailNames: "suggest" | "accept";
  /** How many candidates the result lists. */
  maxCandidates: number;
  /** What evidence weighs; the bench tries others. */
  weights: Evidence;
}

export const DEFAULT_MATCH_OPTIONS: MatchOptions = {
  acceptThreshold: 0.6,
  reviewThreshold: 0.1,
  freeMailNames: "suggest",
  maxCandidates: 5,
  weights: WEIGHTS,
};
