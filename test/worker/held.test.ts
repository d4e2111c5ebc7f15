/** The database can't be written: the lead's own object holds the submission and finishes it, with the same receipt. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { beforeAll, expect, test } from "vitest";
import type { Env } from "../../worker/env.ts";
import { call, capture, document, publish, submission, testEnv } from "./support/workspace.ts";

/** A database that refuses every write, and every read too once it is fully down. */
const broken = (db: D1Database): D1Database =>
  new Proxy(db, {
    get: (target, name) => {
      if (name === "batch") return () => Promise.reject(new Error("D1_ERROR: the database is down"));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });

const down: Env = { ...testEnv, DB: broken(testEnv.DB) };

beforeAll(async () => {
  await publish(document());
});

test("the visitor is told it was received; a repeat gets the same receipt, other content is refused", async () => {
  const body = submission();
  const first = await capture(body, down);
  expect(first.status).toBe(201);
  expect(first.body.acknowledgement).toMatchObject({ kind: "received", owner: null, promiseAt: null });
  const again = await capture(body, down);
  expect(again.body.receipt).toBe(first.body.receipt);
  const other = await capture({ ...body, fields: { ...body.fields, name: "Somebody Else" } }, down);
  expect(other.status).toBe(409);
});

test("it becomes an owned lead under the same receipt when the database is back", async () => {
  const body = submission();
  const held = await capture(body, down);
  await runDurableObjectAlarm(testEnv.LEAD_HOLDER.getByName(held.body.leadId));
  const lead = await call("GET", `/v1/leads/${held.body.leadId}`);
  expect(lead.body["owner"]).not.toBeNull();
  const receipt = await call("GET", `/v1/receipts/${held.body.receipt}`);
  expect(receipt.body).toMatchObject({ status: "assigned" });
  const repeat = await capture(body);
  expect(repeat.status).toBe(200);
  expect(repeat.body.receipt).toBe(held.body.receipt);
});

test("a retry that gets through first keeps the receipt too, and the object then has nothing left to do", async () => {
  const body = submission();
  const held = await capture(body, down);
  const retried = await capture(body);
  expect(retried.body.receipt).toBe(held.body.receipt);
  await runDurableObjectAlarm(testEnv.LEAD_HOLDER.getByName(held.body.leadId));
  const { results } = await testEnv.DB.prepare("SELECT id FROM leads WHERE id = ?1")
    .bind(held.body.leadId)
    .all();
  expect(results).toHaveLength(1);
});

test("one that joins an open lead is found, and worked, by the id its sender was told", async () => {
  const { fields, submissionId } = submission();
  const first = await capture({ submissionId, fields });
  const held = await capture(submission({ ...fields, message: "And one thing more" }), down);
  expect(held.body.leadId).not.toBe(first.body.leadId);
  await runDurableObjectAlarm(testEnv.LEAD_HOLDER.getByName(held.body.leadId));
  const found = await call("GET", `/v1/leads/${held.body.leadId}`);
  expect(found.body["id"]).toBe(first.body.leadId);
  const by = (found.body["owner"] as { id: string }).id;
  const touch = { channel: "call", outcome: "voicemail", by };
  const touched = await call("POST", `/v1/leads/${held.body.leadId}/touches`, touch);
  expect(touched.status).toBe(201);
  expect(touched.body).toMatchObject({ id: first.body.leadId, firstTouchAt: expect.any(String) as string });
});
