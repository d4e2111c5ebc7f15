/** Safety nets say what they caught and let go; digests tell it to each reader once, in the morning. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import { configDocument } from "../../schema/config/document.ts";
import { NET_LABELS } from "../../schema/reports.ts";
import type { Board } from "../../schema/wire/board.ts";
import type { LeadSummary } from "../../schema/wire/lead.ts";
import { compileConfig } from "../../worker/domain/config/compiled.ts";
import type { Deps } from "../../worker/flows/deps.ts";
import { epochDay } from "../../worker/domain/calendar/local.ts";
import type { DigestSection } from "../../worker/flows/digest-sections.ts";
import { sendDigests } from "../../worker/flows/digests.ts";
import { rollUp } from "../../worker/flows/rollup.ts";
import { watchNets } from "../../worker/flows/nets.ts";
import { nets } from "../../worker/flows/reports/nets.ts";
import { event } from "./support/history.ts";
import { deps, get, TO, useHistory } from "./support/rolled.ts";
import { document, rows, testEnv } from "./support/workspace.ts";

const DAY = 86_400_000;

beforeAll(useHistory, 120_000);

describe("safety nets", () => {
  test("count a catch on the day it was where the workspace is", async () => {
    const at = Date.parse("2037-10-01T18:45:00.000Z");
    const catches = [at - 30 * 60_000, at].map((caughtAt, n) =>
      testEnv.DB.prepare(
        "INSERT INTO net_catches (net, subject, caught_at, released_at) VALUES ('idle', ?1, ?2, ?2 + 1)",
      ).bind(`half-past-${n}`, caughtAt),
    );
    await testEnv.DB.batch(catches);
    const config = document({ workspace: { name: "Acme", timezone: "Asia/Kolkata" } });
    const from = epochDay("2037-10-01") ?? 0;
    const { series } = await nets({
      deps,
      compiled: compileConfig(configDocument.parse(config), 1),
      range: { from, to: from + 1 },
      group: null,
      filters: {},
      now: TO,
      currency: "",
    });
    await testEnv.DB.prepare("DELETE FROM net_catches WHERE subject LIKE 'half-past-%'").run();
    expect(series?.rows.map(({ key, values }) => [key, values["idle"]])).toEqual([
      ["2037-10-01", 1],
      ["2037-10-02", 1],
    ]);
  });

  test("as the board counts them they can be listed, under one name everywhere", async () => {
    const { body: board } = await get<Board>("/v1/board");
    expect(Object.fromEntries(board.nets.map(({ net, label }) => [net, label]))).toEqual(NET_LABELS);
    for (const { net, count } of board.nets.filter((each) => each.net !== "undelivered")) {
      const { status, body } = await get<{ leads: LeadSummary[] }>(`/v1/leads?limit=200&net=${net}`);
      expect([net, status, body.leads?.length]).toEqual([net, 200, count]);
    }
  });

  test("look for how long nobody has had a lead, not for how long it has been there", async () => {
    const intoQueue = async (leadId: string, minutesAgo: number, seq = 2) => {
      await testEnv.DB.batch([
        testEnv.DB.prepare(
          `INSERT INTO assignments (lead_id, seq, queue_id, at, cause, policy_version, config_seen, people_seen, chosen, considered, trace)
           SELECT ?1, ?3, 'qualification', ?2, 'bounce', 1, config, people, '{}', '[]', '[]' FROM revisions`,
        ).bind(leadId, TO - minutesAgo * 60_000, seq),
        testEnv.DB.prepare(
          `UPDATE leads SET owner_id = NULL, queue_id = 'qualification', steward_id = 'mia', assignment_seq = ?2,
             generation = generation + 1 WHERE id = ?1`,
        ).bind(leadId, seq),
      ]);
    };
    const [just, long, never] = (await rows<{ id: string }>(
      "SELECT id FROM leads WHERE open = 1 LIMIT 3",
    )) as [{ id: string }, { id: string }, { id: string }];
    await intoQueue(just.id, 30);
    await intoQueue(long.id, 61);
    // Another steward, or another queue, is still nobody.
    await intoQueue(long.id, 5, 3);
    // What can't be: nobody has it, and no assignment says since when.
    await testEnv.DB.prepare(
      "UPDATE leads SET owner_id = NULL, queue_id = 'qualification', steward_id = 'mia', generation = generation + 1 WHERE id = ?1",
    )
      .bind(never.id)
      .run();
    const { body } = await get<{ leads: LeadSummary[] }>("/v1/leads?net=unrouted");
    expect(body.leads.map(({ id }) => id).sort()).toEqual([long.id, never.id].sort());
  });

  test("note what they catch once, and let it go", async () => {
    const first = await watchNets(deps);
    expect(first).toMatchObject({
      idle: expect.any(Number) as number,
      clockless: expect.any(Number) as number,
    });
    expect(await watchNets(deps)).toEqual({});
    const { body } = await get("/v1/reports/safety-nets");
    const idle = body.rows.find(({ key }) => key === "idle")?.values;
    expect(idle).toMatchObject({ held: first.idle, caught: first.idle, released: 0 });
    const behind = async (count: string, net: string): Promise<number> => {
      const { body } = await get("/v1/reports/safety-nets");
      const measure = body.columns.find(({ key }) => key === count)?.measure ?? "";
      const row = body.rows.find(({ key }) => key === net);
      const counted = encodeURIComponent(`${measure}${row?.counted ?? ""}`);
      return (await get<{ leads: unknown[] }>(`/v1/leads?limit=200&counted=${counted}`)).body.leads.length;
    };
    expect([await behind("held", "idle"), await behind("caught", "idle")]).toEqual([first.idle, first.idle]);
    expect(body.rows.find(({ key }) => key === "undelivered")?.counted).toBeNull();
    const [caught] = await rows("SELECT subject FROM net_catches WHERE net = 'idle' LIMIT 1");
    await testEnv.DB.batch([event(String(caught?.["subject"]), TO, "lead.corrected", {}, "person:ben")]);
    await rollUp(deps, 60_000);
    vi.setSystemTime(TO + 60_000);
    await watchNets(deps);
    const after = await get("/v1/reports/safety-nets");
    expect(after.body.rows.find(({ key }) => key === "idle")?.values).toMatchObject({
      held: Number(first.idle) - 1,
      released: 1,
    });
    expect([await behind("released", "idle"), await behind("caught", "idle")]).toEqual([1, first.idle]);
    expect(
      await rows(
        "SELECT data ->> '$.net' AS net FROM events WHERE type = 'net.caught' AND data ->> '$.net' = 'idle'",
      ),
    ).toHaveLength(1);
    expect(TO + DAY).toBeGreaterThan(Date.now());
  });
});

test("a manager's digest is owed once for their day, however often the cron runs", async () => {
  vi.setSystemTime(Date.parse("2037-11-10T08:00:00.000Z"));
  const sending = { ...deps, announce: () => undefined } as unknown as Deps;
  expect(await sendDigests(sending)).toBe(2);
  expect(await sendDigests(sending)).toBe(0);
  vi.setSystemTime(Date.parse("2037-11-11T08:00:00.000Z"));
  // Of somebody who was deactivated there is nothing to tell; what a day couldn't tell the next one does.
  await testEnv.DB.prepare(
    "INSERT INTO people_state (person_id, deactivated_at, updated_at) VALUES ('last', 1, 1)",
  ).run();
  expect(await sendDigests(sending)).toBe(1);
  await testEnv.DB.prepare("DELETE FROM people_state WHERE person_id = 'last'").run();
  expect(await sendDigests(sending)).toBe(1);
  const owed = await rows("SELECT id, data FROM outbox WHERE kind = 'digest.morning' ORDER BY id");
  expect(owed.map(({ id }) => id)).toEqual([
    "digest.morning.last.2037-11-10",
    "digest.morning.last.2037-11-11",
    "digest.morning.mia.2037-11-10",
    "digest.morning.mia.2037-11-11",
  ]);
  expect(JSON.stringify(owed)).not.toContain("firm.example");
});

test("who waits for a first touch is told by who has it now, with the way to exactly those", async () => {
  const [waits] = await rows<{ id: string; owner: string; missed: string }>(
    `SELECT l.id, CASE l.owner_id WHEN 'ben' THEN 'cleo' ELSE 'ben' END AS owner, f.person AS missed FROM leads l
     JOIN report_leads f ON f.lead_id = l.id WHERE l.open = 1 AND l.first_touch_at IS NULL AND f.missed = 1 AND l.owner_id = f.person`,
  );
  const give = (owner: string | undefined) =>
    testEnv.DB.prepare("UPDATE leads SET owner_id = ?2, generation = generation + 1 WHERE id = ?1")
      .bind(waits?.id, owner)
      .run();
  await give(waits?.owner);
  vi.setSystemTime(Date.parse("2037-11-13T08:00:00.000Z"));
  await sendDigests({ ...deps, announce: () => undefined } as unknown as Deps);
  const [owed] = await rows("SELECT data FROM outbox WHERE id = 'digest.morning.last.2037-11-13'");
  const { sections } = JSON.parse(String(owed?.["data"])) as { sections: DigestSection[] };
  const lines = sections.find(({ title }) => title.startsWith("Waiting"))?.lines ?? [];
  const { body } = await get("/v1/reports/speed-to-lead?group=person");
  const listed = async (line: (typeof lines)[number]): Promise<string[]> => {
    const answer = await get<{ leads: LeadSummary[] }>(
      `${(line.path ?? "").replace("/board/leads", "/v1/leads")}&limit=200`,
    );
    return answer.body.leads.map(({ id }) => id);
  };
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    const leads = await listed(line);
    const label = line.label === "In queues" ? "Nobody" : line.label;
    expect([line.label, leads.length]).toEqual([line.label, Number(line.value)]);
    expect(body.rows.find((row) => row.label === label)?.values["backlog"]).toBe(leads.length);
    expect(leads.includes(waits?.id ?? "")).toBe(line.label.toLowerCase() === waits?.owner);
  }
  await give(waits?.missed);
});

test("the week's digest says who fell back, why and where the leads came from", async () => {
  const incident = (n: number, code: string, source: string) =>
    testEnv.DB.prepare(
      `INSERT INTO report_incidents (lead_id, n, kind, at, day, person, code, other, team, source, segment, form)
       VALUES ('x', ?1, 'fallback', 0, ?2, ?3, ?4, 'cleo', 'smb', ?5, '', '')`,
    ).bind(n, epochDay("2037-11-12"), code === "unavailable" ? "" : "ben", code, source);
  await testEnv.DB.batch([
    incident(0, "away", "paid_search"),
    incident(1, "away", "web"),
    incident(2, "breach", "web"),
    incident(3, "unavailable", "web"),
  ]);
  vi.setSystemTime(Date.parse("2037-11-16T08:00:00.000Z"));
  await sendDigests({ ...deps, announce: () => undefined } as unknown as Deps);
  const [owed] = await rows("SELECT data FROM outbox WHERE id = 'digest.weekly.mia.2037-11-16'");
  const { sections } = JSON.parse(String(owed?.["data"])) as { sections: DigestSection[] };
  const card = sections.find(({ title }) => title.startsWith("Scorecard"))?.lines ?? [];
  expect(card.filter(({ path }) => path).every(({ path }) => path?.startsWith("/board/leads?counted="))).toBe(
    true,
  );
  expect(card.length).toBeGreaterThan(3);
  const lines = sections.find(({ title }) => title.startsWith("Fallbacks"))?.lines;
  expect(lines).toMatchObject([
    { label: "Ben", value: "3 (2 away, 1 after a miss; Web 2, Paid search 1)" },
    { label: "The target wasn't there", value: "1 (1 target not available; Web 1)" },
  ]);
  await testEnv.DB.prepare("DELETE FROM report_incidents WHERE lead_id = 'x'").run();
});

test("a digest that can't be made keeps no other from its reader, and follows when it can", async () => {
  vi.setSystemTime(Date.parse("2037-11-18T08:00:00.000Z"));
  const sending = { ...deps, announce: () => undefined } as unknown as Deps;
  await testEnv.DB.prepare(
    `CREATE TRIGGER no_digest BEFORE INSERT ON outbox WHEN new.id LIKE 'digest.morning.mia.%' BEGIN SELECT raise(ABORT, 'no'); END`,
  ).run();
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(await sendDigests(sending)).toBe(1);
  expect(log).toHaveBeenCalledWith(expect.stringContaining("digest.morning.mia.2037-11-18"));
  log.mockRestore();
  await testEnv.DB.prepare("DROP TRIGGER no_digest").run();
  expect(await sendDigests(sending)).toBe(1);
  const [followed] = await rows(
    "SELECT data ->> '$.from' AS \"from\", data ->> '$.to' AS \"to\" FROM outbox WHERE id = 'digest.morning.mia.2037-11-18'",
  );
  expect(followed).toEqual({ from: "2037-11-16", to: "2037-11-17" });
});
