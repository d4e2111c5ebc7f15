/**
 * Digests: what a manager should know before the day begins, and the week's scorecard. Each is one message with an id made
 * of its reader and their date, so that however often this runs it goes out once.
 */
import { epochDay } from "../domain/calendar/local.ts";
import type { Compiled } from "../domain/config/compiled.ts";
import { dueDigests, idBegin, morningsNow, type DueDigest } from "../domain/reports/digests.ts";
import { loadCurrentConfig } from "../store/config.ts";
import { deactivatedPeople, lastTold, owe } from "../store/digests.ts";
import { readRollupState } from "../store/rollups.ts";
import { eachApart } from "./apart.ts";
import { hasRoom } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { sectionsOf } from "./digest-sections.ts";
import type { Ask } from "./reports/ask.ts";

const askFor = async (deps: Deps, compiled: Compiled, due: DueDigest, now: number): Promise<Ask> => ({
  deps,
  compiled,
  range: { from: epochDay(due.from) ?? 0, to: epochDay(due.to) ?? 0 },
  group: null,
  filters: {},
  now,
  currency: (await readRollupState(deps.db)).currency,
});

const idOf = ({ kind, person, date }: DueDigest): string => `${idBegin(kind, person)}${date}`;

const send = async (deps: Deps, compiled: Compiled, due: DueDigest, now: number): Promise<void> => {
  const sections = await sectionsOf(await askFor(deps, compiled, due, now), due);
  await owe(deps.db, now, {
    id: idOf(due),
    kind: `digest.${due.kind}`,
    channel: "email",
    seq: null,
    recipient: `person:${due.person}`,
    data: { date: due.date, from: due.from, to: due.to, sections },
  });
};

/** Some at a time: the next minute goes on. */
const AT_ONCE = 20;
/** Questions that the figures of one may take. */
const A_DIGEST = 40;

/** Every minute; answers how many were put on their way. */
export const sendDigests = async (deps: Deps): Promise<number> => {
  const now = deps.now();
  const compiled = await loadCurrentConfig(deps.db);
  if (!compiled) return 0;
  const mornings = morningsNow(compiled, now);
  if (mornings.length === 0) return 0;
  const gone = await deactivatedPeople(deps.db);
  const readers = mornings.filter(({ person }) => !gone.has(person));
  const begins = readers.flatMap(({ person, kinds }) => kinds.map((kind) => idBegin(kind, person)));
  const due = dueDigests(
    readers,
    await lastTold(deps.db, begins),
    compiled.document.workspace.digests?.weeklyOn,
  );
  let sent = 0;
  const one = async (each: DueDigest): Promise<void> => {
    if (!hasRoom(deps, A_DIGEST)) return;
    await send(deps, compiled, each, now);
    sent++;
  };
  await eachApart("digest", due.slice(0, AT_ONCE), one, idOf);
  if (sent > 0) deps.announce();
  return sent;
};
