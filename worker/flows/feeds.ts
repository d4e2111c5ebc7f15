/**
 * Calendars as sources of time off, asked every quarter of an hour. What can't be read changes nothing: the last good state stays,
 * the failure is told, and operators hear after an hour of it.
 */
import type { ConfigDocument } from "../../schema/config/document.ts";
import { clockCalendar, type Compiled } from "../domain/config/compiled.ts";
import { spansFrom, type FeedSpan, type Holder } from "../domain/timeoff/spans.ts";
import { fetchFeed, type FeedPort } from "../outbound/feed.ts";
import { outboxStatement } from "../store/happened.ts";
import { loadCurrentConfig } from "../store/config.ts";
import {
  dropFeed,
  feedChange,
  noteFeedRead,
  readFeedSpans,
  readFeedStates,
  writeFeedState,
  type FeedState,
  type StandingSpan,
} from "../store/feeds.ts";
import { excuseStatements } from "../store/strikes.ts";
import { eachApart, logged } from "./apart.ts";
import type { Deps } from "./deps.ts";
import { markOf } from "./identity.ts";
import { liftExcused } from "./strikes.ts";

export type FeedConfig = ConfigDocument["timeOffFeeds"][number];

const EVERY_MS = 15 * 60_000;
const AT_ONCE = 10;
const DAY = 86_400_000;
/** Failures in a row after which a calendar counts as one that can't be read any more, and operators hear: about an hour. */
const ALERT_AT = 4;

const NEVER: Omit<FeedState, "id"> = {
  settings: null,
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

/** Whose it is; days are days in the zone of their working hours: their own, else their team's. */
const holdersOf = (compiled: Compiled, { person, team }: FeedConfig): Holder[] => {
  const ids = person ? [person] : (compiled.teams.get(team ?? "")?.members ?? []).map((each) => each.person);
  return ids.flatMap((personId) => {
    const known = compiled.people.get(personId);
    if (!known) return [];
    return [{ personId, timezone: clockCalendar(compiled, known, team ?? null).timezone }];
  });
};

/** Whoever is off already goes on being off, however the span was drawn anew: nothing became known only now. */
const recordedAt = (span: FeedSpan, gone: readonly StandingSpan[], now: number): number =>
  span.startAt > now
    ? now
    : gone
        .filter(({ personId, startAt }) => personId === span.personId && startAt <= now)
        .reduce((earliest, each) => Math.min(earliest, each.recordedAt), now);

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
  await noteFeedRead(deps.db, state, alertFor(deps, state, now));
};

/** What came and went since, written with the state of the feed: all of it or nothing. */
const takeIn = async (deps: Deps, state: FeedState, spans: readonly FeedSpan[], now: number) => {
  const standing = await readFeedSpans(deps.db, state.id, now);
  const known = new Set(standing.map(({ id }) => id));
  const wanted = new Set(spans.map(({ id }) => id));
  const gone = standing.filter(({ id }) => !wanted.has(id));
  const come = spans
    .filter(({ id }) => !known.has(id))
    .map((span) => ({ ...span, recordedAt: recordedAt(span, gone, now) }));
  const change = { feedId: state.id, come, gone: gone.map(({ id }) => id), now };
  await writeFeedState(deps.db, state, [
    ...feedChange(deps.db, change),
    ...excuseStatements(deps.db, come, now),
  ]);
  const begun = come.filter(({ startAt }) => startAt < now);
  if (begun.length > 0)
    await liftExcused(
      deps,
      begun.map(({ personId }) => personId),
    );
  if (come.length + gone.length > 0) deps.announce();
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
  const holders = holdersOf(compiled, feed);
  const settings = await markOf(JSON.stringify([feed.url ?? null, feed.secretRef ?? null, holders]));
  // Once a day it is read whatever the server says: another day has come into view.
  const today = before.okAt !== null && Math.floor(before.okAt / DAY) === Math.floor(now / DAY);
  const known = today && before.settings === settings;
  const fetched = await fetchFeed(port, feed, known ? before : { etag: null, lastModified: null });
  if (fetched.kind === "failed") return failedWith(deps, before, fetched.reason, now);
  const good = { ...before, checkedAt: now, okAt: now, failures: 0, error: null };
  if (fetched.kind === "unchanged") return noteFeedRead(deps.db, good);
  const read = spansFrom(fetched.text, { id: feed.id, holders }, now);
  if (!read.ok) return failedWith(deps, before, read.reason, now);
  const { etag, lastModified } = fetched;
  await takeIn(deps, { ...good, settings, etag, lastModified, events: read.events }, read.spans, now);
};

/** Whatever goes wrong is that feed's: it waits its quarter of an hour like the others, and operators hear in the end. */
const readApart = async (...asked: Parameters<typeof readOne>): Promise<void> => {
  const [deps, , , , before] = asked;
  try {
    await readOne(...asked);
  } catch (error) {
    logged("feed", error, { feed: before.id });
    await failedWith(deps, before, "its absences could not be taken in", deps.now());
  }
};

/** A feed that the document doesn't name any more takes what it told with it. */
const forget = async (deps: Deps, state: FeedState): Promise<void> => {
  const now = deps.now();
  const gone = (await readFeedSpans(deps.db, state.id, now)).map(({ id }) => id);
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
  const unnamed = [...states.values()].filter(({ id }) => !named.has(id));
  await eachApart(
    "feed",
    unnamed,
    (state) => forget(deps, state),
    ({ id }) => id,
  );
  const due = feeds
    .map((feed) => ({ feed, state: states.get(feed.id) ?? { ...NEVER, id: feed.id } }))
    .filter(({ state }) => deps.now() - state.checkedAt >= EVERY_MS)
    .sort((a, b) => a.state.checkedAt - b.state.checkedAt)
    .slice(0, AT_ONCE);
  await eachApart(
    "feed",
    due,
    ({ feed, state }) => readApart(deps, port, compiled, feed, state),
    ({ feed }) => feed.id,
  );
  return due.length;
};

export interface FeedView extends FeedState {
  person: string | null;
  team: string | null;
  /** False: it can't be read any more. A try that fails now and then says nothing. */
  readable: boolean;
}

export const feedsNow = async (deps: Deps): Promise<FeedView[]> => {
  const compiled = await loadCurrentConfig(deps.db);
  const states = new Map((await readFeedStates(deps.db)).map((state) => [state.id, state]));
  return (compiled ? feedsOf(compiled) : []).map(({ id, person, team }) => {
    const state = states.get(id) ?? { ...NEVER, id };
    return {
      ...state,
      person: person ?? null,
      team: team ?? null,
      readable: state.failures < ALERT_AT,
    };
  });
};
