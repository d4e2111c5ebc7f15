// Did the visitor mistype a well-known mail provider? "gmial.com" → "gmail.com".
import { hasListedSuffix } from "./domain.ts";
import { isFreeMail } from "./freemail.ts";

/** What we suggest, most used first. */
const COMMON = (
  "gmail.com yahoo.com hotmail.com outlook.com icloud.com googlemail.com protonmail.com live.com comcast.net verizon.net " +
  "sbcglobal.net bellsouth.net yahoo.co.uk hotmail.co.uk btinternet.com yahoo.de yahoo.fr hotmail.de hotmail.fr outlook.de " +
  "outlook.fr orange.fr wanadoo.fr laposte.net t-online.de freenet.de libero.it virgilio.it yandex.ru rediffmail.com " +
  "naver.com bigpond.com hotmail.es hotmail.it yahoo.es yahoo.it yahoo.co.jp yahoo.com.br uol.com.br proton.me"
)
  .split(" ")
  .map((domain) => ({ domain, letters: lettersIn(domain) }));

/** Real domains that happen to be one letter from a provider: providers of their own, or companies. */
const REAL = new Set(
  (
    "amail.com cmail.com email.com mail.com qmail.com tmail.com ymail.com fmail.com gmx.com gotmail.com hitmail.com gail.com " +
    "grail.com cloud.com lcloud.com live.de live.fr love.com olive.com alive.com line.com five.com give.com dive.com hive.com " +
    "lives.com like.com life.com range.fr grange.fr never.com navier.com nave.com haver.com voyahoo.com proto.me yahoo.co.in " +
    "look.com outlooks.com"
  ).split(" "),
);

/** Upstream lists count a few misspellings as providers; a suggestion may still be made for these. */
const SQUATTED = new Set(
  "gmial.com hotmial.com yaho.com yahoo.co hotmai.com hotmail.co outiook.com vahoo.com sbcglbal.net yahoo.cm hotmail.cm outlook.co outlook.cm".split(
    " ",
  ),
);

/**
 * The provider that was probably meant, or null. One slip (a letter lost, doubled, swapped or wrong) is accepted
 * anywhere; two only in a name of nine letters or more with the same first letter, and under the provider's own suffix or
 * one that doesn't exist: "proton.ai" is somebody else's. Never suggests for a domain that is itself a provider. Takes a
 * lower-case domain.
 */
export function suggestDomain(domain: string): string | null {
  if (domain.length < 5 || domain.length > 30 || REAL.has(domain)) return null;
  if (isFreeMail(domain) && !SQUATTED.has(domain)) return null;
  const letters = lettersIn(domain);
  let best: { domain: string; slips: number } | null = null;
  for (const provider of COMMON) {
    if (isFar(letters, provider.letters)) continue;
    const allowed = Math.min(slipsAllowed(domain, provider.domain), best === null ? 2 : best.slips - 1);
    const slips = editDistance(domain, provider.domain, allowed);
    if (slips <= allowed && slips > 0) best = { domain: provider.domain, slips };
  }
  return best?.domain ?? null;
}

/** Which characters occur, a bit each (some share one): whoever sends a form waits for this, and few are near any provider. */
function lettersIn(domain: string): number {
  let letters = 0;
  for (let i = 0; i < domain.length; i++) letters |= 1 << (domain.charCodeAt(i) % 32);
  return letters;
}

/** More than two characters of either don't occur in the other, and a slip changes one at most. */
function isFar(a: number, b: number): boolean {
  return isMany(a & ~b) || isMany(b & ~a);
}

/** More than two bits are set. */
function isMany(bits: number): boolean {
  const rest = bits & (bits - 1);
  return (rest & (rest - 1)) !== 0;
}

function slipsAllowed(domain: string, provider: string): number {
  const isLong = provider.length >= 9 && domain.charAt(0) === provider.charAt(0) && domain.length >= 8;
  return isLong && (suffixOf(domain) === suffixOf(provider) || !hasListedSuffix(domain)) ? 2 : 1;
}

const suffixOf = (domain: string): string => domain.slice(domain.indexOf("."));

/**
 * Damerau–Levenshtein distance (optimal string alignment: swapping two neighbours is one edit), or `limit + 1` once
 * it must exceed `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = nextRow(a, b, i, last, beforeLast);
    if (Math.min(...row) > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

function nextRow(
  a: string,
  b: string,
  i: number,
  last: readonly number[],
  beforeLast: readonly number[],
): number[] {
  const row = [i];
  for (let j = 1; j <= b.length; j++) {
    const wrong = a[i - 1] === b[j - 1] ? 0 : 1;
    const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const edited = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + wrong);
    row.push(swapped ? Math.min(edited, at(beforeLast, j - 2) + 1) : edited);
  }
  return row;
}

/** A cell, or what no path can cost. */
function at(cells: readonly number[], j: number): number {
  return cells[j] ?? Infinity;
}
