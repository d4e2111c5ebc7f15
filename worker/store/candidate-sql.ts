/**
 * Candidate accounts by key, in SQL: the rule of worker/domain/matching/candidates.ts, which test/worker/candidates.test.ts
 * holds both to. ?1 is the JSON list of keys.
 */
import { EXACT_KINDS, KEY_BOUND, MAX_CANDIDATES } from "../domain/matching/candidates.ts";

/**
 * Accounts under each key, one more than a key may bring, so that a common one is known by it. The inner limit drives the
 * outer search (key and account are the primary key), so a key of a hundred thousand accounts costs as much as one of 21.
 */
export const HITS = `
SELECT e.value AS key, k.account_id FROM json_each(?1) e CROSS JOIN account_keys k
WHERE k.key = e.value
  AND k.account_id IN (SELECT account_id FROM account_keys WHERE key = e.value ORDER BY account_id LIMIT ${KEY_BOUND + 1})`;

const IS_EXACT = `instr('${EXACT_KINDS}', substr(key, 1, 1)) > 0`;

/** Common table expressions that end in `chosen(account_id, matched)`: the keys as a JSON list. */
export const CHOSEN = `
hits AS MATERIALIZED (${HITS}),
common AS MATERIALIZED (SELECT key FROM hits GROUP BY key HAVING count(*) > ${KEY_BOUND}),
chosen AS (
  SELECT account_id, json_group_array(key) AS matched FROM hits
  WHERE ${IS_EXACT} OR key NOT IN (SELECT key FROM common)
  GROUP BY account_id ORDER BY sum(CASE WHEN ${IS_EXACT} THEN 100 ELSE 1 END) DESC, account_id LIMIT ${MAX_CANDIDATES})`;

/** Beside CHOSEN: the exact keys that brought as many accounts as one may, a JSON list. */
export const CROWDED = `(SELECT json_group_array(key) FROM common WHERE ${IS_EXACT})`;

/** Of `accounts a`, all but what keys it is found under: that is half of a row. */
export const accountColumns = (roles = "a.roles", extra = "a.extra"): string =>
  `a.id, a.name, a.domain, a.domains, a.parent_id, a.owner, ${roles} AS roles, a.country, a.city, a.industry, a.employees,
  a.lifecycle, ${extra} AS extra, a.updated_at, a.other_names, a.learned`;
