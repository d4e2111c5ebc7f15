/** Looking accounts up: by what a person types, or one by its id. */
import type * as z from "zod";
import type { accountView, foundAccount } from "../../schema/wire/crm.ts";
import { enrich } from "../domain/enrichment/enrich.ts";
import { hostOf } from "../domain/enrichment/domain.ts";
import { learnedIn } from "../domain/crm/learned.ts";
import { decideMatch } from "../domain/matching/decide.ts";
import { leadKeys } from "../domain/matching/keys.ts";
import { solidName } from "../domain/matching/learnable.ts";
import { readAccounts, readCandidates } from "../store/candidates.ts";
import type { CandidateAccount } from "../store/known.ts";
import { idsUnder } from "../store/find-accounts.ts";
import { toMatchCandidate } from "./decide.ts";
import type { Deps } from "./deps.ts";
import { readAccount } from "./lessons.ts";
import { iso } from "./view.ts";

type FoundAccount = z.infer<typeof foundAccount>;

const MOST = 20;
/** Shorter beginnings begin everything. */
const MIN_BEGINNING = 2;

const found = ({ id, name, domain, country, city }: CandidateAccount): FoundAccount => ({
  id,
  name,
  domain,
  country,
  city,
});

/** By name as typed so far, a word of it, or a domain as typed so far. */
const beginningsOf = (text: string): string[] => {
  const solid = solidName(text);
  const typed = text.trim().toLowerCase();
  const domain = typed.includes(".") ? (hostOf(typed) ?? typed) : typed;
  return [
    ...(solid.length >= MIN_BEGINNING ? [`n:${solid}`, `t:${solid}`] : []),
    ...(/^[a-z0-9.-]{2,}$/.test(domain) ? [`d:${domain}`, `a:${domain}`] : []),
  ];
};

/** Best first: what matching finds for such a company or domain, then what begins so. */
export const findAccounts = async (deps: Pick<Deps, "db">, text: string): Promise<FoundAccount[]> => {
  const at = text.includes("@") ? { email: text } : {};
  const lead = enrich({
    fields: { company: text, ...(text.includes(".") ? { website: text } : {}), ...at },
    edge: {},
  });
  const [[matched], ids] = await Promise.all([
    readCandidates(deps.db, [{ emailNorm: lead.emailNormalized, keys: leadKeys(lead) }], "lookUp"),
    idsUnder(deps.db, text.trim(), beginningsOf(text)),
  ]);
  const candidates = (matched?.accounts ?? []).map(toMatchCandidate);
  const options = { freeMailNames: "accept", maxCandidates: MOST, reviewThreshold: 0.3 } as const;
  const ranked = decideMatch(lead, { candidates }, options);
  const best = ranked.candidates.map(({ accountId }) => accountId);
  const order = [...new Set([...ids.slice(0, 1), ...best, ...ids])].slice(0, MOST);
  const accounts = await readAccounts(deps.db, JSON.stringify(order), "lookUp");
  return order.flatMap((id) => {
    const account = accounts.get(id);
    return account ? [found(account)] : [];
  });
};

/** Null where there is none; an id that was merged away answers the account that stayed. */
export const showAccount = async (deps: Deps, id: string): Promise<z.infer<typeof accountView> | null> => {
  const stored = await readAccount(deps, id);
  if (!stored) return null;
  const { row } = stored;
  const meant = String(row["id"]);
  const above = String(row["parent_id"] ?? "");
  const accounts = await readAccounts(deps.db, JSON.stringify([meant, above]), "lookUp");
  const account = accounts.get(meant);
  const parent = accounts.get(above);
  if (!account) return null;
  const list = (column: string): string[] => JSON.parse(String(row[column])) as string[];
  return {
    ...found(account),
    domains: list("domains"),
    otherNames: list("other_names"),
    parentId: account.parentId,
    parent: parent ? { id: parent.id, name: parent.name } : null,
    owner: account.owner,
    industry: account.industry,
    employees: account.employees,
    lifecycle: account.lifecycle,
    learned: learnedIn(row).map((lesson) => ({ ...lesson, at: iso(lesson.at) })),
  };
};
