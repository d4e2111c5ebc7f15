/** The dispatcher and the API over it: kicked, it drains; what failed can be sent again. */
import { runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, test } from "vitest";
import type { Dispatcher } from "../../worker/durable/dispatcher.ts";
import { DB, owe, stored } from "./support/outbox.ts";
import { call, document, publish, testEnv } from "./support/workspace.ts";

beforeAll(async () => {
  await publish(
    document({
      workspace: { name: "Acme", timezone: "UTC", mailFrom: "leads@acme.example" },
      notifications: [
        { id: "local", channel: "webhook", url: "http://127.0.0.1:9/hook", events: ["*"] },
        { id: "inner", channel: "webhook", url: "https://10.1.2.3/hook", events: ["*"] },
      ],
    }),
  );
});

const main = () => testEnv.DISPATCHER.getByName("main");
const status = async (id: string): Promise<string> => (await stored(id)).status;

describe("the dispatcher", () => {
  test("drains what is owed, and comes back for what failed", async () => {
    const at = Date.now();
    const hook = { kind: "event", channel: "webhook", data: { type: "person.suspended", at, data: {} }, at };
    await owe(
      { id: "d1", at },
      { id: "d2", at },
      { id: "h1", recipient: "notification:local", ...hook },
      { id: "h2", recipient: "notification:inner", ...hook },
    );
    await Promise.all(Array.from({ length: 20 }, () => main().kick()));
    await expect.poll(() => status("d1")).toBe("sent");
    await expect.poll(() => status("d2")).toBe("sent");
    await expect.poll(() => status("h2")).toBe("dead");
    await expect.poll(async () => (await stored("h1")).attempts).toBe(1);
    await expect.poll(() => status("h1")).toBe("pending");
    const alarm = () => runInDurableObject(main(), (_: Dispatcher, state) => state.storage.getAlarm());
    // The publication's own message to the same receiver failed too, and may be due a moment before.
    const early = async () => (await stored("h1")).next_attempt_at - ((await alarm()) ?? Infinity);
    await expect.poll(async () => (await early()) >= 0 && (await early()) < 10_000).toBe(true);
  });

  test("two of them share the work", async () => {
    const at = Date.now();
    await owe(...Array.from({ length: 300 }, (_, n) => ({ id: `s${n}`, at })));
    await Promise.all([main().kick(), testEnv.DISPATCHER.getByName("other").kick()]);
    await expect
      .poll(
        async () =>
          (
            await DB.prepare(
              "SELECT count(*) AS n FROM outbox WHERE id LIKE 's%' AND status = 'sent' AND attempts = 1",
            ).first<{ n: number }>()
          )?.n,
        { timeout: 10_000 },
      )
      .toBe(300);
  });

  test("hears a kick that comes while it works", async () => {
    await owe({ id: "k1", at: Date.now() });
    await main().kick();
    await owe({ id: "k2", at: Date.now() });
    await main().kick();
    await expect.poll(() => status("k2")).toBe("sent");
  });
});

test("a database that fails is tried again, and nothing is thrown at the platform", async () => {
  const lost = testEnv.DISPATCHER.getByName("lost");
  await runInDurableObject(lost, async (instance: Dispatcher, state) => {
    const broken = {
      batch: () => Promise.reject(new Error("D1 is away")),
      prepare: () => ({ bind: () => null }),
    };
    Object.defineProperty(instance, "env", { value: { ...testEnv, DB: broken } });
    const before = Date.now();
    await instance.alarm();
    const first = (await state.storage.getAlarm()) ?? 0;
    expect(first - before).toBeGreaterThanOrEqual(1_000);
    await instance.kick();
    expect(await state.storage.getAlarm()).toBe(first);
    await instance.alarm();
    expect(((await state.storage.getAlarm()) ?? 0) - first).toBeGreaterThan(3_000);
    await state.storage.deleteAlarm();
  });
});

interface Page {
  deliveries: {
    id: string;
    status: string;
    recipient: string;
    nextAttemptAt: string | null;
    sentAt: string | null;
  }[];
  next: string | null;
}

describe("GET /v1/deliveries", () => {
  test("lists newest first, by status, a page at a time", async () => {
    await owe(...["p1", "p2", "p3"].map((id) => ({ id, at: Date.now() + 3_600_000 })));
    const first = await call<Page>("GET", "/v1/deliveries?status=pending&limit=2");
    expect(first.status).toBe(200);
    expect(first.body.deliveries.map((row) => row.id)).toEqual(["p3", "p2"]);
    expect(first.body.deliveries[0]).toMatchObject({
      status: "pending",
      recipient: "person:mia",
      sentAt: null,
    });
    const second = await call<Page>("GET", `/v1/deliveries?status=pending&limit=2&after=${first.body.next}`);
    expect(second.body.deliveries.map((row) => row.id).slice(0, 1)).toEqual(["p1"]);
    const dead = await call<Page>("GET", "/v1/deliveries?status=dead");
    expect(dead.body.deliveries.map((row) => row.id)).toEqual(["h2"]);
    expect(dead.body.deliveries[0]?.nextAttemptAt).toBeNull();
    expect((await call("GET", "/v1/deliveries?status=lost")).status).toBe(422);
    expect((await call("GET", "/v1/deliveries", undefined, {})).status).toBe(401);
  });
});

describe("POST /v1/deliveries/{id}/retry", () => {
  test("starts over under the same id", async () => {
    const { status: code, body } = await call("POST", "/v1/deliveries/h2/retry", {});
    expect(code).toBe(202);
    expect(body).toMatchObject({ id: "h2", status: "pending" });
    await expect.poll(async () => (await stored("h2")).attempts).toBe(1);
    await expect.poll(() => status("h2")).toBe("dead");
  });

  test.each([
    ["d1", 409],
    ["nothing", 404],
  ])("%s: %i", async (id, expected) => {
    expect((await call("POST", `/v1/deliveries/${id}/retry`, {})).status).toBe(expected);
  });
});
