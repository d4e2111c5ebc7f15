/** Which kind of records a file holds, by the names of its columns and, where these leave it open, by its own name. */
import { CRM_KINDS, type CrmKind } from "../../../schema/wire/crm.ts";
import { nameFields, squash } from "./fields.ts";

/** Fields that only records of this kind have. */
const TELLING: Record<CrmKind, readonly string[]> = {
  accounts: ["domain", "domains", "parentId", "industry", "employees", "csm"],
  contacts: ["email", "firstName", "lastName", "title", "doNotContact"],
  opportunities: ["stage", "amount", "open", "isClosed", "closeDate", "currency"],
};

/** Column names that say by themselves what each line is. */
const OWN_ID: Record<CrmKind, readonly string[]> = {
  accounts: ["accountname", "companyname", "organizationname"],
  contacts: ["contactid", "personid", "emailaddress"],
  opportunities: ["opportunityid", "dealid", "opportunityname", "dealname", "dealtitle"],
};

const FILE_NAME: Record<CrmKind, RegExp> = {
  accounts: /account|compan|organi[sz]ation|customer|firm/i,
  contacts: /contact|people|person/i,
  opportunities: /opportunit|deal/i,
};

const scoreOf = (kind: CrmKind, names: readonly string[]): number => {
  const { fields } = nameFields(kind, names);
  const told = TELLING[kind].filter((field) => fields.has(field)).length;
  const own = names.filter((name) => OWN_ID[kind].includes(squash(name))).length;
  return told + 2 * own;
};

/** Null where it can't be told. */
export const guessKind = (names: readonly string[], fileName: string): CrmKind | null => {
  const scores = CRM_KINDS.map((kind) => ({ kind, score: scoreOf(kind, names) })).sort(
    (a, b) => b.score - a.score,
  );
  const [best, second] = scores;
  if (best && second && best.score > second.score) return best.kind;
  const named = CRM_KINDS.filter((kind) => FILE_NAME[kind].test(fileName));
  const tied = scores.filter(({ score }) => score === best?.score).map(({ kind }) => kind);
  const both = named.filter((kind) => tied.includes(kind));
  return both.length === 1 ? (both[0] ?? null) : null;
};
