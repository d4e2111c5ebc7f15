/**
 * Cases made from the accounts themselves: a name got wrong in one of the generator's ways, asked once of the CRM that has the
 * account and once of the one that lacks it. Spellings that nobody labelled, in any number.
 */
import { CHANGES } from "../../test/support/company-names.ts";
import { oneOf, seeded, type Random } from "../../test/support/random.ts";
import { normalizeCompany } from "../../worker/domain/matching/normalize.ts";
import type { Account, Case, KeyIndex, Question } from "./data.ts";

const MAILS = ["gmail.com", "outlook.com", "gmx.de", "yahoo.com"];

export function alteredQuestions(
  accounts: readonly Account[],
  index: KeyIndex,
  count: number,
  seed: number,
): Question[] {
  const random = seeded(seed);
  const homonyms = new Map<string, number>();
  for (const { name } of accounts) {
    const { key } = normalizeCompany(name);
    homonyms.set(key, (homonyms.get(key) ?? 0) + 1);
  }
  const made: Question[] = [];
  while (made.length < count) {
    const account = oneOf(random, accounts);
    if (homonyms.get(normalizeCompany(account.name).key) !== 1) continue;
    const altered = alter(account, accounts, random);
    if (altered === null) continue;
    const [asked] = index.ask([altered]) as [Question];
    const absent = random() < 0.5;
    made.push(
      absent
        ? {
            ...asked,
            kind: `absent: ${asked.kind}`,
            expected: null,
            candidates: withoutFamily(asked, account),
          }
        : asked,
    );
  }
  return made;
}

const withoutFamily = ({ candidates }: Question, account: Account) =>
  candidates.filter(
    ({ id, parentId }) => id !== account.id && parentId !== account.id && id !== account.parentId,
  );

function alter(account: Account, accounts: readonly Account[], random: Random): Case | null {
  const kind = oneOf(random, Object.keys(CHANGES));
  const company = CHANGES[kind]?.(account.name, random) ?? null;
  if (company === null) return null;
  const ownMail = random() < 0.25 && account.domain !== null;
  const label = (account.domain ?? "").split(".")[0] ?? "";
  const lead: Record<string, string> = {
    email: `ana@${ownMail ? `${label}.example` : oneOf(random, MAILS)}`,
    company,
  };
  // People sit elsewhere than their head office, and networks say where their exit is.
  const place = random() < 0.3 ? oneOf(random, accounts) : account;
  if (random() < 0.3 && place.country !== null) lead["country"] = place.country;
  if (random() < 0.3 && place.city !== null) lead["city"] = place.city;
  return {
    id: `${account.id}-${kind}`,
    kind,
    lead,
    expected: account.id,
    acceptable: [],
    flags: [],
    companies: [account.id],
  };
}
