/**
 * A colleague's calendar, on one machine only: what a calendar server gives under its private address (RFC 5545), with an entity
 * tag, so that who asks again is told that nothing changed.
 */

/** A free afternoon each month, the summer's leave as whole days, and something that is no absence. */
const EVENTS: readonly (readonly string[])[] = [
  [
    "UID:school@heliorobotics.example",
    "SUMMARY:School committee",
    "DTSTART;TZID=Asia/Singapore:20260109T140000",
    "DTEND;TZID=Asia/Singapore:20260109T173000",
    "RRULE:FREQ=MONTHLY;BYDAY=2FR",
  ],
  [
    "UID:summer@heliorobotics.example",
    "SUMMARY:Annual leave",
    "DTSTART;VALUE=DATE:20260706",
    "DTEND;VALUE=DATE:20260718",
    "RRULE:FREQ=YEARLY",
  ],
  [
    "UID:reading@heliorobotics.example",
    "SUMMARY:Reading hour",
    "DTSTART;TZID=Asia/Singapore:20260107T090000",
    "DTEND;TZID=Asia/Singapore:20260107T100000",
    "RRULE:FREQ=WEEKLY",
    "TRANSP:TRANSPARENT",
  ],
];

const TEXT = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//Helio Robotics//Calendar//EN",
  ...EVENTS.flatMap((lines) => ["BEGIN:VEVENT", "DTSTAMP:20260105T080000Z", ...lines, "END:VEVENT"]),
  "END:VCALENDAR",
  "",
].join("\r\n");

const ETAG = '"meiling-1"';

export const answerCalendar = (request: Request): Response => {
  const headers = { etag: ETAG, "cache-control": "private, max-age=300" };
  if (request.headers.get("if-none-match") === ETAG) return new Response(null, { status: 304, headers });
  return new Response(TEXT, { headers: { ...headers, "content-type": "text/calendar; charset=utf-8" } });
};
