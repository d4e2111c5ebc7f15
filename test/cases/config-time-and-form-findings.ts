/** Findings about calendars, times, forms and notifications: the change to the example document, and what verification must say of it. */
import { error, warning, type Cases } from "./config-finding.ts";

export const TIME_AND_FORM_FINDINGS: Cases = {
  calendars: [
    error(
      "a zone that isn't",
      { "/calendars/0/timezone": "Europe/Berln" },
      "unknown_timezone",
      "/calendars/0/timezone",
    ),
    error(
      "the workspace's zone",
      { "/workspace/timezone": "CEST+1" },
      "unknown_timezone",
      "/workspace/timezone",
    ),
    error(
      "a date that isn't",
      { "/calendars/0/holidays/0": "2027-02-30" },
      "bad_calendar",
      "/calendars/0/holidays/0",
    ),
    error(
      "no hours",
      { "/calendars/0": { id: "us", timezone: "UTC", hours: {} } },
      "never_open",
      "/calendars/0/hours",
    ),
    error(
      "hours in the past only",
      {
        "/calendars/0": {
          id: "us",
          timezone: "UTC",
          hours: {},
          overrides: { "2026-01-05": [["09:00", "10:00"]] },
        },
      },
      "never_open",
      "/calendars/0/hours",
    ),
    error(
      "an unknown holiday set",
      { "/calendars/0/holidaySets/-": "DE-BAY" },
      "unknown_holiday_set",
      "/calendars/0/holidaySets/1",
      "DE-BY",
    ),
  ],
  times: [
    error("a first touch of no time", { "/sla/0/firstTouch": "PT0S" }, "zero_duration", "/sla/0/firstTouch"),
    error(
      "a channel's target of no time",
      { "/sla/0/firstTouchByChannel/call": "PT0M" },
      "zero_duration",
      "/sla/0/firstTouchByChannel/call",
    ),
    error("a queue's target of no time", { "/queues/0/target": "PT0S" }, "zero_duration", "/queues/0/target"),
    error(
      "a target beyond all dates",
      { "/sla/0/secondTouch": "P99999999999D" },
      "bad_duration",
      "/sla/0/secondTouch",
    ),
    error(
      "messages kept no time",
      { "/retention": { deliveries: "P0D" } },
      "zero_duration",
      "/retention/deliveries",
    ),
    error(
      "a provider's answers kept no time",
      {
        "/enrichment": {
          company: { provider: "people_data_labs", secretRef: "PDL_API_KEY", keepFor: "PT0S" },
        },
      },
      "zero_duration",
      "/enrichment/company/keepFor",
    ),
    error("a target of decades", { "/sla/0/noReply": "P9999D" }, "too_long", "/sla/0/noReply"),
    error("a warning after the breach", { "/sla/0/warnAt": 1 }, "out_of_range", "/sla/0/warnAt"),
    warning(
      "a target on a channel that doesn't count",
      { "/sla/0/acceptedChannels": ["call", "email"] },
      "channel_not_accepted",
      "/sla/0/firstTouchByChannel/sms",
    ),
    warning(
      "a channel later than the target",
      { "/sla/0/firstTouchByChannel/call": "PT1H" },
      "no_effect",
      "/sla/0/firstTouchByChannel/call",
    ),
    warning(
      "more channels than attempts",
      { "/sla/0/effort/attempts": 1 },
      "unreachable_effort",
      "/sla/0/effort/channels",
    ),
  ],
  forms: [
    warning(
      "no e-mail field",
      { "/forms/0/fields/0": { name: "company", label: "Company" } },
      "no_email_field",
      "/forms/0/fields",
    ),
    warning("no origins", { "/forms/0/allowedOrigins": [] }, "no_origins", "/forms/0/allowedOrigins"),
    error(
      "nothing to select",
      { "/forms/0/fields/-": { name: "size", type: "select", label: "Size" } },
      "no_options",
      "/forms/0/fields/1/options",
    ),
    error(
      "a field twice",
      { "/forms/0/fields/-": { name: "email", type: "email", label: "Work e-mail", required: true } },
      "duplicate",
      "/forms/0/fields/1/name",
    ),
    error(
      "a script for a page",
      { "/forms/0/thankYouUrl": "javascript:alert(1)" },
      "bad_url",
      "/forms/0/thankYouUrl",
    ),
    warning(
      "a stage that asks for what nobody fills in",
      { "/stages/0/requiredFields/-": "budget" },
      "unknown_field",
      "/stages/0/requiredFields/2",
    ),
  ],
  notifications: [
    error("no url", { "/notifications/0/url": null }, "missing", "/notifications/0/url"),
    error("no secret", { "/notifications/0/secretRef": null }, "missing", "/notifications/0/secretRef"),
    error(
      "unencrypted",
      { "/notifications/0/url": "http://hooks.acme.example/leads" },
      "bad_url",
      "/notifications/0/url",
      "https",
    ),
    error(
      "unencrypted, dressed up as loopback",
      { "/notifications/0/url": "http://localhost.acme.example/" },
      "bad_url",
      "/notifications/0/url",
    ),
    error(
      "with a password",
      { "/notifications/0/url": "https://a:b@hooks.acme.example/" },
      "bad_url",
      "/notifications/0/url",
    ),
    error(
      "another scheme",
      { "/notifications/0/url": "ftp://hooks.acme.example/" },
      "bad_url",
      "/notifications/0/url",
    ),
    error(
      "mail to nobody",
      { "/notifications/0/to": [], "/notifications/0/channel": "email" },
      "missing",
      "/notifications/0/to",
    ),
    warning(
      "an event that never happens",
      { "/notifications/0/events": ["lead.captured", "lead.assignd"] },
      "unknown_event",
      "/notifications/0/events/1",
      "lead.assigned",
    ),
  ],
};
