/**
 * Calendars as sources of time off, asked every quarter of an hour. What can't be read changes nothing: the last good state stays,
 * the failure is told, and operators hear after an hour of it.
 */
import type { ConfigDocument } from "../../schema/config/document.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import { readFeed, type Absence } from "../domain/timeoff/ics.ts";
import { fetchFeed, type FeedPort } from "../outbound/feed.ts";
import { outboxStatement } from "../store/capture.ts";
import { loadCurrentConfig } from "../store/config.ts";
import {
  dropFeed,
  feedChange,
  readFeedSpans,
  readFeedStates,
  writeFeedState,
  type FeedSpan,
  type FeedState,
} from "../store/feeds.ts";
import type { Deps } from "./deps.ts";
import { markOf } from "./identity.ts";

export type FeedConfig = ConfigDocument["timeOffFeeds"][number];

const EVERY_MS = 15 * 60_000;
const AT_ONCE = 10;
const DAY = 86_400_000;
/** As far ahead as absences matter for routing; a later run sees the rest. */
const AHEAD_MS = 200 * DAY;
/** Failures in a row after which operators hear: about an hour. */
const ALERT_AT = 4;

const NEVER: Omit<FeedState, "id"> = {
  etag: null,
  lastModified: null,
  checkedAt: 0,
  okAt: null,
  failures: 0,
  error: null,
  events: 0,
};

/** Documents published before there were feeds have none. */
const feedsOf = ({ document }: Compiled): FeedConfig[] =>
  (document as Partial<ConfigDocument>).timeOffFeeds ?? [];

const peopleOf = (compiled: Compiled, { person, team }: FeedConfig): string[] =>
  (person ? [person] : (compiled.teams.get(team ?? "")?.members ?? []).map((member) => member.person)).filter(
    (id) => compiled.people.has(id),
  );

/** A span that moved is another one, so that what was once so stays known. */
const spansOf = (
  feedId: string,
  people: readonly string[],
  absences: readonly Absence[],
): Promise<FeedSpan[]> =>
  Promise.all(
    people.flatMap((personId) =>
      absences.map(async ({ key, startAt, endAt }) => {
        const mark = await markOf(`${personId}\n${key}\n${startAt}\n${endAt}`);
        return { id: `feed.${feedId}.${mark}`, personId, startAt, endAt };
      }),
    ),
  );

const alertFor = (deps: Deps, { id, failures, error }: FeedState, now: number): D1PreparedStatement[] =>
  failures !== ALERT_AT
    ? []
    : [
        outboxStatement(deps.db, null, now, [
          {
            id: `alert.feed.${id}.${Math.floor(now / DAY)}`,
            kind: "ops.alert",
            channel: "email",
            seq: null,
            recipient: "operators",
            data: {
              title: `The calendar “${id}” can't be read`,
              detail: `${failures} tries in a row failed, last with “${error ?? ""}”. Time off stays as it was last read; see GET /v1/time-off-feeds.`,
            },
          },
        ]),
      ];

const failedWith = async (deps: Deps, before: FeedState, reason: string, now: number): Promise<void> => {
  const state = { ...before, checkedAt: now, failures: before.failures + 1, error: reason };
  await writeFeedState(deps.db, state, alertFor(deps, state, now));
};

/** One feed, now. */
const readOne = async (
  deps: Deps,
  port: FeedPort,
  compiled: Compiled,
  feed: FeedConfig,
  before: FeedState,
): Promise<void> => {
  const now = deps.now();
  // Once a day it is read whatever the server says: another day has come into view, members may have changed.
  const known = before.okAt !== null && Math.floor(before.okAt / DAY) === Math.floor(now / DAY);
  const fetched = await fetchFeed(port, feed, known ? before : { etag: null, lastModified: null });
  if (fetched.kind === "failed") return failedWith(deps, before, fetched.reason, now);
  const good = { ...before, checkedAt: now, okAt: now, failures: 0, error: null };
  if (fetched.kind === "unchanged") return writeFeedState(deps.db, good);
  const { timezone } = compiled.document.workspace;
  const read = readFeed(fetched.text, { from: now, to: now + AHEAD_MS, timezone });
  if (!read.ok) return failedWith(deps, before, read.reason, now);
  const spans = await spansOf(feed.id, peopleOf(compiled, feed), read.absences);
  const standing = await readFeedSpans(deps.db, feed.id, now);
  const wanted = new Set(spans.map(({ id }) => id));
  const come = spans.filter(({ id }) => !standing.has(id));
  const gone = [...standing].filter((id) => !wanted.has(id));
  const { etag, lastModified } = fetched;
  await writeFeedState(
    deps.db,
    { ...good, etag, lastModified, events: read.absences.length },
    feedChange(deps.db, { feedId: feed.id, come, gone, now }),
  );
  if (come.length + gone.length > 0) deps.announce();
};

/** A feed that the document doesn't name any more takes what it told with it. */
const forget = async (deps: Deps, state: FeedState): Promise<void> => {
  const now = deps.now();
  const gone = [...(await readFeedSpans(deps.db, state.id, now))];
  await deps.db.batch([
    dropFeed(deps.db, state.id),
    ...feedChange(deps.db, { feedId: state.id, come: [], gone, now }),
  ]);
};

/** Each minute: those that weren't asked for a quarter of an hour, the longest first. Answers how many. */
export const readFeeds = async (deps: Deps, port: FeedPort): Promise<number> => {
  const compiled = await loadCurrentConfig(deps.db);
  if (!compiled) return 0;
  const states = new Map((await readFeedStates(deps.db)).map((state) => [state.id, state]));
  const feeds = feedsOf(compiled);
  const named = new Set(feeds.map(({ id }) => id));
  for (const state of states.values()) if (!named.has(state.id)) await forget(deps, state);
  const due = feeds
    .map((feed) => ({ feed, state: states.get(feed.id) ?? { ...NEVER, id: feed.id } }))
    .filter(({ state }) => deps.now() - state.checkedAt >= EVERY_MS)
    .sort((a, b) => a.state.checkedAt - b.state.checkedAt)
    .slice(0, AT_ONCE);
  for (const { feed, state } of due) await readOne(deps, port, compiled, feed, state);
  return due.length;
};

export interface FeedView extends FeedState {
  person: string | null;
  team: string | null;
}

export const feedsNow = async (deps: Deps): Promise<FeedView[]> => {
  const compiled = await loadCurrentConfig(deps.db);
  const states = new Map((await readFeedStates(deps.db)).map((state) => [state.id, state]));
  return (compiled ? feedsOf(compiled) : []).map(({ id, person, team }) => ({
    ...(states.get(id) ?? { ...NEVER, id }),
    person: person ?? null,
    team: team ?? null,
  }));
};
