// What people write around a company's name that isn't its name: an office, a department, a region, a parent.
// Every pattern is anchored and bounded, so that none can go quadratic on a hostile name.

import { GLUED_PLACES } from "./glued-words.ts";

/** A place or unit of a company: last ("Berlin office") or first word ("Filiale Lyon"). Already in plain letters. */
export const UNIT_WORDS =
  "office|offices|branch|hq|headquarters|head office|campus|niederlassung|buro|standort|zweigstelle|filiale|succursale|agence|bureau|sucursal|oficina|escritorio|ufficio|sede|kantoor|vestiging|department|dept|team|division|abteilung|service|departamento|филиал|офис|представительство|oddzial|pobocka|sube|subesi|kontor";
const OFFICE = new RegExp(`(?:^| )(?:${UNIT_WORDS})$|^(?:${UNIT_WORDS}) `);
const DEPARTMENT =
  /(?: (?:the|hr|it|human resources|sales|marketing|finance|legal|procurement|purchasing|engineering|operations|accounting|support|customer service|r ?& ?d|r d))+ (?:department|dept|team|abteilung|division|unit)\.?$| (?:hr|r ?& ?d|human resources|procurement|purchasing|it support|customer service)$/;
const REGIONS = new Set(
  (
    "emea apac latam amer americas anz dach nordics benelux mena cee uki uk us usa eu na global international worldwide europe asia africa north america " +
    "south america latin america middle east asia pacific germany deutschland france austria switzerland spain italy canada australia india china japan poland " +
    "netherlands belgium sweden norway denmark finland ireland portugal brazil mexico singapore россия украина казахстан ישראל مصر السعوديه الامارات"
  )
    .split(" ")
    .concat(GLUED_PLACES),
);

/** ", a Globex company" and "(part of Globex)": the firm named first is meant. */
const OWNED_BY =
  /(?:,| - |\() ?(?:an? [^,()]{1,80} (?:company|business|brand|subsidiary)|(?:part|subsidiary|division|member|brand) of [^,()]{1,80})\)?$/;

/** Trims such additions off the end; returns the text unchanged if nothing would be left. Takes plain letters with punctuation. */
export function withoutNoise(text: string): string {
  let name = text.trim();
  for (let round = 0; round < 4; round++) {
    const shorter = onceWithout(name);
    if (shorter === name || !/[\p{L}\p{N}]/u.test(shorter)) return name;
    name = shorter;
  }
  return name;
}

function onceWithout(name: string): string {
  const owned = name.slice(-200).search(OWNED_BY);
  if (owned >= 0) return name.slice(0, Math.max(0, name.length - 200) + owned).trim();
  return withoutSegment(name).replace(DEPARTMENT, "").trim();
}

/** A last part set off by a dash, comma, slash or parentheses, if it is an office, a department or a region. */
function withoutSegment(name: string): string {
  const start = Math.max(
    name.lastIndexOf(" - "),
    name.lastIndexOf(" – "),
    name.lastIndexOf(" — "),
    name.lastIndexOf(","),
    name.lastIndexOf("("),
    name.lastIndexOf(" | "),
  );
  if (start <= 0) return name;
  const segment = name
    .slice(start)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const isOffice = segment.length < 80 && OFFICE.test(segment);
  const isRegion = segment !== "" && segment.split(" ").every((word) => REGIONS.has(word));
  return isOffice || isRegion ? name.slice(0, start).trim() : name;
}
