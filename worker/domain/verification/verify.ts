/** Everything there is to say of a document that has its shape: the checks, then the proof of what passed them. */
import { checkDocument, type CheckInput } from "./checks.ts";
import { bounded, type Finding, type Undecided, type Verification } from "./findings.ts";
import { prove, type ProofStats } from "./proof/prove.ts";

export interface FullVerification extends Verification {
  /** Usual, and good to know. */
  notes: Finding[];
  undecided: Undecided[];
  /** Null where nothing was proved. */
  stats: ProofStats | null;
}

/** A document without these compiles, and its conditions mean something. */
const ABOUT_STATE = new Set(["no_last_resort", "no_steward", "holds_leads"]);

export const verifyWhole = (input: CheckInput): FullVerification => {
  const { errors, warnings } = checkDocument(input);
  if (errors.some(({ code }) => !ABOUT_STATE.has(code)))
    return { errors, warnings, notes: [], undecided: [], stats: null };
  const proof = prove(input);
  return {
    errors: bounded([...errors, ...proof.errors]),
    warnings: bounded([...warnings, ...proof.warnings]),
    notes: proof.notes,
    undecided: proof.undecided,
    stats: proof.stats,
  };
};
