/** Labelled cases and a CRM from files given by path, and the keys' index as D1 would hold it. */
import { readFileSync } from "node:fs";
import { csvReader } from "../../worker/domain/crm/csv.ts";
import { enrich, type EnrichedLead } from "../../worker/domain/enrichment/enrich.ts";
import { chooseCandidates, KEY_BOUND } from "../../worker/domain/matching/candidates.ts";
import { accountKeys, leadKeys } from "../../worker/domain/matching/keys.ts";
import type { AccountCandidate } from "../../worker/domain/matching/types.ts";

export interface Case {
  id: string;
  kind: string;
  lead: Record<string, string>;
  expected: string | null;
  acceptable: string[];
  flags: string[];
  companies: string[];
}

export type Account = Omit<AccountCandidate, "matchedKeys">;

export interface Question extends Case {
  enriched: EnrichedLead;
  candidates: AccountCandidate[];
}

export const readCases = (path: string): Case[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Case);

export function readAccounts(path: string): Account[] {
  const reader = csvReader();
  const rows = [...reader.feed(readFileSync(path, "utf8")), ...reader.end()].map((row) =>
    "cells" in row ? row.cells : [],
  );
  const [header = [], ...lines] = rows;
  const column = (line: readonly string[], name: string) => line[header.indexOf(name)]?.trim() ?? "";
  return lines
    .filter((line) => column(line, "id") !== "")
    .map((line) => ({
      id: column(line, "id"),
      name: column(line, "name"),
      domain: column(line, "domain") || null,
      domains: column(line, "domains").split("|").filter(Boolean),
      parentId: column(line, "parent_id") || null,
      country: column(line, "country") || null,
      city: column(line, "city") || null,
      owner: null,
      lifecycle: null,
      hasOpenOpportunity: false,
      updatedAt: 0,
    }));
}

export class KeyIndex {
  readonly #ids = new Map<string, string[]>();
  readonly #accounts = new Map<string, Account>();
  rows = 0;

  constructor(accounts: readonly Account[]) {
    const inOrder = [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const account of inOrder) {
      this.#accounts.set(account.id, account);
      for (const { key } of accountKeys(account)) {
        const ids = this.#ids.get(key);
        if (ids === undefined) this.#ids.set(key, [account.id]);
        else if (ids.length <= KEY_BOUND) ids.push(account.id);
        this.rows++;
      }
    }
  }

  candidates(lead: EnrichedLead): AccountCandidate[] {
    const found = chooseCandidates(leadKeys(lead), (key) => this.#ids.get(key) ?? []);
    return [...found].map(([id, by]) => ({ ...(this.#accounts.get(id) as Account), ...by }));
  }

  ask(cases: readonly Case[]): Question[] {
    return cases.map((each) => {
      const enriched = enrich({ fields: each.lead, edge: {} });
      return { ...each, enriched, candidates: this.candidates(enriched) };
    });
  }
}
