/** A lead under way: touched, told, rung awake at a moment, and looked at. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { expect, vi } from "vitest";
import type { Lead } from "../../../schema/wire/lead.ts";
import { shardOf } from "../../../worker/store/clocks.ts";
import { undispatched } from "./outbox.ts";
import { call, capture, submission, testEnv } from "./workspace.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday, 12:00 UTC. */
export const NOON = Date.parse("2026-11-23T12:00:00.000Z");

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
