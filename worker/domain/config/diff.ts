/** What changed between two documents, in plain words: people, rules and calendars by their ids, everything else by place. */
import type { ConfigDocument } from "../../../schema/config/document.ts";
import { inWords } from "../conditions.ts";

export interface Change {
  kind: "added" | "removed" | "changed" | "moved";
  /** RFC 6901, into the newer document; into the older for what was removed. */
  pointer: string;
  /** A sentence. */
  text: string;
}

/** Lists whose items have a name of their own, and what an item is called. */
const LISTS: readonly (readonly [path: string, name: string, ordered: boolean])[] = [
  ["people", "person", false],
  ["calendars", "calendar", false],
  ["teams", "team", false],
  ["timeOffFeeds", "time-off feed", false],
  ["queues", "queue", false],
  ["territories", "territory", true],
  ["sla", "SLA policy", false],
  ["stages", "stage", false],
  ["scoring/rules", "scoring rule", false],
  ["scoring/segments", "segment", false],
  ["suppression", "suppression", true],
  ["routing/rules", "rule", true],
  ["forms", "form", false],
  ["dispositions", "disposition", false],
  ["notifications", "notification", false],
];

type Json = unknown;
type Item = Readonly<Record<string, Json>>;

const at = (document: Json, path: string): Json =>
  path.split("/").reduce<Json>((value, part) => (value as Item | undefined)?.[part], document);

const idOf = (item: Item): string => String(item["id"] ?? item["key"] ?? item["code"]);

const listAt = (document: ConfigDocument, path: string): Item[] => (at(document, path) ?? []) as Item[];

const isEmpty = (value: Json): boolean => value === undefined || value === null;

const sameJson = (a: Json, b: Json): boolean =>
  (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b);

const MOST_LETTERS = 100;

const short = (text: string): string =>
  text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;

const CONDITIONS = new Set(["when", "entry"]);

const shown = (name: string, value: Json): string => {
  if (isEmpty(value)) return "nothing";
  if (CONDITIONS.has(name)) return short(inWords(value as Parameters<typeof inWords>[0]));
  return short(JSON.stringify(value));
};

/** "firstTouch: PT10M → PT5M" for every part that differs. */
const parts = (before: Item, after: Item): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !sameJson(before[name], after[name]))
    .map((name) => `${name}: ${shown(name, before[name])} → ${shown(name, after[name])}`);

/** Of the items both lists have, those outside the longest run that kept its order: the fewest that were moved. */
const movedIn = (before: readonly string[], after: readonly string[]): string[] => {
  const places = new Map(before.map((id, index) => [id, index]));
  const common = after.filter((id) => places.has(id));
  /** For each item the longest run in old order that ends with it. */
  const runs: string[][] = [];
  for (const [index, id] of common.entries()) {
    const place = places.get(id) ?? 0;
    let best: string[] = [];
    for (const run of runs.slice(0, index))
      if (run.length > best.length && (places.get(run.at(-1) ?? "") ?? 0) < place) best = run;
    runs.push([...best, id]);
  }
  const longest = new Set(runs.reduce((best, run) => (run.length > best.length ? run : best), []));
  return common.filter((id) => !longest.has(id));
};

const ofList = (
  older: ConfigDocument,
  newer: ConfigDocument,
  [path, name, ordered]: (typeof LISTS)[number],
): Change[] => {
  const [before, after] = [listAt(older, path), listAt(newer, path)];
  const known = new Map(before.map((item) => [idOf(item), item]));
  const kept = new Set(after.map(idOf));
  const moved = ordered ? new Set(movedIn(before.map(idOf), after.map(idOf))) : new Set<string>();
  return [
    ...before.flatMap((item, index): Change[] =>
      kept.has(idOf(item))
        ? []
        : [
            {
              kind: "removed",
              pointer: `/${path}/${index}`,
              text: `The ${name} "${idOf(item)}" is removed.`,
            },
          ],
    ),
    ...after.flatMap((item, index): Change[] => {
      const pointer = `/${path}/${index}`;
      const id = idOf(item);
      const old = known.get(id);
      if (!old) return [{ kind: "added", pointer, text: `The ${name} "${id}" is new.` }];
      const changes = parts(old, item);
      const place = moved.has(id)
        ? [{ kind: "moved" as const, pointer, text: `The ${name} "${id}" now stands at place ${index + 1}.` }]
        : [];
      return changes.length === 0
        ? place
        : [...place, { kind: "changed", pointer, text: `The ${name} "${id}": ${changes.join("; ")}.` }];
    }),
  ];
};

/** Names of lists, and what is looked at part by part; all other parts are compared as a whole. */
const APART = new Set(["$schema", "routing", ...LISTS.map(([path]) => path.split("/")[0] ?? "")]);
const ROUTING = ["default", "defaultSla", "maxWait", "lastOwnerWithin"] as const;

/** Parts without ids. */
const wholes = (older: ConfigDocument, newer: ConfigDocument): string[] =>
  [...new Set([...Object.keys(older), ...Object.keys(newer)])].filter((name) => !APART.has(name));

const ofWhole = (older: ConfigDocument, newer: ConfigDocument): Change[] =>
  [...wholes(older, newer), ...ROUTING.map((name) => `routing/${name}`)].flatMap((path): Change[] => {
    const [before, after] = [at(older, path), at(newer, path)];
    if (sameJson(before, after)) return [];
    const isObject = (value: Json): value is Item =>
      typeof value === "object" && value !== null && !Array.isArray(value);
    const said =
      isObject(before) && isObject(after)
        ? parts(before, after).join("; ")
        : `${shown(path, before)} → ${shown(path, after)}`;
    return [{ kind: "changed", pointer: `/${path}`, text: `${path.replace("/", ".")}: ${said}.` }];
  });

/** Nothing where both say the same; defaults are filled in on both sides, so leaving one out is no change. */
export const diffDocuments = (older: ConfigDocument, newer: ConfigDocument): Change[] => [
  ...ofWhole(older, newer),
  ...LISTS.flatMap((list) => ofList(older, newer, list)),
];
