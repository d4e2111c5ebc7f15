/**
 * What a data provider knows of a lead's company. The visitor never waits for it: capture uses what is kept, owes a
 * look-up where nothing is, and what comes of it later refines the lead.
 */
import { asProviderNames, type CompanyFacts } from "../domain/enrichment/company.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import { parseDuration } from "../domain/duration.ts";
import type { Match } from "../domain/matching/types.ts";
import type { Owed } from "../domain/owed.ts";
import type { Delivery } from "../outbound/channel.ts";
import type { CompanyDirectory } from "../outbound/directory.ts";
import type { OutboxInput } from "../store/happened.ts";
import { keepCompany, readCompany, type KnownCompany } from "../store/companies.ts";
import { loadCurrentConfig } from "../store/config.ts";
import type { StoredFacts } from "../store/rows.ts";
import type { Deps } from "./deps.ts";
import { refine } from "./refine.ts";

/** The directory that a document names; null when this deployment doesn't speak with it. */
export type DirectoryOf = (settings: { provider: string; secretRef: string }) => CompanyDirectory | null;

/**
 * A question for the provider, where one is configured and the lead comes from a company's own domain. What is kept
 * already is asked again only for its name, if that could find the account which the lead's own words didn't.
 */
export const lookupOwed = (
  compiled: Compiled,
  leadId: string,
  { lead }: StoredFacts,
  match: Match,
  known: KnownCompany | null,
): OutboxInput[] => {
  const domain = lead.corporateDomain;
  if (!compiled.document.enrichment.company || domain === null) return [];
  const useful = known === null || (match.accountId === null && asProviderNames(lead, known.facts) !== null);
  return useful
    ? [
        {
          id: `${leadId}.1.company`,
          kind: "company.lookup",
          channel: "lookup",
          seq: null,
          recipient: domain,
          data: {},
        },
      ]
    : [];
};

const keptFor = (duration: string): number => {
  const parsed = parseDuration(duration);
  return parsed.ok ? parsed.ms : 0;
};

type Asked = { ok: true; facts: CompanyFacts | null } | Extract<Delivery, { ok: false }>;

const ask = async (deps: Deps, directoryOf: DirectoryOf, domain: string): Promise<Asked> => {
  const now = deps.now();
  const known = await readCompany(deps.db, domain, now);
  if (known) return { ok: true, facts: known.facts };
  const settings = (await loadCurrentConfig(deps.db))?.document.enrichment.company;
  if (!settings) return { ok: true, facts: null };
  const directory = directoryOf(settings);
  if (!directory) return { ok: false, retry: false, error: `lookup: no provider ${settings.provider}` };
  const found = await directory.find(domain, settings.minLikelihood);
  if (found.kind === "failed") {
    const { kind: _, ...failure } = found;
    return { ok: false, ...failure };
  }
  const facts = found.kind === "found" ? found.facts : null;
  const until = now + keptFor(settings.keepFor);
  await keepCompany(deps.db, { domain, provider: settings.provider, facts, at: now, until });
  return { ok: true, facts };
};

/** One look-up of the outbox: asks, keeps the answer, refines the lead. Throws only when the database fails. */
export const lookUp = async (deps: Deps, directoryOf: DirectoryOf, row: Owed): Promise<Delivery> => {
  const asked = await ask(deps, directoryOf, row.recipient);
  if (!asked.ok) return asked;
  if (row.leadId !== null && asked.facts !== null) await refine(deps, row.leadId, asked.facts);
  return { ok: true };
};
