/** The outbox on a real database: leases, retries, giving up, news that was overtaken, and dying halfway. */
import { describe, expect, test } from "vitest";
import { deliverDue, LEASE_MS } from "../../worker/flows/deliver.ts";
import { listDeliveries, restartDelivery } from "../../worker/store/deliveries.ts";
import { DB, deps, event, NOW, owe, recorder, refuse, stored, useOutbox } from "./support/outbox.ts";

const HOUR = 3_600_000;

useOutbox();

describe("a message that is due", () => {
  test("is sent once and recorded", async () => {
    await owe({ id: "m1" });
    const post = recorder();
    expect(await deliverDue(deps(), post, "email", 10)).toEqual({
      claimed: 1,
      sent: 1,
      failed: 0,
      dead: 0,
      obsolete: 0,
      nextAttemptAt: null,
    });
    expect(await deliverDue(deps(NOW + HOUR), post, "email", 10)).toMatchObject({
      claimed: 0,
      nextAttemptAt: null,
    });
    expect(post.mails.map((mail) => mail.id)).toEqual(["m1"]);
    expect(await stored("m1")).toMatchObject({ status: "sent", attempts: 1, sent_at: NOW, last_error: null });
  });

  test("waits for its time", async () => {
    await owe({ id: "later", at: NOW + 5_000 });
    const post = recorder();
    expect(await deliverDue(deps(), post, "email", 10)).toMatchObject({
      claimed: 0,
      nextAttemptAt: NOW + 5_000,
    });
    expect(await deliverDue(deps(NOW + 5_000), post, "email", 10)).toMatchObject({ sent: 1 });
  });

  test("goes its own lane: webhooks never wait behind mail, nor mail behind webhooks", async () => {
    await owe({ id: "mail" }, event("hook"));
    const post = recorder();
    await deliverDue(deps(), post, "webhook", 10);
    expect([post.mails.length, post.hooks.length]).toEqual([0, 1]);
    await deliverDue(deps(), post, "email", 10);
    expect([post.mails.length, post.hooks.length]).toEqual([1, 1]);
  });

  test("on a channel nobody has is given up, not left", async () => {
    await owe({ id: "pigeon", channel: "pigeon" });
    await deliverDue(deps(), recorder(), "email", 10);
    expect(await stored("pigeon")).toMatchObject({
      status: "dead",
      last_error: "there is no channel pigeon",
    });
  });

  test("is taken in the order of its time, a batch at a time, and a hundred cost a handful of statements", async () => {
    await owe(...Array.from({ length: 250 }, (_, n) => ({ id: `f${n}`, at: NOW - 1_000 + n })));
    let statements = 0;
    const counting = new Proxy(DB, {
      get: (db, name) => {
        if (name === "batch") statements += 1;
        const value = Reflect.get(db, name) as unknown;
        return typeof value === "function" ? (value.bind(db) as unknown) : value;
      },
    });
    const post = recorder();
    const first = await deliverDue(deps(NOW, counting), post, "email", 100);
    expect(first.sent).toBe(100);
    expect(statements).toBeLessThanOrEqual(4);
    expect(new Set(post.mails.map((mail) => mail.id))).toEqual(
      new Set(Array.from({ length: 100 }, (_, n) => `f${n}`)),
    );
    while ((await deliverDue(deps(), post, "email", 100)).claimed > 0);
    expect(new Set(post.mails.map((mail) => mail.id)).size).toBe(250);
    expect(post.mails).toHaveLength(250);
  });
});

test("nothing it does reads the whole outbox", async () => {
  await owe({ id: "planned" }, { ...event("planned-hook"), attempts: 9 });
  const asked = new Set<string>();
  const noting = new Proxy(DB, {
    get: (db, name) => {
      if (name === "prepare") return (sql: string) => (asked.add(sql), db.prepare(sql));
      const value = Reflect.get(db, name) as unknown;
      return typeof value === "function" ? (value.bind(db) as unknown) : value;
    },
  });
  await deliverDue(deps(NOW, noting), recorder(), "email", 10);
  await deliverDue(
    deps(NOW, noting),
    recorder(() => refuse()),
    "webhook",
    10,
  );
  for (const status of ["pending", "leased", "dead"]) await listDeliveries(noting, { status, limit: 10 });
  await listDeliveries(noting, { leadId: "ld_1", status: "sent", limit: 10 });
  await restartDelivery(noting, "planned-hook", NOW);
  expect(asked.size).toBeGreaterThan(10);
  for (const sql of asked) {
    const binds = Array.from(
      { length: Math.max(0, ...[...sql.matchAll(/\?(\d)/g)].map((match) => Number(match[1]))) },
      () => "[]",
    );
    const { results } = await DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...binds)
      .all<{ detail: string }>();
    for (const { detail } of results)
      expect(`${detail} in ${sql}`).not.toMatch(
        /^SCAN (outbox|o|leads|l|assignments|a|submissions|events)\b(?! USING)/,
      );
  }
});

describe("two at once", () => {
  test("never send the same message", async () => {
    await owe(...Array.from({ length: 120 }, (_, n) => ({ id: `t${n}` })));
    const slow = () => new Promise<{ ok: true }>((resolve) => setTimeout(() => resolve({ ok: true }), 5));
    const hands = [recorder(slow), recorder(slow), recorder(slow)];
    await Promise.all(
      hands.map(async (post) => {
        while ((await deliverDue(deps(), post, "email", 20)).claimed > 0);
      }),
    );
    const ids = hands.flatMap((post) => post.mails.map((mail) => mail.id));
    expect(ids).toHaveLength(120);
    expect(new Set(ids).size).toBe(120);
    expect(hands.filter((post) => post.mails.length > 0).length).toBeGreaterThan(1);
  });

  test("a late record doesn't overwrite what the next holder of the lease did", async () => {
    await owe({ id: "late" });
    let finish: (delivery: ReturnType<typeof refuse>) => void = () => undefined;
    const hanging = recorder(() => new Promise((resolve) => (finish = resolve)));
    const first = deliverDue(deps(), hanging, "email", 10);
    await expect.poll(() => hanging.mails.length).toBe(1);
    expect(await deliverDue(deps(NOW + LEASE_MS), recorder(), "email", 10)).toMatchObject({ sent: 1 });
    finish(refuse({ retry: false }));
    await first;
    expect(await stored("late")).toMatchObject({ status: "sent", attempts: 2 });
    const { results } = await DB.prepare(
      "SELECT 1 FROM events WHERE type = 'delivery.dead' AND data ->> 'delivery' = 'late'",
    ).all();
    expect(results).toHaveLength(0);
  });
});

test("a record that comes after the lease was taken over leaves the message with whoever holds it now", async () => {
  await owe({ id: "held" });
  const finish: ((delivery: ReturnType<typeof refuse> | { ok: true }) => void)[] = [];
  const hanging = recorder(() => new Promise((resolve) => finish.push(resolve)));
  const first = deliverDue(deps(), hanging, "email", 10);
  await expect.poll(() => finish.length).toBe(1);
  const second = deliverDue(deps(NOW + LEASE_MS), hanging, "email", 10);
  await expect.poll(() => finish.length).toBe(2);
  finish[0]?.(refuse({ retry: false }));
  await first;
  expect(await stored("held")).toMatchObject({ status: "leased", attempts: 2 });
  finish[1]?.({ ok: true });
  await second;
  expect(await stored("held")).toMatchObject({ status: "sent", attempts: 2 });
});

test("dying between the receiver's acceptance and our record repeats the message under the same id", async () => {
  await owe({ id: "crash" });
  const post = recorder();
  let batches = 0;
  const dying = new Proxy(DB, {
    get: (db, name) => {
      if (name === "batch" && ++batches > 2) return () => Promise.reject(new Error("gone"));
      const value = Reflect.get(db, name) as unknown;
      return typeof value === "function" ? (value.bind(db) as unknown) : value;
    },
  });
  await expect(deliverDue(deps(NOW, dying), post, "email", 10)).rejects.toThrow("gone");
  expect(await stored("crash")).toMatchObject({ status: "leased", attempts: 1 });
  expect(await deliverDue(deps(NOW + LEASE_MS - 1), post, "email", 10)).toMatchObject({
    claimed: 0,
    nextAttemptAt: NOW + LEASE_MS,
  });
  expect(await deliverDue(deps(NOW + LEASE_MS), post, "email", 10)).toMatchObject({ sent: 1 });
  expect(post.mails.map((mail) => mail.headers["X-Leadclock-Message-Id"])).toEqual(["crash", "crash"]);
});

test("what can't be looked up is put back untried", async () => {
  await owe({ id: "unread" });
  let batches = 0;
  const failing = new Proxy(DB, {
    get: (db, name) => {
      if (name === "batch" && ++batches === 2) return () => Promise.reject(new Error("gone"));
      const value = Reflect.get(db, name) as unknown;
      return typeof value === "function" ? (value.bind(db) as unknown) : value;
    },
  });
  await expect(deliverDue(deps(NOW, failing), recorder(), "email", 10)).rejects.toThrow("gone");
  expect(await stored("unread")).toMatchObject({ status: "pending", attempts: 0, next_attempt_at: NOW });
});

describe("a message that fails", () => {
  test("is tried for about a day, ever more rarely, then given up loudly", async () => {
    await owe(event("dies"));
    const post = recorder(() => refuse());
    let now = NOW;
    const gaps: number[] = [];
    for (let tries = 0; tries < 20; tries++) {
      await deliverDue(deps(now), post, "webhook", 10);
      const row = await stored("dies");
      if (row.status !== "pending") break;
      gaps.push(row.next_attempt_at - now);
      now = row.next_attempt_at;
    }
    expect(await stored("dies")).toMatchObject({ status: "dead", attempts: 10, last_error: "HTTP 500" });
    expect(post.hooks.map((hook) => hook.id)).toEqual(Array.from({ length: 10 }, () => "dies"));
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect((now - NOW) / HOUR).toBeGreaterThan(18);
    expect((now - NOW) / HOUR).toBeLessThan(28);
    const { results } = await DB.prepare(
      "SELECT data FROM events WHERE type = 'delivery.dead' AND data ->> 'delivery' = 'dies'",
    ).all<{ data: string }>();
    expect(results.map((row) => JSON.parse(row.data) as unknown)).toEqual([
      {
        delivery: "dies",
        kind: "event",
        channel: "webhook",
        recipient: "notification:ops",
        attempts: 10,
        error: "HTTP 500",
      },
    ]);
  });

  test("waits as long as the receiver asks", async () => {
    await owe(event("asked"));
    await deliverDue(
      deps(),
      recorder(() => refuse({ retryAfterMs: 600_000 })),
      "webhook",
      10,
    );
    expect(await stored("asked")).toMatchObject({ status: "pending", next_attempt_at: NOW + 600_000 });
  });

  test("and can't succeed is given up at once", async () => {
    await owe(event("gone"));
    await deliverDue(
      deps(),
      recorder(() => refuse({ retry: false, error: "HTTP 410" })),
      "webhook",
      10,
    );
    expect(await stored("gone")).toMatchObject({ status: "dead", attempts: 1, last_error: "HTTP 410" });
  });

  test("doesn't drag down the others, and a receiver that is down isn't hammered", async () => {
    await owe(
      ...Array.from({ length: 40 }, (_, n) => event(`down${n}`)),
      event("fine", "notification:other"),
    );
    const post = recorder((hook) => (hook.id === "fine" ? { ok: true } : refuse({ down: true })));
    expect(await deliverDue(deps(), post, "webhook", 100)).toMatchObject({ sent: 1, failed: 40 });
    expect(post.hooks.length).toBeLessThan(10);
  });

  test("for want of anybody to hear it is given up with the reason", async () => {
    await owe({ id: "ghost", recipient: "person:ghost" });
    await deliverDue(deps(), recorder(), "email", 10);
    expect(await stored("ghost")).toMatchObject({
      status: "dead",
      last_error: "ghost is not an active person",
    });
  });
});
