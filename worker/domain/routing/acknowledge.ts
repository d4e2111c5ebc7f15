/** What the visitor is told, in plain words and in their own time zone. */
import type { Acknowledgement, DayPart } from "../../../schema/wire/capture.ts";
import { toldMinute, zoneName } from "../../../schema/wire/told.ts";
import { localParts } from "../calendar/local.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

const format = (timezone: string, style: "time" | "day"): Intl.DateTimeFormat => {
  const key = `${style} ${timezone}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(
      "en-GB",
      style === "time"
        ? { timeZone: timezone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
        : { timeZone: timezone, weekday: "long", day: "numeric", month: "long" },
    );
    formats.set(key, known);
  }
  return known;
};

/** "today at 14:05 (Berlin time)", "on Monday 23 November at 09:10 (Berlin time)". */
export const timeInWords = (at: number, now: number, timezone: string, how: "at" | "by" = "at"): string => {
  const time = `${how} ${format(timezone, "time").format(at)} (${zoneName(timezone)})`;
  if (localParts(at, timezone).date === localParts(now, timezone).date) return `today ${time}`;
  return `on ${format(timezone, "day").format(at).replace(",", "")} ${time}`;
};

/** "on Monday 23 November in the morning": where a minute can't be promised. */
const partInWords = (promiseAt: number, part: DayPart, now: number, timezone: string): string => {
  // The end of the evening is midnight, which is another day already.
  const within = promiseAt - 1;
  const zone = zoneName(timezone);
  if (localParts(within, timezone).date === localParts(now, timezone).date) return `this ${part} (${zone})`;
  return `on ${format(timezone, "day").format(within).replace(",", "")} in the ${part} (${zone})`;
};

/** The members of a rotation promise the same time, each in a candidate of their own. */
let last = { promiseAt: Number.NaN, now: Number.NaN, timezone: "", words: "" };

/** "today by 14:10 (Berlin time)", "on Monday 23 November by 09:10 (…)": always with the zone named; the minute as `toldMinute` has it. */
export const promiseInWords = (promiseAt: number, now: number, timezone: string): string => {
  if (last.promiseAt !== promiseAt || last.now !== now || last.timezone !== timezone)
    last = { promiseAt, now, timezone, words: timeInWords(toldMinute(promiseAt), now, timezone, "by") };
  return last.words;
};

export interface Told {
  ownerName: string | null;
  promiseAt: number | null;
  /** No minute is told, but this part of the day, which `promiseAt` ends. */
  dayPart?: DayPart | null;
  clockStartsAt: number | null;
  /** Somebody is on duty, and everybody who is has as many as they can hold: it isn't the hour that the visitor waits for. */
  busy?: boolean;
  timezone: string;
  now: number;
}

/** The acknowledgement of a lead: without a promise it is `received`; with a clock that starts later, `after_hours`. */
export const acknowledge = ({
  ownerName,
  promiseAt,
  dayPart = null,
  clockStartsAt,
  busy = false,
  timezone,
  now,
}: Told): Acknowledgement => {
  if (promiseAt === null)
    return {
      kind: "received",
      message: "Thank you. We have your request and will come back to you.",
      owner: ownerName === null ? null : { name: ownerName },
      promiseAt: null,
      timezone,
    };
  const when =
    dayPart === null
      ? promiseInWords(promiseAt, now, timezone)
      : partInWords(promiseAt, dayPart, now, timezone);
  const afterHours = clockStartsAt !== null && clockStartsAt > now;
  const who = ownerName ?? "Our team";
  const why = busy ? "We are all busy right now." : "We are outside our hours right now.";
  return {
    kind: afterHours ? "after_hours" : "in_coverage",
    message: afterHours
      ? `Thank you. ${why} ${who} will get back to you ${when}.`
      : `Thank you. ${who} will get back to you ${when}.`,
    owner: ownerName === null ? null : { name: ownerName },
    promiseAt: new Date(promiseAt).toISOString(),
    ...(dayPart === null ? {} : { dayPart }),
    ...(afterHours && busy ? { busy } : {}),
    timezone,
  };
};
