// Countries as people write them, phone numbers, and visits with the channel they count for.
import type { Channel } from "../../worker/domain/enrichment/channel.ts";

export const COUNTRIES: readonly (readonly [typed: string, code: string | null])[] = [
  ["de", "DE"],
  [" Germany ", "DE"],
  ["Deutschland", "DE"],
  ["Allemagne", "DE"],
  ["UK", "GB"],
  ["England", "GB"],
  ["U.S.A.", "US"],
  ["United States", "US"],
  ["Estados Unidos", "US"],
  ["Côte d’Ivoire", "CI"],
  ["COTE D'IVOIRE", "CI"],
  ["Bosnia & Herzegovina", "BA"],
  ["Holland", "NL"],
  ["Česko", "CZ"],
  ["Magyarország", "HU"],
  ["Türkiye", "TR"],
  ["Германия", "DE"],
  ["日本", "JP"],
  ["대한민국", "KR"],
  ["Ελλάδα", "GR"],
  ["ישראל", "IL"],
  ["МММ", null],
  ["South Korea", "KR"],
  ["DEU", "DE"],
  ["XX", null],
  ["T1", null],
  ["Atlantis", null],
  ["constructor", null],
  ["", null],
];

export const PHONES: readonly (readonly [
  typed: string,
  country: string | null,
  e164: string | null,
  of: string | null,
])[] = [
  ["(415) 555-2671", "US", "+14155552671", "US"],
  ["+49 30 901820", null, "+4930901820", "DE"],
  ["030 901820", "DE", "+4930901820", "DE"],
  ["030 901820", "de", "+4930901820", "DE"],
  ["0049 30 901820", "US", "+4930901820", "DE"],
  ["0049 30 901820", null, "+4930901820", "DE"],
  ["030 901820", null, null, null],
  ["030 901820", "Atlantis", null, null],
  ["+800 1234 5678", null, "+80012345678", null],
  ["12", "US", null, null],
  ["call me", "US", null, null],
  ["9".repeat(5000), "US", null, null],
];

const landing = (query: string) => ({ landing: `https://acme.example/p?${query}` });
const from = (referrer: string) => ({ url: "https://www.acme.example/demo", referrer });

export const VISITS: readonly (readonly [
  what: string,
  attribution: Record<string, unknown>,
  page: Record<string, string>,
  channel: Channel,
])[] = [
  ["nothing known", {}, {}, "direct"],
  ["tagged search advert", landing("utm_source=google&utm_medium=cpc"), {}, "paid_search"],
  ["click id alone", landing("gclid=abc"), {}, "paid_search"],
  ["click id in the object", { clickIds: { msclkid: "abc" } }, {}, "paid_search"],
  ["paid social by tag", { utm_source: "linkedin", utm_medium: "cpc" }, {}, "paid_social"],
  ["paid social by click", { clickIds: { li_fat_id: "abc" } }, {}, "paid_social"],
  ["every Facebook link has fbclid", landing("fbclid=abc"), {}, "social"],
  ["newsletter", { utmSource: "may", utmMedium: "e-mail" }, {}, "email"],
  [
    "tag wins over referrer",
    { utm_source: "may", utm_medium: "email" },
    from("https://www.google.com/"),
    "email",
  ],
  ["search", {}, from("https://www.google.co.uk/"), "organic_search"],
  ["social", {}, from("https://t.co/x"), "social"],
  ["another site", {}, from("https://blog.globex.example/post"), "referral"],
  ["own subdomain", {}, from("https://blog.acme.example/post"), "direct"],
  ["a medium of their own", { utm_source: "booth", utm_medium: "event" }, {}, "other"],
  ["broken escapes", landing("utm_source=%E0%A4%A&utm_medium=%%%"), {}, "other"],
  ["values of wrong types", { utm_source: 5, utm_medium: ["x"], clickIds: "gclid" }, {}, "direct"],
];
