/** Which open tasks a touch, a reply or a correction does. Pure; the table is in docs/life.md. */

const DONE_BY = {
  touch: ["secondTouch", "takeoverTouch", "noReply", "followUp", "handoff"],
  reply: ["secondTouch", "noReply"],
  correction: ["badContact", "confirmBounce"],
} as const satisfies Record<string, readonly string[]>;

export type Doing = keyof typeof DONE_BY;

/** Times in epoch milliseconds. */
export interface OpenTask {
  id: string;
  kind: string;
  askedAt: number;
  /** When their person had last written before it was asked for, beside the request that made the lead; null: never. */
  requestedAt: number | null;
}

export interface Done {
  how: Doing;
  /** When it was done, which may come to light later: tasks asked for since then aren't done by it … */
  at: number;
  /** … but for those of these kinds, which wouldn't have been asked for had it been known. */
  spared?: readonly string[];
}

export const isDone = ({ kind, askedAt, requestedAt }: OpenTask, { how, at, spared = [] }: Done): boolean =>
  (DONE_BY[how] as readonly string[]).includes(kind) &&
  (askedAt <= at || (spared.includes(kind) && (kind !== "takeoverTouch" || at >= (requestedAt ?? 0))));
