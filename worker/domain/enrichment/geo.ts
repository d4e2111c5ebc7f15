// Where is the lead, and who says so?

export type GeoSource = "form" | "phone" | "edge";
export interface Sourced {
  value: string;
  source: GeoSource;
}

/** What the edge knows of a request; the names are those of Cloudflare's `request.cf`. All optional: absent in local runs. */
export interface EdgeFacts {
  country?: string | null;
  city?: string | null;
  region?: string | null;
  timezone?: string | null;
  /** The Accept-Language header. */
  language?: string | null;
}

export const ISO_COUNTRIES: ReadonlySet<string> = new Set(
  (
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDM" +
    "DODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKN" +
    "KPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPM" +
    "PNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVI" +
    "VNVUWFWSXKYEYTZAZMZW"
  ).match(/../g),
);

/** Names people write that no locale's list has, and the three-letter codes of larger countries. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  (
    "GB:uk,u.k.,great britain,britain,england,scotland,wales,northern ireland,gbr;US:usa,u.s.,u.s.a.,united states of america,america,the united states;" +
    "NL:holland,the netherlands,nld;KR:korea,republic of korea,kor;KP:dprk;RU:russian federation,rus;CZ:czech republic,cze;MK:macedonia;TR:turkey,türkiye,tur;" +
    "CI:ivory coast,cote d'ivoire;CD:drc,congo-kinshasa;CN:prc,mainland china,chn;TW:taiwan roc,twn;HK:hong kong,hong kong sar,hkg;MO:macau,macao;VN:viet nam,vnm;" +
    "DE:deu,ger,brd;FR:fra;ES:esp;IT:ita;PT:prt;AT:aut;CH:che,schweiz,suisse,svizzera;BE:bel;PL:pol;SE:swe;NO:nor;DK:dnk;FI:fin;IE:irl,republic of ireland,eire;" +
    "CA:can;MX:mex;BR:bra;AR:arg;CL:chl;CO:col;PE:per;AU:aus;NZ:nzl;JP:jpn;IN:ind,bharat;SG:sgp;MY:mys;ID:idn;TH:tha;PH:phl;AE:uae,u.a.e.,emirates,are;" +
    "SA:ksa,sau;IL:isr;ZA:zaf,rsa;EG:egy;NG:nga;KE:ken;GR:grc,hellas;HU:hun;RO:rou;BG:bgr;UA:ukr;SK:svk;SI:svn;HR:hrv;LT:ltu;LV:lva;EE:est;LU:lux"
  )
    .split(";")
    .flatMap((entry) =>
      entry
        .slice(3)
        .split(",")
        .map((name) => [key(name), entry.slice(0, 2)] as const),
    ),
);

/** Lists in Latin letters, the second asked only for what the first doesn't have; and those in other scripts. */
const LATIN = ["en de fr es pt it nl pl sv da", "nb fi cs sk hu ro hr sl tr et lv lt ca id vi"];
const OTHER_SCRIPTS = ["el ru uk bg sr ja zh zh-Hant ko ar he"];
const namesIn = new Map<string, Map<string, string>>();

/** ISO 3166 alpha-2 from a code or a name in any of 36 languages; null if unknown. Edge codes XX and T1 (Tor) are unknown. */
export function countryCode(text: string | null | undefined): string | null {
  if (!text || text.length > 80) return null;
  const upper = text.trim().toUpperCase();
  if (upper === "UK") return "GB";
  if (ISO_COUNTRIES.has(upper)) return upper;
  const name = key(text);
  if (name === "") return null;
  return ALIASES.get(name) ?? codeNamed(name);
}

function codeNamed(name: string): string | null {
  for (const locales of /\p{Script=Latin}/u.test(name) ? LATIN : OTHER_SCRIPTS) {
    const names = namesIn.get(locales) ?? countryNames(locales);
    namesIn.set(locales, names);
    const found = names.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

// Built at the first name that is neither a code nor an alias: about 15 ms a list, and most forms send codes.
function countryNames(locales: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const locale of locales.split(" ")) {
    const display = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
    for (const code of ISO_COUNTRIES) {
      const name = display.of(code);
      if (name !== undefined && !names.has(key(name))) names.set(key(name), code);
    }
  }
  return names;
}

function key(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** First that is known: what they said, what their number says, what the network says. */
export function locateCountry(form: string | null, phone: string | null, edge: EdgeFacts): Sourced | null {
  const said = countryCode(form);
  if (said !== null) return { value: said, source: "form" };
  if (phone !== null) return { value: phone, source: "phone" };
  const seen = countryCode(edge.country);
  return seen === null ? null : { value: seen, source: "edge" };
}

/** City, region or time zone: the form's word, else the edge's. */
export function locate(form: string | null, edge: string | null | undefined): Sourced | null {
  if (form !== null) return { value: form, source: "form" };
  return edge ? { value: edge, source: "edge" } : null;
}

/** Primary language subtag ("de") of a tag or of an Accept-Language header; null if there is none. */
export function languageOf(text: string | null | undefined): string | null {
  return /^\s*([a-z]{2,3})(?=$|[\s,;_-])/i.exec(text ?? "")?.[1]?.toLowerCase() ?? null;
}

/** Asking Intl costs some 30 µs, and visitors come from few zones. Only names that exist are kept, so it can't be filled. */
const knownZones = new Set<string>(["UTC"]);

/** Is it a time zone this runtime knows? Intl throws RangeError for others, and takes offsets, which are no names. */
export function isTimeZone(zone: string): boolean {
  if (knownZones.has(zone)) return true;
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)+$/.test(zone)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions();
    // Other spellings of a case-insensitive name are looked up again.
    if (timeZone === zone) knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
}

/** The first of them that is a time zone: browsers, forms and servers send all kinds of things. */
export function firstTimeZone(...zones: readonly (string | null | undefined)[]): string | null {
  return zones.find((zone) => typeof zone === "string" && isTimeZone(zone)) ?? null;
}
