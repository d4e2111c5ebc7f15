/** What remains of an address that asked to be forgotten or left alone: a hash, by which it is known again. docs/privacy.md. */
import { parseEmail } from "../domain/enrichment/email.ts";
import { anyMarks, readMarks, type Mark } from "../store/privacy.ts";
import { readSalt } from "../store/salt.ts";
import type { Deps } from "./deps.ts";
import { sha256 } from "./identity.ts";

/** What is remembered instead of an address. */
export const hashOf = async (deps: Pick<Deps, "db">, norm: string): Promise<string> => {
  const digest = await sha256(`${await readSalt(deps.db)} ${norm}`);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

/** The marks of addresses, by address; one cheap question where there are none at all. */
export const marksOf = async (
  deps: Pick<Deps, "db">,
  norms: readonly string[],
): Promise<Map<string, Mark>> => {
  if (norms.length === 0 || !(await anyMarks(deps.db))) return new Map();
  const hashes = await Promise.all(norms.map((norm) => hashOf(deps, norm)));
  const marks = await readMarks(deps.db, hashes);
  return new Map(
    norms.flatMap((norm, at) => {
      const mark = marks.get(hashes[at] ?? "");
      return mark ? [[norm, mark] as const] : [];
    }),
  );
};

/** Whether a submission that was held since `heldAt` is of somebody who has been erased meanwhile. */
export const erasedSince = async (
  deps: Pick<Deps, "db">,
  email: unknown,
  heldAt: number,
): Promise<boolean> => {
  const known = typeof email === "string" ? parseEmail(email) : null;
  if (!known?.ok) return false;
  const erasedAt = (await marksOf(deps, [known.normalized])).get(known.normalized)?.erasedAt ?? null;
  return erasedAt !== null && erasedAt >= heldAt;
};
