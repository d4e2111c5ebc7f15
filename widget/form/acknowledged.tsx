/** What the visitor is told: who answers, by when, and where to look it up later. Never more than is known. */
import type { Child } from "../dom/jsx-runtime.ts";
import type { Acknowledgement, CaptureAnswer } from "../types.ts";
import { clockTime, dayWords, promisedAt, timeLeft } from "./promise.ts";

const HEADINGS: Record<Acknowledgement["kind"], string> = {
  in_coverage: "Thank you, we’re on it",
  after_hours: "Thank you, you’re in line",
  received: "Thank you, we have it",
};

/** After the promised time the page can't know whether it was kept: it says so, and where to see. */
const PassedNote = ({ at }: { at: number }): Child => (
  <p class="description" role="status">
    You were to hear from us by {clockTime(at)}. If you haven’t, your receipt shows where things stand.
  </p>
);

/** The whole message in the visitor's own clock, which tells its time only here. What is left counts down unsaid. */
function Promised({ at, told, now }: { at: number; told: Acknowledgement; now: number }): Child {
  const { kind, owner } = told;
  return (
    <div class="promise" role="status">
      <p class="by">
        {kind === "after_hours" && `We’re ${told.busy ? "all busy" : "outside our hours"} now. `}
        {owner ? `${owner.name} will reach you by` : "You’ll hear from us by"}
      </p>
      <p class="time">
        <time datetime={new Date(at).toISOString()}>{clockTime(at)}</time>
        <span class="left" aria-live="off">
          {timeLeft(at, now)}
        </span>
      </p>
      <p class="zone">{dayWords(at, now)}, your time</p>
    </div>
  );
}

export function Acknowledged({
  answer,
  base,
  now,
}: {
  answer: CaptureAnswer;
  base: string;
  now: number;
}): Child {
  const told = answer.acknowledgement;
  const at = promisedAt(told);
  return (
    <div class="acknowledged" tabindex={-1} role="group" aria-labelledby="thanks">
      <p class="title done" id="thanks" role="heading" aria-level={2}>
        {HEADINGS[told.kind] ?? HEADINGS.received}
      </p>
      {at && now >= at ? (
        <PassedNote at={at} />
      ) : at && !told.dayPart ? (
        <Promised at={at} told={told} now={now} />
      ) : (
        <p class="description" role="status">
          {told.message}
        </p>
      )}
      <p class="receipt">
        <a href={`${base}receipt/${encodeURIComponent(answer.receipt)}`} target="_blank" rel="noopener">
          See your receipt
        </a>
      </p>
    </div>
  );
}
