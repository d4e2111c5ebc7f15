// Which marketing channel does a visit count for? One rule per line, first match wins.
import { domainLabel } from "./domain.ts";

export type Channel =
  | "paid_search"
  | "paid_social"
  | "display"
  | "video"
  | "affiliate"
  | "email"
  | "sms"
  | "organic_search"
  | "social"
  | "referral"
  | "direct"
  | "other";

export interface Visit {
  source: string | null;
  medium: string | null;
  campaign: string | null;
  clickIds: Readonly<Record<string, string>>;
  referrerHost: string | null;
}

const SEARCH = new Set(
  "google bing yahoo duckduckgo ecosia qwant baidu yandex startpage brave naver seznam sogou ask aol kagi".split(
    " ",
  ),
);
const SOCIAL = new Set(
  "facebook fb instagram ig linkedin lnkd twitter x t.co tiktok reddit pinterest youtube youtu snapchat threads xing vk mastodon bsky quora meta".split(
    " ",
  ),
);
const PAID = /^(?:cpc|ppc|sem|paid.*|cpm|cpv|cpa|ads?|retargeting)$/;
const AD_CLICKS_SEARCH = ["gclid", "gbraid", "wbraid", "msclkid", "yclid"];
// fbclid is not among them: Facebook adds it to every outbound link, paid or not.
const AD_CLICKS_SOCIAL = ["li_fat_id", "ttclid", "twclid", "rdt_cid", "epik", "sccid"];

/** What was tagged wins over what was clicked, and that over the referrer. */
export function channelOf(visit: Visit): Channel {
  return byTags(visit) ?? byClick(visit) ?? byReferrer(visit);
}

function byTags({ source, medium }: Visit): Channel | null {
  const how = squash(medium);
  const from = squash(source);
  if (how === "") return null;
  if (/^(?:e?-?mail|newsletter|edm)$/.test(how)) return "email";
  if (/^(?:sms|mms|text)$/.test(how)) return "sms";
  if (/^(?:affiliates?|partners?)$/.test(how)) return "affiliate";
  if (/^(?:display|banner|cpm|interstitial|programmatic)$/.test(how)) return "display";
  if (/video/.test(how)) return "video";
  if (/^(?:social|social-?(?:media|network)|sm|organic-?social)$/.test(how)) return "social";
  if (/paid-?social|social-?paid/.test(how) || (PAID.test(how) && SOCIAL.has(from))) return "paid_social";
  if (PAID.test(how)) return "paid_search";
  if (how === "organic") return SOCIAL.has(from) ? "social" : "organic_search";
  if (how === "referral") return "referral";
  return null;
}

function byClick({ clickIds }: Visit): Channel | null {
  if (AD_CLICKS_SEARCH.some((id) => id in clickIds)) return "paid_search";
  if (AD_CLICKS_SOCIAL.some((id) => id in clickIds)) return "paid_social";
  if ("dclid" in clickIds) return "display";
  if ("fbclid" in clickIds) return "social";
  return "mc_eid" in clickIds ? "email" : null;
}

function byReferrer({ source, medium, campaign, referrerHost }: Visit): Channel {
  const from =
    referrerHost === null
      ? squash(source)
      : referrerHost === "t.co"
        ? "t.co"
        : (domainLabel(referrerHost) ?? "");
  if (referrerHost !== null && /^(?:mail|webmail|outlook)\./.test(referrerHost)) return "email";
  if (SEARCH.has(from)) return "organic_search";
  if (SOCIAL.has(from)) return "social";
  if (referrerHost !== null) return "referral";
  return source === null && medium === null && campaign === null ? "direct" : "other";
}

function squash(text: string | null): string {
  return (text ?? "")
    .toLowerCase()
    .trim()
    .replace(/[\s_]+/g, "-")
    .replace(/\.com$/, "");
}
