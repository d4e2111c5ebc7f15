/** The demo's script: what visitors, reps and mail servers do, one instant after the other. Times are epoch milliseconds. */
import type { Channel } from "../../schema/config/routing.ts";
import type { CaptureBody } from "../../schema/wire/capture.ts";

/** `owner`: whoever owns the lead then; `manager`: their manager; `steward`: of the queue it is in; else a person's id. */
export type Actor = "owner" | "manager" | "steward" | (string & {});

/** What Cloudflare would have known of the request. `language` stands for its Accept-Language header. */
export interface DemoEdge {
  country: string;
  city: string;
  timezone: string;
  language: string;
}

interface OnLead {
  at: number;
  submissionId: string;
  by: Actor;
}

export type Step =
  | { at: number; do: "capture"; submissionId: string; formKey: string; body: CaptureBody; edge: DemoEdge }
  | ({ do: "touch"; channel: Channel; outcome: string; body?: string } & OnLead)
  | { at: number; do: "reply"; submissionId: string; channel: Channel; body: string }
  | ({ do: "accept" } & OnLead)
  | ({ do: "disposition"; code: string; note?: string; nextStep: string; recycleOn?: string } & OnLead)
  | {
      at: number;
      do: "bounce";
      submissionId: string;
      kind: "email" | "phone";
      grade: "verified";
      reason: string;
    }
  | ({ do: "release" } & OnLead)
  /** Messages written from now on go out at `until`. */
  | { at: number; do: "outage"; until: number }
  | { at: number; do: "away"; person: string; reason: string; until: number }
  | { at: number; do: "timeOff"; person: string; reason: string; from: number; to: number };

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What came of a script. */
export interface Played {
  steps: number;
  timers: number;
  /** What the product refused, in its own words. */
  refused: string[];
}
