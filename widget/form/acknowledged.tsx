/** What the visitor is told: who answers, by when, and where to look it up later. Never more than is known. */
import type { Child } from "../dom/jsx-runtime.ts";
import type { Acknowledgement, CaptureAnswer } from "../types.ts";
import { clockTime, dayWords, timeLeft } from "./promise.ts";

const HEADINGS: Record<Acknowledgement["kind"], string> = {
  in_coverage: "Thank you, we’re on it",
  after_hours: "Thank you, you’re in line",
  received: "Thank you, we have it",
};

/** After the promised time the page can't know whether it was kept: it says so, and where to see. */
const PassedNote = ({ at }: { at: number }): Child => (
  <p class="description">
    You were to hear from us by {clockTime(at)}. If you haven’t, your receipt shows where things stand.
  </p>
);

function Promised({ at, owner, now }: { at: number; owner: string | null; now: number }): Child {
  const left = timeLeft(at, now);
  return (
    <div class="promise">
      <p class="by">{owner ? `${owner} will reach you by` : "You’ll hear from us by"}</p>
      <p class="time">
        <time datetime={new Date(at).toISOString()}>{clockTime(at)}</time>
        <span class="left">{left ?? ""}</span>
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
  const { kind, message, owner, promiseAt, dayPart } = answer.acknowledgement;
  const at = promiseAt ? Date.parse(promiseAt) : Number.NaN;
  const isPromised = Number.isFinite(at);
  return (
    <div class="acknowledged" tabindex={-1} role="group" aria-labelledby="thanks">
      <p class="title done" id="thanks" role="heading" aria-level={2}>
        {HEADINGS[kind] ?? HEADINGS.received}
      </p>
      {isPromised && !dayPart && now < at && <Promised at={at} owner={owner?.name ?? null} now={now} />}
      <p class="description" role="status">
        {message}
      </p>
      {isPromised && now >= at && <PassedNote at={at} />}
      <p class="receipt">
        <a href={`${base}receipt/${encodeURIComponent(answer.receipt)}`} target="_blank" rel="noopener">
          See your receipt
        </a>
      </p>
    </div>
  );
}
