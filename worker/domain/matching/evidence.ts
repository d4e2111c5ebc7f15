// The facts about one candidate as numbers from 0 to 1, and what each weighs: a logistic model, so the sum of the weights that
// apply is the log-odds that this is the account meant. weights.ts is the only table; bench/matching.ts fits and checks it.
import type { Features, NameAgreement } from "./features.ts";
import type { Reading } from "./readings.ts";
import { weightOf } from "./words.ts";

export const EVIDENCE = [
  "bias",
  // The name.
  "sameName",
  "sameWords",
  "sameButStructure",
  "reordered",
  "extraSaid",
  "extraKnown",
  "heavySaid",
  "heavyKnown",
  "clash",
  "headLost",
  "onlySlips",
  "oneSlip",
  "moreSlips",
  "commonSlips",
  "slipShare",
  "oddSlips",
  "shortened",
  "letters",
  "droppedSaid",
  "droppedKnown",
  "alias",
  "saidLabel",
  "saidLabelWord",
  "initials",
  "knownInitials",
  "spelt",
  // Where the mail comes from.
  "mailSpells",
  "mailSpellsHomonym",
  "mailSpellsOther",
  "mailSpellsOnlyOther",
  "mailUnrelated",
  "mailOtherTown",
  "sameLabel",
  // Where they are.
  "sameCountry",
  "otherCountry",
  "sameCity",
  "otherCity",
  "otherTown",
] as const;
export type Evidence = Readonly<Record<(typeof EVIDENCE)[number], number>>;

const yes = (fact: boolean): number => (fact ? 1 : 0);
const share = (value: number): number => Math.max(0, Math.min(1, value));

export function evidenceOf(features: Features, corporate: boolean): Evidence {
  const { name } = features;
  const same = name !== null && name.same && name.known.role === "whole" && name.said.role !== "owner";
  return {
    bias: 1,
    ...nameEvidence(features, name, same),
    ...mailEvidence(features, corporate, same),
    ...placeEvidence(features),
  };
}

function nameEvidence(
  { saidLabel, saidWord, initials, knownInitials, spelt }: Features,
  name: NameAgreement | null,
  same: boolean,
) {
  const label = saidLabel && !same;
  const shortForm = {
    saidLabel: yes(label && !saidWord),
    saidLabelWord: yes(label && saidWord),
    initials: yes(initials),
    knownInitials: yes(knownInitials),
    spelt: label && !saidWord ? spelt : 0,
  };
  if (name === null) return { ...NO_NAME, ...shortForm };
  const left = name.extraSaid + name.extraKnown;
  const slips = name.edits + name.commonEdits;
  return {
    ...shortForm,
    sameName: yes(same),
    sameWords: yes(name.said.role !== "owner" && slips === 0 && name.shortened === 0 && left < 0.04),
    sameButStructure: yes(
      slips === 0 &&
        name.shortened === 0 &&
        left >= 0.04 &&
        Math.max(name.heavySaid, name.heavyKnown) <= 0.15,
    ),
    reordered: yes(name.reordered),
    extraSaid: name.extraSaid,
    extraKnown: name.extraKnown,
    heavySaid: name.heavySaid,
    heavyKnown: name.heavyKnown,
    clash: Math.min(name.heavySaid, name.heavyKnown),
    headLost: yes(name.headLost),
    onlySlips: yes(slips > 0 && left < 0.04),
    oneSlip: yes(name.edits === 1),
    moreSlips: yes(name.edits > 1),
    commonSlips: share(name.commonEdits / 2),
    slipShare: share(name.slipShare * 4),
    oddSlips: share(name.odd / 2),
    shortened: share(name.shortened),
    letters: share(name.letters / 12),
    droppedSaid: share(droppedWeight(name.said) / 2),
    droppedKnown: share(droppedWeight(name.known) / 2),
    alias: yes(name.said.role === "alias" || name.known.role === "alias"),
  };
}

const droppedWeight = ({ dropped }: Reading): number =>
  dropped.reduce((sum, word) => sum + weightOf(word), 0);

function mailEvidence(
  { mailDomain, mailSpells, mailSpellsSaid, isTown, labelsApart }: Features,
  corporate: boolean,
  same: boolean,
) {
  const other = corporate && mailDomain !== "label";
  return {
    mailSpells: other && !same ? mailSpells : 0,
    // It spells both, so it may as well be the domain of another firm of that name.
    mailSpellsHomonym: other && same ? mailSpells : 0,
    mailSpellsOther: other && !same ? share(mailSpellsSaid - mailSpells) : 0,
    mailSpellsOnlyOther: yes(other && !same && mailSpellsSaid >= 0.95 && mailSpells < 0.95),
    mailUnrelated: yes(other && mailSpells < 0.6),
    mailOtherTown: yes(other && isTown && labelsApart && mailSpellsSaid > 0.6),
    sameLabel: yes(mailDomain === "label"),
  };
}

function placeEvidence({ country, city, isTown }: Features) {
  return {
    sameCountry: yes(country === "same"),
    otherCountry: yes(country === "different"),
    sameCity: yes(city === "same"),
    otherCity: yes(city === "different"),
    otherTown: yes(city === "different" && isTown),
  };
}

const NO_NAME = {
  sameName: 0,
  sameWords: 0,
  sameButStructure: 0,
  reordered: 0,
  extraSaid: 0,
  extraKnown: 0,
  heavySaid: 0,
  heavyKnown: 0,
  clash: 0,
  headLost: 0,
  onlySlips: 0,
  oneSlip: 0,
  moreSlips: 0,
  commonSlips: 0,
  slipShare: 0,
  oddSlips: 0,
  shortened: 0,
  letters: 0,
  droppedSaid: 0,
  droppedKnown: 0,
  alias: 0,
};

/** 0 to 1. */
export function probabilityOf(evidence: Evidence, weights: Evidence): number {
  let sum = 0;
  for (const name of EVIDENCE) sum += evidence[name] * weights[name];
  return 1 / (1 + Math.exp(-sum));
}
