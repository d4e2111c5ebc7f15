/** Items of the document as the forms list them: found, named, and where a finding's pointer leads. Pure. */
import { conditionInWords } from "./conditionTree.ts";
import type { Policy } from "./policy.ts";
import { SECTIONS, type Item, type Reference, type SectionKey, type SectionSpec } from "./policyForms.ts";
import { shortDuration } from "./policyText.ts";
import { isRecord, textOf } from "./record.ts";

/** A section's items; what isn't one (the text may hold anything) is left out of sight. */
export function itemsOf(document: Policy | null, { path }: Pick<SectionSpec, "path">): Item[] {
  let found: unknown = document;
  for (const part of path) found = isRecord(found) ? found[part] : undefined;
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

/** The section's list in the document, made where it isn't there yet. */
export function listIn(document: Policy, { path }: Pick<SectionSpec, "path">): unknown[] {
  let at: Item = document;
  for (const part of path.slice(0, -1)) {
    if (!isRecord(at[part])) at[part] = {};
    at = at[part] as Item;
  }
  const last = path.at(-1)!;
  if (!Array.isArray(at[last])) at[last] = [];
  return at[last] as unknown[];
}

/** Where in a section's list its item number `index` stands: a list may hold what is no item. -1: there is no such. */
export function placeIn(list: readonly unknown[], index: number): number {
  let left = index;
  return list.findIndex((each) => isRecord(each) && left-- === 0);
}

export interface Choice {
  id: string;
  label: string;
}

export function choicesOf(document: Policy | null, from: Reference): Choice[] {
  const { path } = SECTIONS.find(({ key }) => key === from) ?? { path: [from] };
  return itemsOf(document, { path }).flatMap(({ id, name: called }) =>
    typeof id === "string" ? [{ id, label: typeof called === "string" && called !== "" ? called : id }] : [],
  );
}

export interface Place {
  section: SectionSpec;
  index: number;
}

/** The item that a finding's pointer lies in; null where no form shows it. */
export function placeOf(pointer: string): Place | null {
  for (const section of SECTIONS) {
    const start = `/${section.path.join("/")}/`;
    const index = pointer.startsWith(start) ? /^\d+/.exec(pointer.slice(start.length))?.[0] : undefined;
    if (index !== undefined) return { section, index: Number(index) };
  }
  return null;
}

/** Where something named by a finding stands: rules, suppressions, territories and the rest share no ids that matter. */
export function pointerOf(document: Policy | null, id: string): string | null {
  for (const section of SECTIONS) {
    const index = itemsOf(document, section).findIndex((item) => item["id"] === id);
    if (index >= 0) return `/${section.path.join("/")}/${index}`;
  }
  return null;
}

const TARGETS: Record<string, string> = {
  accountOwner: "the account’s owner",
  opportunityOwner: "the opportunity’s owner",
  territory: "the territory",
};

/** A target in words; empty where there is none. */
export function targetInWords(document: Policy | null, target: unknown): string {
  if (!isRecord(target)) return "";
  const [kind = "", value] = Object.entries(target)[0] ?? [];
  if (kind in TARGETS) return TARGETS[kind]!;
  if (kind === "accountRole") return `the account’s ${textOf(value)}`;
  const from = { team: "teams", person: "people", queue: "queues" }[kind] as Reference | undefined;
  const label = from && choicesOf(document, from).find(({ id }) => id === value)?.label;
  return `${kind === "queue" ? "the queue " : ""}${label ?? textOf(value)}`;
}

/** What people call an item: its name, else what it is known by. */
export const nameOf = (item: Item): string =>
  textOf(item["name"]) || textOf(item["id"]) || textOf(item["key"]);

type Naming = (from: Reference, id: unknown) => string;

const routed = (document: Policy | null, item: Item): string =>
  `${conditionInWords(item["when"] ?? {})} → ${targetInWords(document, item["to"])}`;

const members = (item: Item, called: Naming): string =>
  (Array.isArray(item["members"]) ? item["members"].filter(isRecord) : [])
    .map(
      ({ person, weight }) =>
        `${called("people", person)}${typeof weight === "number" && weight !== 1 ? ` × ${weight}` : ""}`,
    )
    .join(", ");

const joined = (...parts: string[]): string => parts.filter(Boolean).join(", ");

const timed = (label: string, duration: unknown): string =>
  textOf(duration) === "" ? "" : `${label}${shortDuration(textOf(duration))}`;

/** One line about an item, for the list. */
export function aboutItem(document: Policy | null, { key }: SectionSpec, item: Item): string {
  const called: Naming = (from, id) =>
    choicesOf(document, from).find((choice) => choice.id === id)?.label ?? textOf(id);
  const about: Record<SectionKey, () => string> = {
    rules: () => routed(document, item),
    suppression: () => routed(document, item),
    territories: () => routed(document, item),
    teams: () => members(item, called),
    people: () =>
      joined(
        textOf(item["role"]) || "rep",
        textOf(item["capacity"]) && `capacity ${textOf(item["capacity"])}`,
        called("calendars", item["calendar"]),
        textOf(item["backup"]) && `backup ${called("people", item["backup"])}`,
      ),
    sla: () =>
      joined(
        timed("first touch ", item["firstTouch"]),
        timed("second ", item["secondTouch"]),
        timed("no reply ", item["noReply"]),
        timed("accept ", item["acceptWithin"]),
      ),
    calendars: () =>
      joined(
        textOf(item["timezone"]),
        Array.isArray(item["holidaySets"]) ? item["holidaySets"].map(textOf).join(", ") : "",
      ),
    forms: () =>
      joined(
        (Array.isArray(item["fields"]) ? item["fields"].filter(isRecord) : [])
          .map(({ name: called, required }) => `${textOf(called)}${required === true ? "*" : ""}`)
          .join(", "),
        Array.isArray(item["allowedOrigins"]) && item["allowedOrigins"].length > 0
          ? `on ${item["allowedOrigins"].map(textOf).join(", ")}`
          : "on this product’s own pages only",
      ),
    queues: () => joined(`kept by ${called("people", item["steward"])}`, timed("", item["target"])),
  };
  return about[key]();
}

/** What is said of one item, by the part of it that comes first in the pointer: `/forms/0/fields/2/name` is `fields` and `2/name`. */
export interface Said {
  part: string;
  rest: string;
  message: string;
}

/** Of findings, those about one item. */
export function saidOf(
  { path }: Pick<SectionSpec, "path">,
  index: number,
  findings: readonly { pointer: string; message: string }[],
): Said[] {
  const start = `/${path.join("/")}/${index}`;
  return findings.flatMap(({ pointer, message }) => {
    if (pointer !== start && !pointer.startsWith(`${start}/`)) return [];
    const [part = "", ...rest] = pointer.slice(start.length + 1).split("/");
    return [{ part, rest: rest.join("/"), message }];
  });
}
