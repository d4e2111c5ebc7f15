/** What the widget would have sent for a persona, and what the edge would have known. */
import type { CaptureBody } from "../../schema/wire/capture.ts";
import { placeOf } from "./places.ts";
import type { Random } from "./random.ts";
import type { Persona } from "./persona.ts";
import { HOUR, MINUTE, type DemoEdge, type Step } from "./steps.ts";

const SITE = "https://heliorobotics.example";

interface Visit {
  source: string;
  medium: string;
  campaign: string;
  referrer: string | null;
  landing: string;
}

const VISITS: readonly Visit[] = [
  {
    source: "google",
    medium: "cpc",
    campaign: "warehouse-robots",
    referrer: "https://search.example/",
    landing: "/",
  },
  {
    source: "newsletter",
    medium: "email",
    campaign: "november-field-notes",
    referrer: null,
    landing: "/blog/cold-stores",
  },
  {
    source: "linkedin",
    medium: "paid-social",
    campaign: "operations-leaders",
    referrer: null,
    landing: "/customers",
  },
  {
    source: "tradeweek",
    medium: "event",
    campaign: "hall-7",
    referrer: "https://tradeweek.example/",
    landing: "/meet",
  },
  { source: "", medium: "", campaign: "", referrer: "https://search.example/", landing: "/how-it-works" },
  { source: "", medium: "", campaign: "", referrer: null, landing: "/" },
];

const attributionOf = (visit: Visit, at: number, random: Random): Record<string, unknown> => ({
  ...(visit.source === ""
    ? {}
    : { utm_source: visit.source, utm_medium: visit.medium, utm_campaign: visit.campaign }),
  landing: `${SITE}${visit.landing}`,
  firstSeenAt: new Date(at - random.int(2, 90) * MINUTE - (random.chance(0.3) ? 50 * HOUR : 0)).toISOString(),
  pageviews: random.int(2, 14),
});

const edgeOf = (persona: Persona, random: Random): DemoEdge => {
  const place = placeOf(persona.country);
  const [city, timezone] = random.pick(place.cities);
  return { country: persona.country, city, timezone, language: persona.language ?? place.language };
};

/** `attempt` tells apart what the same person sends twice. */
export const captureStep = (
  persona: Persona,
  at: number,
  attempt: number,
  random: Random,
): Extract<Step, { do: "capture" }> => {
  const edge = edgeOf(persona, random);
  const visit = random.pick(VISITS);
  const { key, form, country, hot, language: _, ...fields } = persona;
  const given = Object.entries({ ...fields, ...(form === "demo" ? { country } : {}) });
  const path = hot ? "/pricing" : form === "demo" ? "/demo" : "/contact";
  const body: CaptureBody = {
    submissionId: `demo-${key}-${String(attempt)}`,
    fields: Object.fromEntries(
      given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    ...(form === "demo" ? { consent: random.chance(0.7) } : {}),
    page: {
      url: `${SITE}${path}`,
      referrer: visit.referrer,
      title: hot ? "Pricing · Helio Robotics" : "Helio Robotics",
      timezone: edge.timezone,
      language: edge.language,
    },
    attribution: attributionOf(visit, at, random),
  };
  return { at, do: "capture", submissionId: body.submissionId, formKey: form, body, edge };
};
