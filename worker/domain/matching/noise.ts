// What people write around a company's name that isn't its name: an office, a department, a region, a parent.
// Every pattern is anchored and bounded, so that none can go quadratic on a hostile name.

import { GLUED_PLACES } from "./glued-words.ts";

/** A place or unit of a company: last ("Berlin office") or first word ("Filiale Lyon"). Already in plain letters. */
export const UNIT_WORDS =
  "office|offices|branch|hq|headquarters|head office|campus|niederlassung|buro|standort|zweigstelle|filiale|succursale|agence|bureau|sucursal|oficina|escritorio|ufficio|sede|kantoor|vestiging|department|dept|team|division|abteilung|service|departamento|филиал|офис|представительство|oddzial|pobocka|sube|subesi|kontor";
const OFFICE = new RegExp(`(?:^| )(?:${UNIT_WORDS})$|^(?:${UNIT_WORDS}) `);
/** A branch as Chinese, Japanese and Korean write it, glued to its town or behind a space. */
const GLUED_OFFICE = new RegExp(
  `(?:\\s\\S{1,8}|${GLUED_PLACES.join("|")})?(?:支店|支社|営業所|事業所|本社|本店|工場|分公司|办事处|辦事處|代表处|代表處|지점|지사|본사|영업소|사무소)$`,
  "u",
);
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

const NAMED = "([^,()]{1,80})";
/** How a firm says to whom it belongs, in plain letters; each names the owner. */
const OWNERS = [
  "an? ([^,()]{1,80}?) (?:company|business|brand|subsidiary|affiliate|venture|firm)",
  `(?:now )?(?:an? )?(?:wholly[ -]owned )?(?:part|subsidiary|division|member|brand|unit|affiliate) of (?:the )?${NAMED}`,
  `(?:now )?(?:owned|acquired) by (?:the )?${NAMED}`,
  `eine? (?:unternehmen|gesellschaft|tochter|tochtergesellschaft|marke|firma) (?:der|des|von) ${NAMED}`,
  `une? (?:societe|entreprise|marque|filiale) (?:du groupe|de la|de|du) ${NAMED}`,
  `una? (?:empresa|sociedad|compania|marca|societa|azienda|filial) (?:del grupo|del gruppo|do grupo|del|de|di|do|da) ${NAMED}`,
  `(?:een )?(?:onderdeel|dochter|dochteronderneming) van ${NAMED}`,
];
const OWNED = new RegExp(`(,| - | – | — |\\(|\\s)\\s*(?:${OWNERS.join("|")})\\)?\\s*$`);

export interface Owner {
  /** Where what is said of it begins. */
  at: number;
  name: string;
  /** Behind a comma, a dash or in brackets: then the firm before it is surely the one meant. */
  setOff: boolean;
}

/** "Acme, a Globex company", "Acme (part of Globex)": who is said to stand behind the firm. Takes plain letters with punctuation. */
export function ownerIn(plain: string): Owner | null {
  const found = OWNED.exec(plain);
  if (found === null) return null;
  const [, mark = "", ...names] = found;
  const name = names.find((each) => each !== undefined) ?? "";
  return { at: found.index, name: name.trim(), setOff: mark.trim() !== "" };
}

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
  const owner = ownerIn(name);
  if (owner?.setOff === true) return name.slice(0, owner.at).trim();
  return withoutSegment(name).replace(DEPARTMENT, "").replace(GLUED_OFFICE, "").trim();
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
