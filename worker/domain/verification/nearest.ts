/** "Did you mean …?": the known name nearest to one that isn't. */
import { editDistance } from "../enrichment/misspelt.ts";

const fold = (name: string): string => name.toLowerCase().replaceAll(/[_\-\s]/g, "");

/** The known name that was probably meant: at most a third of its letters off; null when none is near. */
export const nearest = (name: string, known: Iterable<string>): string | null => {
  const wanted = fold(name).slice(0, 100);
  let best: { name: string; slips: number } | null = null;
  for (const candidate of known) {
    const folded = fold(candidate);
    const allowed = best
      ? best.slips - 1
      : Math.max(1, Math.floor(Math.max(wanted.length, folded.length) / 3));
    const slips = editDistance(wanted, folded, allowed);
    if (slips <= allowed) best = { name: candidate, slips };
  }
  return best?.name ?? null;
};

const LISTED = 8;

/** The end of a message about an unknown name: the nearest one, or what there is to choose from. */
export const choices = (name: string, known: Iterable<string>, none: string): string => {
  const all = [...known];
  const near = nearest(name, all);
  if (near !== null) return `did you mean "${near}"?`;
  if (all.length === 0) return none;
  return `known: ${all.slice(0, LISTED).join(", ")}${all.length > LISTED ? ` and ${all.length - LISTED} more` : ""}.`;
};
