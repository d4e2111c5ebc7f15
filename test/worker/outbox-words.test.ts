/** What messages say once they go out, and who hears of those that don't. */
import { describe, expect, test } from "vitest";
import { deliverDue } from "../../worker/flows/deliver.ts";
import {
  DB,
  deps,
  event,
  leadWithoutDebts,
  NOW,
  owe,
  recorder,
  refuse,
  stored,
  useOutbox,
} from "./support/outbox.ts";

const HOUR = 3_600_000;

useOutbox();

describe("operators", () => {
  const alerts = async () =>
    (
      await DB.prepare("SELECT id, recipient, data FROM outbox WHERE kind = 'ops.alert'").all<{
        id: string;
        recipient: string;
        data: string;
      }>()
    ).results;

  test("hear of what was given up, once an hour for each receiver", async () => {
    await owe(...Array.from({ length: 5 }, (_, n) => event(`a${n}`)), event("b", "notification:other"));
    const dead = recorder(() => refuse({ retry: false }));
    await deliverDue(deps(), dead, "webhook", 3);
    await deliverDue(deps(), dead, "webhook", 3);
    expect((await alerts()).map((row) => row.recipient)).toEqual(["operators", "operators"]);
    const post = recorder();
    await deliverDue(deps(), post, "email", 10);
    const told = post.mails.filter((mail) => mail.id.startsWith("alert."));
    expect(told.map((mail) => mail.to[0]?.email)).toEqual(["last@acme.example", "last@acme.example"]);
    expect(told[0]?.text).toContain("ops");
    await owe({ ...event("c"), at: NOW + HOUR });
    await deliverDue(deps(NOW + HOUR), dead, "webhook", 3);
    expect(await alerts()).toHaveLength(3);
  });

  test("hear early of what doesn't get through", async () => {
    await owe({ ...event("slow"), attempts: 4 });
    await deliverDue(
      deps(),
      recorder(() => refuse()),
      "webhook",
      10,
    );
    expect((await alerts()).map((row) => (JSON.parse(row.data) as { title: string }).title)).toEqual([
      "Messages don't get through: the webhook notification “ops”",
    ]);
  });

  test("subscribers to delivery.dead hear, except the one that is the trouble", async () => {
    await owe(event("x"), event("y", "notification:other"));
    await deliverDue(
      deps(),
      recorder(() => refuse({ retry: false })),
      "webhook",
      10,
    );
    const { results } = await DB.prepare(
      "SELECT recipient, id FROM outbox WHERE data ->> 'type' = 'delivery.dead' ORDER BY id",
    ).all();
    expect(results.map((row) => row["recipient"])).toEqual([
      "notification:desk",
      "notification:desk",
      "notification:ops",
    ]);
  });

  test("an alert that can't be delivered never makes another", async () => {
    await owe(event("z"));
    const dead = recorder(() => refuse({ retry: false }));
    await deliverDue(deps(), dead, "webhook", 10);
    const before = await alerts();
    for (let n = 0; n < 3; n++) {
      await deliverDue(deps(), dead, "email", 10);
      await deliverDue(deps(), dead, "webhook", 10);
    }
    expect(await alerts()).toEqual(before);
    const { results } = await DB.prepare("SELECT status FROM outbox WHERE status <> 'dead'").all();
    expect(results).toEqual([]);
  });
});

describe("what a lead's messages say", () => {
  test("follows the lead as it is now, and what was overtaken is dropped", async () => {
    const leadId = await leadWithoutDebts();
    const { owner } = (await DB.prepare("SELECT owner_id AS owner FROM leads WHERE id = ?1")
      .bind(leadId)
      .first<{ owner: string }>())!;
    await owe(
      { id: "assigned", kind: "lead.assigned", leadId, seq: 1, recipient: "owner" },
      { id: "warning", kind: "sla.warning", leadId, seq: 0, recipient: "owner" },
      { id: "breached", kind: "sla.breached", leadId, seq: 1, recipient: "manager", data: { owner } },
      { id: "nobody", kind: "lead.assigned", leadId: "ld_gone", seq: 1, recipient: "owner" },
      { id: "ack", kind: "visitor.acknowledged", leadId, seq: 1, recipient: "visitor" },
    );
    const post = recorder();
    expect(await deliverDue(deps(), post, "email", 10)).toMatchObject({ sent: 3, obsolete: 2, dead: 0 });
    expect(await stored("warning")).toMatchObject({
      status: "obsolete",
      last_error: "obsolete: the lead has moved on to somebody else",
    });
    expect(await stored("nobody")).toMatchObject({
      status: "obsolete",
      last_error: "obsolete: the lead is gone",
    });
    const by = new Map(post.mails.map((mail) => [mail.id, mail]));
    expect(by.get("assigned")?.to[0]?.email).toBe(`${owner}@acme.example`);
    expect(by.get("breached")?.to[0]?.email).toBe("mia@acme.example");
    expect(by.get("ack")?.replyTo?.email).toBe(`${owner}@acme.example`);
    const receipt = await DB.prepare(
      "SELECT receipt, acknowledgement ->> 'message' AS said FROM submissions WHERE id = ?1",
    )
      .bind(leadId)
      .first<{ receipt: string; said: string }>();
    expect(by.get("ack")?.text).toContain(`/receipt/${receipt?.receipt}`);
    expect(by.get("ack")?.text).toContain(receipt?.said);
  });

  test("a sign-in link isn't kept once it is out, and is kept while it waits", async () => {
    const link = {
      kind: "signin.link",
      recipient: "address:mia@acme.example",
      data: { url: "https://leads.acme.example/in?t=secret" },
    };
    await owe({ id: "in1", ...link }, { id: "in2", ...link });
    const post = recorder((mail) => (mail.id === "in1" ? { ok: true } : refuse()));
    await deliverDue(deps(), post, "email", 10);
    expect((await stored("in1")).data).toBe("{}");
    expect((await stored("in2")).data).toContain("secret");
    await deliverDue(deps(NOW + HOUR), post, "email", 10);
    expect(await stored("in2")).toMatchObject({ status: "obsolete", data: "{}" });
  });
});
