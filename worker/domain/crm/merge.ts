/** Patches laid on each other and on the row they change. */
import type { CrmKind } from "../../../schema/wire/crm.ts";
import { REQUIRED, type Patch, type Value } from "./records.ts";

export type Row = Readonly<Record<string, Value>>;

/** Columns of each kind beside `id`; those with a default are never null. */
export const DEFAULTS: Record<CrmKind, Row> = {
  accounts: {
    name: null,
    domain: null,
    domains: "[]",
    parent_id: null,
    owner: null,
    roles: "{}",
    country: null,
    city: null,
    industry: null,
    employees: null,
    lifecycle: null,
    extra: "{}",
    updated_at: null,
    other_names: "[]",
    learned: "[]",
  },
  contacts: {
    email: null,
    email_norm: null,
    account_id: null,
    name: null,
    title: null,
    phone: null,
    owner: null,
    do_not_contact: 0,
    lifecycle: null,
    extra: "{}",
    updated_at: null,
  },
  opportunities: {
    account_id: null,
    name: null,
    open: null,
    stage: null,
    amount: null,
    currency: null,
    owner: null,
    close_date: null,
    begun_at: null,
    extra: "{}",
    updated_at: null,
  },
};

/** The same record twice: the later line wins, field by field. */
export const joinPatches = (first: Patch, then: Patch): Patch => ({
  id: first.id,
  set: { ...first.set, ...then.set },
  roles: { ...first.roles, ...then.roles },
  extra: { ...first.extra, ...then.extra },
});

const laidOn = (json: Value | undefined, patch: Readonly<Record<string, unknown>>): string => {
  const kept = Object.entries(JSON.parse(String(json ?? "{}")) as Record<string, unknown>);
  const merged = new Map([...kept, ...Object.entries(patch)]);
  return JSON.stringify(
    Object.fromEntries([...merged].filter(([, value]) => value !== null && value !== undefined)),
  );
};

export type Merged =
  { kind: "unchanged" } | { kind: "changed"; row: Row } | { kind: "refused"; error: string };

/** `stored` is null for a record that is new. `now` is its last activity where the CRM names none. */
export const mergeRow = (kind: CrmKind, stored: Row | null, patch: Patch, now: number): Merged => {
  const base = stored ?? { id: patch.id, ...DEFAULTS[kind] };
  const changes: Record<string, Value> = { ...patch.set, extra: laidOn(base["extra"], patch.extra) };
  if (kind === "accounts") changes["roles"] = laidOn(base["roles"], patch.roles);
  for (const { column, error } of REQUIRED[kind])
    if ((changes[column] ?? base[column] ?? null) === null) return { kind: "refused", error };
  if ((changes["updated_at"] ?? null) === null) delete changes["updated_at"];
  const isChanged =
    stored === null || Object.entries(changes).some(([column, value]) => value !== base[column]);
  if (!isChanged) return { kind: "unchanged" };
  return { kind: "changed", row: { ...base, updated_at: now, ...changes } };
};
