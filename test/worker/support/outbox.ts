/** Rows owed, and channels that remember what they were given. */
import type { Channels, Delivery, Hook, Mail } from "../../../worker/outbound/channel.ts";
import type { Post } from "../../../worker/flows/deliver.ts";
import type { Env } from "../../../worker/env.ts";
import { capture, document, publish, submission, testEnv } from "./workspace.ts";
import { beforeAll, beforeEach } from "vitest";

export const { DB } = testEnv;

/** Nobody delivers but the test itself. */
export const undispatched = {
  ...testEnv,
  DISPATCHER: { getByName: () => ({ kick: () => Promise.resolve() }) },
} as unknown as Env;

/** A captured lead that owes nothing yet. */
export const leadWithoutDebts = async (fields: Record<string, unknown> = {}): Promise<string> => {
  const { body } = await capture(submission(fields), undispatched);
  await DB.prepare("DELETE FROM outbox").run();
  return body.leadId;
};

export interface Debt {
  id: string;
  kind?: string;
  channel?: string;
  leadId?: string | null;
  seq?: number | null;
  recipient?: string;
  data?: object;
  at?: number;
  attempts?: number;
}

export const owe = async (...debts: Debt[]): Promise<void> => {
  const rows = debts.map((debt) => ({
    kind: "ops.notice",
    channel: "email",
    leadId: null,
    seq: null,
    recipient: "person:mia",
    data: {},
    at: NOW,
    attempts: 0,
    ...debt,
  }));
  await DB.prepare(
    `INSERT INTO outbox (id, kind, channel, lead_id, seq, recipient, data, next_attempt_at, created_at, attempts)
     SELECT value ->> 'id', value ->> 'kind', value ->> 'channel', value ->> 'leadId', value ->> 'seq', value ->> 'recipient',
       value -> 'data', value ->> 'at', value ->> 'at', value ->> 'attempts' FROM json_each(?1)`,
  )
    .bind(JSON.stringify(rows))
    .run();
};

export const NOW = Date.parse("2037-11-23T15:00:00.000Z");

export interface Stored {
  id: string;
  kind: string;
  recipient: string;
  status: string;
  attempts: number;
  next_attempt_at: number;
  last_error: string | null;
  data: string;
  sent_at: number | null;
}

export const stored = async (id: string): Promise<Stored> => {
  const row = await DB.prepare("SELECT * FROM outbox WHERE id = ?1").bind(id).first<Stored>();
  if (!row) throw new Error(`no row ${id}`);
  return row;
};

export interface Recorder extends Post {
  mails: Mail[];
  hooks: Hook[];
}

export type Act = (message: Mail | Hook) => Delivery | Promise<Delivery>;

export const recorder = (act: Act = () => ({ ok: true })): Recorder => {
  const mails: Mail[] = [];
  const hooks: Hook[] = [];
  const channels: Channels = {
    email: {
      deliver: async (mail) => {
        mails.push(mail);
        return act(mail);
      },
    },
    webhook: {
      deliver: async (hook) => {
        hooks.push(hook);
        return act(hook);
      },
    },
  };
  return {
    channels,
    mails,
    hooks,
    origin: "https://leads.acme.example",
    mailFrom: "leads@acme.example",
    alertEmail: null,
  };
};

export const deps = (now = NOW, db: D1Database = DB): { db: D1Database; now: () => number } => ({
  db,
  now: () => now,
});

/** News of somebody for a webhook. */
export const event = (id: string, recipient = "notification:ops") => ({
  id,
  kind: "event",
  channel: "webhook",
  recipient,
  data: { type: "person.suspended", at: NOW, data: { person: "ben" } },
});

/** A receiver that fails. */
export const refuse = (more: object = {}) => ({
  ok: false as const,
  retry: true,
  error: "HTTP 500",
  ...more,
});

/** Two webhooks that hear all and one desk that hears what was given up; each test begins with nothing owed. */
export const useOutbox = (): void => {
  beforeAll(async () => {
    await publish(
      document({
        notifications: [
          {
            id: "ops",
            channel: "webhook",
            url: "https://hooks.acme.example/x",
            secretRef: "OPS_SECRET",
            events: ["*"],
          },
          {
            id: "other",
            channel: "webhook",
            url: "https://other.acme.example/x",
            secretRef: "OPS_SECRET",
            events: ["lead.*"],
          },
          { id: "desk", channel: "email", to: ["desk@acme.example"], events: ["delivery.dead"] },
        ],
      }),
    );
  });

  beforeEach(async () => {
    await DB.prepare("DELETE FROM outbox").run();
  });
};
