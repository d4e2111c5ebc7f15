// User text: cleaned for storage, folded for comparison.

/** Control characters but tab and line feed, bidirectional overrides (they make text read as what it is not),
 * zero-width space and byte-order mark. Joiners stay: Persian, Indic scripts and emoji need them. */
// oxlint-disable-next-line no-control-regex -- they are what we look for
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Text as we store it: well-formed, NFC, trimmed, at most `max` code points (never half a surrogate pair).
 * Line feeds and tabs survive only where `multiline` is set; elsewhere each becomes a space. Idempotent.
 */
export function cleanText(text: string, max: number, { multiline = false } = {}): string {
  const wellFormed = text.toWellFormed().replace(/\r\n?|[\u2028\u2029]/g, "\n");
  const lines = multiline ? wellFormed : wellFormed.replace(/[\n\t]+/g, " ");
  return firstCodePoints(lines.replace(UNWANTED, "").normalize("NFC").trim(), max).trimEnd();
}

/** The first `max` code points of a well-formed string. */
function firstCodePoints(text: string, max: number): string {
  if (text.length <= max) return text;
  let units = 0;
  for (let points = 0; points < max && units < text.length; points++) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, units);
}

// oxlint-disable-next-line no-control-regex -- the whole of ASCII
const ASCII = /^[\u0000-\u007f]*$/;

/**
 * Text as we compare it (docs/matching.md and the policy's string operators): compatibility forms unified,
 * case folded. Upper case first, so that "ß" meets "SS" and "ſ" meets "s"; final sigma is unified by hand.
 */
export function foldText(text: string): string {
  // Nearly all of it, and ten times as fast.
  if (ASCII.test(text)) return text.toLowerCase();
  return foldOnce(foldOnce(text.toWellFormed()));
}

// Twice, because lowering can compose a letter that folds again ("ŉ", Greek with iota below).
function foldOnce(text: string): string {
  return text.normalize("NFKC").toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFKC");
}

/** Folded, and without diacritics: for look-ups in our own Latin tables, never for storage. */
export function plainText(text: string): string {
  return foldText(text)
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC");
}
