// Which number is it, for the dialler and for comparison?
import { parsePhoneNumberFromString, isSupportedCountry, type CountryCode } from "libphonenumber-js/min";

export interface Phone {
  /** "+14155550100" */
  e164: string;
  /** ISO 3166 alpha-2, or null where the calling code belongs to no country (+800) or to several. */
  country: string | null;
  /** The country came from the number's own calling code, not from the hint. */
  international: boolean;
}

/**
 * A number as typed, with an ISO country to read national notation by. Null if no valid number results: a wrong
 * number is worse than none. The length checked is that of the small metadata: right digits for the country, not
 * whether the number is in use.
 */
export function normalizePhone(raw: string, country?: string | null): Phone | null {
  const typed = raw.trim().slice(0, 64);
  const hint = country?.toUpperCase();
  const known = hint !== undefined && isSupportedCountry(hint) ? hint : undefined;
  const international = /^[(\s]*(?:\+|＋|00)/.test(typed);
  return (
    read(typed, known, international) ??
    // "0044 20 …" typed in a country whose own prefix is another (011 in the US), or in none we know
    (international ? read(typed.replace(/^([(\s]*)00/, "$1+"), undefined, true) : null)
  );
}

function read(text: string, country: CountryCode | undefined, international: boolean): Phone | null {
  const parsed = parsePhoneNumberFromString(text, country === undefined ? {} : { defaultCountry: country });
  if (!parsed?.isValid()) return null;
  return { e164: parsed.number, country: parsed.country ?? null, international };
}
