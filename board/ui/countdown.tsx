/** The hero: the time left, ticking by itself. The component renders once; signals change its text and colour. */
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { now } from "../api/clock.ts";
import { elapsedShare, figures, spokenDeadline, urgencyOf, type Deadline } from "../logic/countdown.ts";

interface Props {
  deadline: Deadline;
  size?: "row" | "hero";
}

/** `−59:59` and shorter are short. */
const LONG = 6;

/** Figures and, below them, how much of the target is used up. */
export function Countdown({ deadline, size = "row" }: Props) {
  const { startAt, dueAt, warnedAt } = deadline;
  const parts = useMemo(() => {
    const fixed = { startAt, dueAt, warnedAt };
    const urgency = computed(() => urgencyOf(fixed, now.value));
    // Before the opening what counts is the time until it opens, not until a deadline behind it.
    const target = computed(() => (urgency.value === "ahead" ? startAt : dueAt));
    const text = computed(() => (target.value === null ? "–" : figures(target.value, now.value)));
    // Hours and days take twice the room of minutes: they are set smaller, or they would run into what stands beside.
    const long = computed(() => text.value.length > LONG);
    return {
      look: computed(() => `count count-${size}${long.value ? " count-long" : ""} u-${urgency.value}`),
      text,
      words: computed(() => spokenDeadline(fixed, now.value)),
      // Steps of 1 %, so that the bar isn't touched each second for a target of hours.
      used: computed(() => Math.round(elapsedShare(fixed, now.value) * 100)),
    };
  }, [startAt, dueAt, warnedAt, size]);
  return (
    <span class={parts.look} role="timer" aria-label={parts.words}>
      <span class="count-figures" aria-hidden="true">
        {parts.text}
      </span>
      <progress class="count-bar" max={100} value={parts.used} aria-hidden="true" tabIndex={-1} />
    </span>
  );
}
