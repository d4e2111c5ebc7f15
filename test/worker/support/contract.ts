/** The specification's own document in force, accounts to match, and a Monday morning to check the contract on. */
import { expect, vi } from "vitest";
import type { Lead } from "../../../schema/wire/lead.ts";
import example from "../../cases/config-example.json" with { type: "json" };
import { JSON_TYPE, KEY, post, send, type Raw } from "./hostile.ts";
import { testEnv, type Captured } from "./workspace.ts";

/** Monday, ten in the morning in New York. */
export const MONDAY_10 = "2037-11-23T15:00:00.000Z";
export const at = (iso: string): void => {
  vi.setSystemTime(Date.parse(iso));
};
export const after = (iso: string, minutes: number): string =>
  new Date(Date.parse(iso) + minutes * 60_000).toISOString();

export const get = (path: string): Promise<Raw> => send("GET", path, null, KEY);
export const put = (path: string, body: unknown): Promise<Raw> =>
  send("PUT", path, JSON.stringify(body), { ...JSON_TYPE, ...KEY });
const upload = (kind: string, lines: object[]): Promise<Raw> =>
  send("PUT", `/v1/${kind}`, lines.map((line) => JSON.stringify(line)).join("\n"), {
    "content-type": "application/x-ndjson",
    ...KEY,
  });

let made = 0;
export const fresh = (fields: Record<string, unknown>) => ({ submissionId: `c-${++made}`, fields });
export const submit = async (fields: Record<string, unknown>): Promise<Captured> => {
  const answer = await post("/v1/forms/demo/submissions", fresh(fields), {});
  expect(answer.status, answer.text).toBe(201);
  return answer.json as unknown as Captured;
};
export const leadOf = async (id: string): Promise<Lead> =>
  (await get(`/v1/leads/${id}`)).json as unknown as Lead;

/** Earlier tests filled hands, and people of the same company stay with their owner: everybody starts afresh. */
export const emptyHands = () =>
  testEnv.DB.prepare(
    "UPDATE leads SET status = 'disqualified', open = 0, generation = generation + 1, email_norm = email_norm || id, corporate_domain = NULL WHERE open = 1",
  ).run();

const ACCOUNTS = [
  { id: "A1", name: "Globex", domain: "globex.example", owner: "ana@acme.example" },
  { id: "A2", name: "Initech", domain: "initech.example", owner: "1201" },
  { id: "A3", name: "Hooli", domain: "hooli.example", owner: "somebody-who-left@acme.example" },
  {
    id: "A4",
    name: "Umbrella",
    domain: "umbrella.example",
    owner: "ana@acme.example",
    csm: "ben@acme.example",
    lifecycle: "customer",
  },
  { id: "A5", name: "Stark", domain: "stark.example", owner: "ana@acme.example", lifecycle: "customer" },
  { id: "A6", name: "Wayne", domain: "wayne.example", owner: "ana@acme.example" },
];

export const publishExample = async (): Promise<void> => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(MONDAY_10) });
  const published = await put("/v1/config", example);
  expect(published.json).toMatchObject({ version: 1, verification: { errors: [] } });
  expect(await upload("accounts", ACCOUNTS)).toMatchObject({
    status: 200,
    json: { received: 6, upserted: 6, rejected: [] },
  });
  expect(await upload("contacts", [{ id: "C1", email: "known@gmail.com", accountId: "A2" }])).toMatchObject({
    json: { upserted: 1 },
  });
  expect(
    await upload("opportunities", [
      { id: "O1", accountId: "A6", open: true, owner: "ben@acme.example", stage: "proposal" },
    ]),
  ).toMatchObject({ json: { upserted: 1 } });
};
