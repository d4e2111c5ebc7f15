/** People as the live configuration has them now: a changed role or a deactivation acts on the next request. */
import type { Person } from "../../schema/config/document.ts";
import { clockCalendar, type Compiled } from "../domain/config/compiled.ts";
import { oweLink, readLive, readSession, sweepAccess } from "../store/access.ts";
import { loadConfig } from "../store/config.ts";
import type { Db } from "../store/db.ts";
import type { Deps } from "./deps.ts";

/** Sessions roll: one that is older than this is renewed for another seven days. */
export const RENEW_AFTER_MS = 86_400_000;
/** Mails with links to one person, so that nobody floods a colleague's mailbox. */
const LINKS = { most: 10, windowMs: 600_000 };

const fold = (email: string): string => email.normalize("NFKC").trim().toLowerCase();

/** The person of an address, unless deactivated. */
const activePerson = (
  compiled: Compiled | null,
  email: string,
  deactivated: ReadonlySet<string>,
): Person | null => {
  const wanted = fold(email);
  return (
    compiled?.document.people.find(
      (person) => fold(person.email) === wanted && !deactivated.has(person.id),
    ) ?? null
  );
};

export interface SignedIn {
  person: Person;
  /** True where the session is due for renewal. */
  stale: boolean;
}

/** Whose session this is: one statement. Null when it is unknown or over, or its person is no longer one of ours. */
export const personBySession = async (db: Db, token: string, now: number): Promise<SignedIn | null> => {
  const row = await readSession(db, token, now);
  if (!row) return null;
  const person = activePerson(await loadConfig(db, row.config), row.email, row.deactivated);
  return person && { person, stale: now - row.updatedAt > RENEW_AFTER_MS };
};

/** The person who may sign in with an address, now. */
export const personByEmail = async (db: Db, email: string): Promise<Person | null> => {
  const { config, deactivated } = await readLive(db);
  return activePerson(await loadConfig(db, config), email, deactivated);
};

/** Sends the link if the address is one of ours; whoever asked can't tell. `unlimited` lifts the limit (load tests). */
export const sendLink = async (deps: Deps, email: string, url: string, unlimited: boolean): Promise<void> => {
  const now = deps.now();
  const person = await personByEmail(deps.db, email);
  const most = unlimited ? 1000 : LINKS.most;
  if (!person) return;
  const owed = await oweLink(deps.db, {
    personId: person.id,
    email: person.email,
    data: { url, name: person.name },
    now,
    most,
    windowMs: LINKS.windowMs,
  });
  if (owed) deps.announce();
  await sweepAccess(deps.db, now);
};

/** The zone in which a person reads times: that of the calendar their clock runs on. */
export const readingZone = (compiled: Compiled, person: Person): string =>
  clockCalendar(compiled, person, null).timezone;

export const liveConfig = async (db: Db): Promise<Compiled | null> =>
  loadConfig(db, (await readLive(db)).config);
