/** Who already works with a person or their company, if that still counts. */
import type { Compiled } from "../config/compiled.ts";
import type { Relationship } from "./plan.ts";

export interface Standing {
  /** The owner of this person's newest lead, and when it last changed. */
  lastOwner: { personId: string; at: number } | null;
  /** The owner of the newest open lead of the same corporate domain. */
  companyOwner: { personId: string } | null;
}

/** The last owner, then whoever has an open lead from the same company. */
export const relationshipOf = (
  compiled: Compiled,
  { lastOwner, companyOwner }: Standing,
  now: number,
): Relationship | null => {
  const colleague = companyOwner
    ? { personId: companyOwner.personId, why: "owner of an open lead from the same company" }
    : null;
  if (!lastOwner || now - lastOwner.at > compiled.lastOwnerWithinMs) return colleague;
  return { personId: lastOwner.personId, why: "last owner of this person", otherwise: colleague };
};
