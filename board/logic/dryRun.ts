/** A dry run's question and answer, between the page's controls and `POST /v1/route`. Pure. */
import type { DryRunResult } from "../../schema/wire/route.ts";
import { parsePolicy, type Policy } from "./policy.ts";
import { sectionOf } from "./policyForms.ts";
import { itemsOf, nameOf } from "./policyItems.ts";
import { textOf } from "./record.ts";

/** What has a control of its own; all else of a lead stands as JSON below them. */
export const LEAD_FIELDS = [
  "email",
  "name",
  "company",
  "title",
  "country",
  "phone",
  "message",
  "formKey",
] as const;
type LeadField = (typeof LEAD_FIELDS)[number];

export interface Typed {
  fields: Partial<Record<LeadField, string>>;
  /** JSON text, empty where there is nothing more. */
  more: string;
}

const isText = (value: unknown): value is string => typeof value === "string";

/** A lead into the page's controls: what they can hold, and the rest as text. */
export function toTyped(lead: Record<string, unknown>): Typed {
  const { fields: inner, id: _, ...beside } = lead;
  const all: Record<string, unknown> = { ...(inner as object | undefined), ...beside };
  const fields: Typed["fields"] = {};
  for (const name of LEAD_FIELDS) if (isText(all[name])) fields[name] = all[name];
  const rest = Object.entries(all).filter(([name]) => !(name in fields));
  return { fields, more: rest.length === 0 ? "" : JSON.stringify(Object.fromEntries(rest), null, 2) };
}

/** Back into a lead; null where the rest is no JSON object. */
export function fromTyped({ fields, more }: Typed): Record<string, unknown> | null {
  const rest = more.trim() === "" ? {} : parsePolicy(more);
  if (!rest) return null;
  const typed = Object.entries(fields).filter(([, value]) => value.trim() !== "");
  return { ...rest, ...Object.fromEntries(typed.map(([name, value]) => [name, value.trim()])) };
}

type Step = DryRunResult["trace"][number];

/** A decision's trace in its three parts. */
export interface Parts {
  /** Suppression items and rules, each with whether it held. */
  branches: Step[];
  /** Who could take it and who not, step by step. */
  people: Step[];
  /** Everything else: duplicates, SLA. */
  other: Step[];
}

export function partsOf(trace: readonly Step[]): Parts {
  const parts: Parts = { branches: [], people: [], other: [] };
  for (const step of trace) {
    if (/^(Suppression|Rule): /.test(step.step)) parts.branches.push(step);
    else if (step.step === "SLA" || step.step === "duplicate") parts.other.push(step);
    else parts.people.push(step);
  }
  return parts;
}

export interface Told {
  step: string;
  outcome: string;
  details: string[];
}

/** Neighbours of one step that came out alike are one line: a team's absentees are read together. */
export function toldTogether(steps: readonly Step[]): Told[] {
  const lines: Told[] = [];
  for (const { step, outcome, detail } of steps) {
    const last = lines.at(-1);
    if (last?.step === step && last.outcome === outcome) {
      if (!last.details.includes(detail)) last.details.push(detail);
    } else lines.push({ step, outcome, details: [detail] });
  }
  return lines;
}

/** Where it goes, in one sentence. `named`: a rule's name by its id. */
export function outcomeInWords(result: DryRunResult, named: (rule: string) => string): string {
  const { decision } = result;
  if (!decision) return "To nobody: the policy has no active person at all.";
  if (decision.joins !== null)
    return `It joins the open lead of the same e-mail${decision.owner ? `, which ${decision.owner.name} keeps` : ""}.`;
  const where = decision.queue
    ? `To the queue ${decision.queue.name}, kept by ${decision.queue.steward.name}`
    : `To ${decision.owner?.name ?? "nobody"}`;
  const by =
    decision.ruleId === null
      ? "no rule took it: the default chain"
      : decision.ruleId === "relationship"
        ? "by relationship"
        : `by “${named(decision.ruleId)}”`;
  return `${where}, ${by}${decision.provisional ? ", provisionally until the opening" : ""}.`;
}

/** What to say at the country's control where what was asked is no country; null where it was used, or is typed anew. */
export function countryUnused(
  asked: string,
  { fields }: Pick<Typed, "fields">,
  { country }: Pick<DryRunResult, "country">,
): string | null {
  if (asked === "" || country?.source === "form" || asked !== fields.country?.trim()) return null;
  const used = country === null ? "none was used" : `${country.code} was used, by ${SAYS[country.source]}`;
  return `No country is known as “${asked}”: ${used}.`;
}

/** Who says where the lead is. */
export const SAYS = { form: "what was typed", phone: "the phone number", edge: "the network" } as const;

/** Names of rules and suppressions by id, from whatever document decides. */
export const branchNames = (document: Policy | null): Map<string, string> =>
  new Map(
    (["suppression", "rules"] as const)
      .flatMap((key) => itemsOf(document, sectionOf(key)))
      .map((item) => [textOf(item["id"]), nameOf(item)]),
  );
