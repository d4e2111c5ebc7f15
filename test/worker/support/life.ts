/** A lead under way: touched, told, rung awake at a moment, and looked at. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { ConfigInput } from "../../../schema/config/document.ts";
import type { Strike } from "../../../schema/wire/board.ts";
import type { Lead } from "../../../schema/wire/lead.ts";
import type { Task, TaskList } from "../../../schema/wire/tasks.ts";
import { shardOf } from "../../../worker/store/clocks.ts";
import { undispatched } from "./outbox.ts";
import { expectWhole } from "./hostile.ts";
import { call, capture, document, person, publish, submission, testEnv } from "./workspace.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday, 12:00 UTC; in 2037, as an object's alarm that lies before the machine's own date goes off at once. 2037 has the days of 2026. */
export const NOON = Date.parse("2037-11-23T12:00:00.000Z");

export const at = (time: number): void => {
  vi.setSystemTime(time);
};

/** Nobody delivers but the test. */
export const api = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
  call<T>(method, path, body, undefined, undispatched);

export const lead = async (id: string): Promise<Lead> => (await api<Lead>("GET", `/v1/leads/${id}`)).body;

export const types = (view: Lead): string[] => view.timeline.map((event) => event.type);
export const kinds = (view: Lead): string[] => view.timers.map((timer) => timer.kind);

/** A captured lead whose owner was told at once. */
export const captured = async (fields: Record<string, unknown> = {}): Promise<string> => {
  const { status, body } = await capture(submission(fields), undispatched);
  expect(status).toBe(201);
  await told(body.leadId);
  return body.leadId;
};

/** As if everything owed of a lead had gone out the moment it was owed. */
export const told = (id: string) =>
  testEnv.DB.prepare("UPDATE outbox SET status = 'sent', sent_at = created_at WHERE lead_id = ?1")
    .bind(id)
    .run();

/** The object's alarm at a moment, however often the platform delivers it. */
export const ring = async (id: string, time: number, times = 1): Promise<void> => {
  at(time);
  for (let i = 0; i < times; i++) await runDurableObjectAlarm(testEnv.LEAD_CLOCK.getByName(shardOf(id)));
};

export const mails = async (id: string): Promise<string[]> => {
  const { results } = await testEnv.DB.prepare(
    "SELECT kind || ' to ' || recipient AS mail FROM outbox WHERE lead_id = ?1 AND channel = 'email' ORDER BY created_at, id",
  )
    .bind(id)
    .all<{ mail: string }>();
  return results.map(({ mail }) => mail);
};

export const on = async (id: string, path: string, body: object, status?: number): Promise<Lead> => {
  const answer = await api<Lead>("POST", `/v1/leads/${id}/${path}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(status ?? (path === "touches" ? 201 : 200));
  return answer.body;
};

export const touch = (id: string, by: string | undefined, more: object = {}): Promise<Lead> =>
  on(id, "touches", { channel: "call", outcome: "voicemail", ...(by ? { by } : {}), ...more });

export const team = (...members: string[]) => [
  {
    id: "smb",
    name: "SMB",
    calendar: "always",
    manager: "mia",
    members: members.map((id) => ({ person: id })),
  },
];

/** Ben, Cleo and Dan in one team, which Mia leads. */
export const withDan = (): ConfigInput =>
  document({
    people: [...document().people, person("dan", { manager: "mia" })],
    teams: team("ben", "cleo", "dan"),
  });

/** Each test on that Monday at noon, under `policy`; what earlier tests left stays. */
export const useNoon = (policy: () => ConfigInput = document): void => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    at(NOON);
    await publish(policy());
  });
  afterEach(() => {
    vi.useRealTimers();
  });
};

/** Each test on that Monday at noon, under `policy`, with earlier tests' leads and strikes out of the way; afterwards all is whole. */
export const useLife = (policy: () => ConfigInput = withDan): void => {
  // First, so that it comes last: in real time again.
  afterEach(expectWhole);
  useNoon(policy);
  beforeEach(async () => {
    await testEnv.DB.batch([
      testEnv.DB.prepare(
        "UPDATE leads SET status = 'disqualified', open = 0, generation = generation + 1 WHERE open = 1",
      ),
      testEnv.DB.prepare("DELETE FROM strikes"),
      testEnv.DB.prepare("DELETE FROM people_state"),
      testEnv.DB.prepare("UPDATE revisions SET people = people + 1"),
    ]);
  });
};

export const owner = async (id: string): Promise<string> => (await lead(id)).owner?.id ?? "";

export const people = async () =>
  (
    await api<{
      people: { id: string; state: string }[];
      strikes: Strike[];
      deadlinesMissed: { person: string; count: number }[];
    }>("GET", "/v1/people")
  ).body;

export const stateOf = async (id: string): Promise<string | undefined> =>
  (await people()).people.find((each) => each.id === id)?.state;

export const tasks = async (query: string): Promise<Task[]> =>
  (await api<TaskList>("GET", `/v1/tasks?${query}`)).body.tasks;

/** A lead of theirs. */
export const given = async (by: string): Promise<string> => {
  const id = await captured();
  if ((await owner(id)) !== by) {
    await on(id, "reassign", { to: by, reason: "test" });
    await told(id);
  }
  return id;
};

/** Somebody lets a lead of theirs breach at `time`; answers the lead. */
export const letBreach = async (by: string, time: number): Promise<string> => {
  at(time - 10 * MINUTE);
  const id = await given(by);
  await ring(id, time);
  return id;
};
