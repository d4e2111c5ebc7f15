/**
 * The proof over a document that passed the first checks: every lead that can come, every minute of the coming year, the
 * absence of anybody. Pure. What is proved, by which argument, and where "undecided" begins: docs/verification.md.
 */
import type { ConfigDocument } from "../../../../schema/config/document.ts";
import { compileConfig } from "../../config/compiled.ts";
import type { PersonState } from "../../routing/people.ts";
import { bounded, type Finding, type Undecided } from "../findings.ts";
import { checkAbsences, timesFor } from "./absences.ts";
import { branchesOf } from "./branches.ts";
import { Exhausted } from "./diagram.ts";
import { checkPromises, checkTeamHours, type TeamHours } from "./hours.ts";
import { checkNobody } from "./nobody.ts";
import { checkOrders, checkWaterfall } from "./orders.ts";
import { checkOverlaps } from "./overlaps.ts";
import { policyOf, type Made, type Policy } from "./policy.ts";
import { checkTimers } from "./timers.ts";
import { makeWorld } from "./world.ts";

export interface ProofInput {
  document: ConfigDocument;
  states: ReadonlyMap<string, PersonState>;
  holidays: Readonly<Record<string, readonly string[]>>;
  now: number;
}

export interface ProofStats {
  /** Fields, or groups of fields, that conditions ask. */
  variables: number;
  /** Cells that their values fall into. */
  cells: number;
  /** Nodes of the decision diagram. */
  nodes: number;
  branches: number;
  /** Branches of which it is proved that they never end with nobody. */
  proved: number;
  teams: TeamHours[];
}

export interface Proof {
  errors: Finding[];
  warnings: Finding[];
  notes: Finding[];
  undecided: Undecided[];
  stats: ProofStats | null;
}

/** Nodes altogether: some tens of megabytes, which is what an isolate can spare. */
const MOST_NODES = 250_000;

const of = (policy: Policy, severity: Finding["severity"]): Finding[] =>
  bounded(policy.findings.filter((finding) => finding.severity === severity));

const freeTexts = (policy: Policy): void => {
  const fields = [...new Set(policy.world.free.map(({ field }) => field))];
  if (fields.length > 0)
    policy.undecided.push({
      code: "undecided_text",
      pointer: "",
      rules: [],
      message: `Comparisons with ${fields.join(", ")} are too many to be worked out together: each is taken to hold or not by itself, so what is said to be unreachable is, but something else might be too.`,
    });
};

const policyFor = ({ document, states, holidays, now }: ProofInput): Policy => {
  const compiled = compileConfig(document, 0, holidays);
  const world = makeWorld(document, now, MOST_NODES);
  return policyOf({ document, compiled, people: { states, timeOff: new Map() }, now, world });
};

const proveWorld = (input: ProofInput): Proof => {
  const policy = policyFor(input);
  const { world } = policy;
  freeTexts(policy);
  const reached = checkWaterfall(policy);
  checkOrders(policy);
  checkOverlaps(policy, reached);
  const branches = branchesOf(policy, reached);
  const proved = checkNobody(policy, branches);
  const times = timesFor(policy);
  checkAbsences(policy, times, branches);
  const teams = checkTeamHours(policy, times);
  checkPromises(policy, times);
  checkTimers(policy);
  return {
    errors: of(policy, "error"),
    warnings: of(policy, "warning"),
    notes: of(policy, "note"),
    undecided: policy.undecided,
    stats: {
      variables: world.variables.length,
      cells: world.variables.reduce((sum, { cells }) => sum + cells.length, 0),
      nodes: world.diagrams.size,
      branches: branches.length,
      proved,
      teams,
    },
  };
};

const NOTHING = { errors: [], warnings: [], notes: [], stats: null };

/** The document must compile: its references, types and calendars were checked before. */
export const prove = (input: ProofInput): Proof => {
  try {
    return proveWorld(input);
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    const message =
      "Its scoring and territories combine more conditions than fit into the budget, so nothing is proved of this document.";
    return { ...NOTHING, undecided: [{ code: "undecided_document", pointer: "", rules: [], message }] };
  }
};

/** A lead of each branch that the form can make; null where the document takes more than the budget. */
export const leadsOfBranches = (input: ProofInput): { policy: Policy; leads: Made[] } | null => {
  try {
    const policy = policyFor(input);
    const branches = branchesOf(policy, checkWaterfall(policy));
    return { policy, leads: branches.flatMap(({ made }) => made ?? []) };
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error;
    return null;
  }
};
