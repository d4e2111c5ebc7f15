/** Countries as ISO 3166-1 alpha-2 codes; the browser knows their names in every language. */
/** Each word: a first letter, then every second letter it has. */
const CODES =
  "ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRSTUWY HKMNRTU IDELMNOQRST " +
  "JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS YET ZAMW";

/** @param language BCP 47; names are sorted as that language sorts them */
export function countryOptions(language: string): { value: string; label: string }[] {
  const codes = CODES.split(" ").flatMap((word) =>
    Array.from(word.slice(1), (second) => word.charAt(0) + second),
  );
  try {
    const names = new Intl.DisplayNames([language, "en"], { type: "region" });
    const { compare } = new Intl.Collator([language, "en"]);
    return codes
      .map((value) => ({ value, label: names.of(value) ?? value }))
      .sort((a, b) => compare(a.label, b.label));
  } catch {
    return codes.map((value) => ({ value, label: value }));
  }
}
