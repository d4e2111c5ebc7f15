/**
 * Where the visitor came from: campaign parameters and click ids of the landing address, first and last touch.
 * Kept in the page's own localStorage unless the embed or the browser's privacy signal says otherwise.
 */
import { recall, remember } from "./storage.ts";

const CLICK_IDS =
  /^(gclid|gbraid|wbraid|dclid|fbclid|msclkid|li_fat_id|ttclid|twclid|rdt_cid|yclid|epik|sccid)$/i;
const KEY = "leadclock:attribution";
const LONGEST = 500;

interface Touch {
  [parameter: string]: unknown;
  clickIds?: Record<string, string>;
  landing: string;
  referrer: string;
  at: string;
}

interface Memory {
  first: Touch;
  last: Touch;
  pageviews: number;
}

function thisTouch(): Touch {
  const campaign: Record<string, string> = {};
  const clickIds: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (/^utm_\w+$/i.test(name)) campaign[name.toLowerCase()] = value.slice(0, LONGEST);
    else if (CLICK_IDS.test(name)) clickIds[name.toLowerCase()] = value.slice(0, LONGEST);
  }
  return {
    ...campaign,
    ...(Object.keys(clickIds).length && { clickIds }),
    landing: location.href.slice(0, 2 * LONGEST),
    referrer: document.referrer.slice(0, 2 * LONGEST),
    at: new Date().toISOString(),
  };
}

/** A page reached from another of the same site, without campaign parameters, is not a new touch. */
function isNewTouch(touch: Touch): boolean {
  const campaign = Object.keys(touch).some((name) => name.startsWith("utm_") || name === "clickIds");
  const from = touch.referrer && new URL(touch.referrer).host;
  return campaign || (from !== "" && from !== location.host);
}

/**
 * Count this page view and remember its touch. Call once per page load.
 * @param keep false: use this page alone and store nothing
 * @returns what a submission reports: the last touch flat, the first touch under `firstTouch`
 */
export function observeVisit(keep: boolean): () => Record<string, unknown> {
  const touch = thisTouch();
  const known = keep ? (recall("localStorage", KEY) as Memory | null) : null;
  const memory: Memory = {
    first: known?.first ?? touch,
    last: known?.last && !isNewTouch(touch) ? known.last : touch,
    pageviews: (known?.pageviews ?? 0) + 1,
  };
  if (keep) remember("localStorage", KEY, memory);
  return () => ({
    ...memory.last,
    firstTouch: memory.first,
    firstSeenAt: memory.first.at,
    pageviews: memory.pageviews,
  });
}
