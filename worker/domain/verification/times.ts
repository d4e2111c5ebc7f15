/** Durations that can be counted with, and targets that can have an effect. */
import type { ConfigDocument, SlaPolicy } from "../../../schema/config/document.ts";
import { parseDuration } from "../duration.ts";
import type { Check } from "./checks.ts";
import { isNone, pointerOf, type Report } from "./findings.ts";

/** Ten years: deadlines beyond that are mistakes, and dates end somewhere. */
const LONGEST_MS = 3660 * 86_400_000;

interface Duration {
  path: readonly PropertyKey[];
  text: string | null | undefined;
  /** Zero means something here ("don't wait"). */
  zero?: boolean;
}

const TARGETS = [
  "assign",
  "firstTouch",
  "secondTouch",
  "noReply",
  "untouchedTask",
  "takeoverTouch",
  "acceptWithin",
] as const;

const ofPolicy = (policy: SlaPolicy, at: number): Duration[] => [
  ...TARGETS.map((name) => ({ path: ["sla", at, name], text: policy[name] })),
  ...Object.entries(policy.firstTouchByChannel).map(([channel, text]) => ({
    path: ["sla", at, "firstTouchByChannel", channel],
    text,
  })),
  { path: ["sla", at, "effort", "within"], text: policy.effort.within },
];

const durationsIn = ({ sla, queues, stages, routing, retention, enrichment }: ConfigDocument): Duration[] => [
  ...sla.flatMap(ofPolicy),
  ...queues.map(({ target }, at) => ({ path: ["queues", at, "target"], text: target })),
  ...stages.map(({ maxAge }, at) => ({ path: ["stages", at, "maxAge"], text: maxAge })),
  { path: ["routing", "maxWait"], text: routing.maxWait, zero: true },
  { path: ["routing", "lastOwnerWithin"], text: routing.lastOwnerWithin, zero: true },
  { path: ["retention", "closedLeads"], text: retention.closedLeads },
  { path: ["retention", "submissions"], text: retention.submissions },
  { path: ["retention", "imports"], text: retention.imports },
  { path: ["retention", "deliveries"], text: retention.deliveries },
  { path: ["enrichment", "company", "keepFor"], text: enrichment.company?.keepFor },
];

const checkDuration = ({ path, text, zero = false }: Duration, report: Report): void => {
  if (isNone(text)) return;
  const parsed = parseDuration(text);
  if (!parsed.ok) report.error(pointerOf(path), "bad_duration", parsed.message);
  else if (parsed.ms === 0 && !zero)
    report.error(
      pointerOf(path),
      "zero_duration",
      `Nobody can keep a target of no time: write one second (PT1S) or more.`,
    );
  else if (parsed.ms > LONGEST_MS && !path.includes("retention"))
    report.error(pointerOf(path), "too_long", `"${text}" is more than ten years: write a shorter time.`);
};

const msOf = (text: string): number => {
  const parsed = parseDuration(text);
  return parsed.ok ? parsed.ms : 0;
};

const checkPolicy = (policy: SlaPolicy, at: number, report: Report): void => {
  for (const [channel, text] of Object.entries(policy.firstTouchByChannel)) {
    const pointer = pointerOf(["sla", at, "firstTouchByChannel", channel]);
    if (!policy.acceptedChannels.some((accepted) => accepted === channel))
      report.warn(
        pointer,
        "channel_not_accepted",
        `"${channel}" has a target but isn't among acceptedChannels, so touching that way never meets it: add it there.`,
      );
    if (msOf(text) > msOf(policy.firstTouch))
      report.warn(
        pointer,
        "no_effect",
        `${text} is later than firstTouch (${policy.firstTouch}), which is due first: shorten it or leave it out.`,
      );
  }
  const { attempts, channels } = policy.effort;
  const most = Math.min(attempts, policy.acceptedChannels.length);
  if (channels > most)
    report.warn(
      pointerOf(["sla", at, "effort", "channels"]),
      "unreachable_effort",
      `${channels} channels can't be reached with ${attempts} attempts over ${policy.acceptedChannels.length} accepted channels: write at most ${most}.`,
    );
};

export const checkTimes: Check = ({ document }, report) => {
  for (const duration of durationsIn(document)) checkDuration(duration, report);
  document.sla.forEach((policy, at) => checkPolicy(policy, at, report));
};
