// The facts about one candidate as numbers from 0 to 1, and what each weighs: a logistic model, so the sum of the weights that
// apply is the log-odds that this is the account meant. weights.ts is the only table; bench/matching.ts fits and checks it.
import type { Features } from "./features.ts";

export const EVIDENCE = [
  "bias",
  "sameName",
  "sameWords",
  "reordered",
  "extraSaid",
  "extraKnown",
  "strangeSaid",
  "strangeKnown",
  "headLost",
  "oneSlip",
  "moreSlips",
  "slipShare",
  "oddSlips",
  "shortened",
  "letters",
  "droppedSaid",
  "droppedKnown",
  "alias",
  "owner",
  "saidLabel",
  "initials",
  "initialsAndLabel",
  "mailSpells",
  "mailSpellsOther",
  "mailUnrelated",
  "sameLabel",
  "sameLabelNoName",
  "sameCountry",
  "otherCountry",
  "sameCity",
  "otherCity",
] as const;
export type Evidence = Readonly<Record<(typeof EVIDENCE)[number], number>>;

const yes = (fact: boolean): number => (fact ? 1 : 0);
const share = (value: number): number => Math.max(0, Math.min(1, value));

export function evidenceOf(features: Features, corporate: boolean): Evidence {
  const { name, mailDomain, mailSpells, mailSpellsSaid, saidLabel, initials, country, city } = features;
  const whole = name !== null && name.known.role === "whole" && name.said.role !== "owner";
  const same = name !== null && name.same && whole;
  const unknown = name === null;
  const label = mailDomain === "label";
  return {
    bias: 1,
    sameName: yes(same),
    sameWords: yes(
      name !== null &&
        whole &&
        name.edits === 0 &&
        name.shortened === 0 &&
        name.extraSaid + name.extraKnown < 0.02,
    ),
    reordered: yes(name?.reordered ?? false),
    extraSaid: name?.extraSaid ?? 0,
    extraKnown: name?.extraKnown ?? 0,
    strangeSaid: yes((name?.strangeSaid ?? 0) > 0),
    strangeKnown: yes((name?.strangeKnown ?? 0) > 0),
    headLost: yes(name?.headLost ?? false),
    oneSlip: yes(name?.edits === 1),
    moreSlips: yes((name?.edits ?? 0) > 1),
    slipShare: name === null ? 0 : share((2 * name.edits) / Math.max(4, name.letters)),
    oddSlips: share((name?.odd ?? 0) / 2),
    shortened: share((name?.shortened ?? 0) / 2),
    letters: share((name?.letters ?? 0) / 12),
    droppedSaid: share((name?.said.dropped.length ?? 0) / 3),
    droppedKnown: share((name?.known.dropped.length ?? 0) / 3),
    alias: yes(name?.said.role === "alias" || name?.known.role === "alias"),
    owner: yes(name?.said.role === "owner"),
    saidLabel: yes(saidLabel && !same),
    initials: yes(initials),
    initialsAndLabel: yes(initials && saidLabel),
    mailSpells: corporate && !label ? mailSpells : 0,
    mailSpellsOther: corporate && !label && !same ? share(mailSpellsSaid - mailSpells) : 0,
    mailUnrelated: yes(corporate && !label && mailSpells < 0.6),
    sameLabel: yes(label && !unknown),
    sameLabelNoName: yes(label && unknown),
    sameCountry: yes(country === "same"),
    otherCountry: yes(country === "different"),
    sameCity: yes(city === "same"),
    otherCity: yes(city === "different"),
  };
}

/** 0 to 1. */
export function probabilityOf(evidence: Evidence, weights: Evidence): number {
  let sum = 0;
  for (const name of EVIDENCE) sum += evidence[name] * weights[name];
  return 1 / (1 + Math.exp(-sum));
}
