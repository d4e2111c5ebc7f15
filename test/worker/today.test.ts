/** Today's figures and the lists behind them count the same leads, by the workspace's day. */
import { expect, test, vi } from "vitest";
import type { Board } from "../../schema/wire/board.ts";
import type { LeadSummary } from "../../schema/wire/lead.ts";
import { call, document, publish } from "./support/workspace.ts";

const KEY = { authorization: "Bearer lc_test" };
/** 00:30 in Auckland, where the day has just begun; still yesterday in UTC. */
const NOW = Date.parse("2037-11-24T11:30:00.000Z");

const capture = async (n: number): Promise<string> => {
  const body = { submissionId: `today-${n}`, source: "test", fields: { email: `v${n}@firm${n}.example` } };
  const answer = await call<{ leadId: string }>("POST", "/v1/leads", body, KEY);
  return answer.body.leadId;
};

const listed = async (today: string): Promise<string[]> => {
  const { body } = await call<{ leads: LeadSummary[] }>("GET", `/v1/leads?today=${today}`, undefined, KEY);
  return body.leads.map(({ id }) => id).sort();
};

test("each figure leads to exactly the leads it counts", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW - 3_600_000 });
  try {
    await publish(document({ workspace: { name: "Acme", timezone: "Pacific/Auckland" } }));
    await capture(1);
    vi.setSystemTime(NOW);
    const [waiting, touched] = [await capture(2), await capture(3)];
    const touch = { channel: "email", direction: "outbound", personal: true, outcome: "sent" };
    vi.setSystemTime(NOW + 5_000);
    expect((await call("POST", `/v1/leads/${touched}/touches`, touch, KEY)).status).toBe(201);

    const { body } = await call<Board>("GET", "/v1/board", undefined, KEY);
    expect(body.today).toMatchObject({ captured: 2, touched: 1, breached: 0, reassigned: 0 });
    expect(await listed("captured")).toEqual([waiting, touched].sort());
    expect(await listed("touched")).toEqual([touched]);
    expect(await listed("breached")).toEqual([]);
    expect(await listed("reassigned")).toEqual([]);
    // The nearest rank of 5 s and 60 s, as reports have it; the mean of the two would be neither.
    vi.setSystemTime(NOW + 60_000);
    await call("POST", `/v1/leads/${waiting}/touches`, touch, KEY);
    const later = await call<Board>("GET", "/v1/board", undefined, KEY);
    expect(later.body.today.medianSpeedToLeadSeconds).toBe(5);
    const { status } = await call("GET", "/v1/leads?today=lost", undefined, KEY);
    expect(status).toBe(422);
  } finally {
    vi.useRealTimers();
  }
});
