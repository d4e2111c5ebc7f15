/** What a data provider says later: kept, taken into the lead, and followed while nobody has acted. */
import { beforeEach, describe, expect, test } from "vitest";
import type { CompanyDirectory, Lookup } from "../../worker/outbound/directory.ts";
import { deliverDue } from "../../worker/flows/deliver.ts";
import { lookUp } from "../../worker/flows/company.ts";
import { depsFor } from "../../worker/ports.ts";
import { call, capture, document, publish, submission, testEnv } from "./support/workspace.ts";
import { recorder } from "./support/outbox.ts";

interface LeadView {
  owner: { id: string } | null;
  account: { id: string } | null;
  reassignments: number;
  promiseAt: string | null;
  routing: { ruleId: string | null };
  timeline: { type: string; data: Record<string, unknown> }[];
}

const lead = async (id: string): Promise<LeadView> => (await call<LeadView>("GET", `/v1/leads/${id}`)).body;

const base = document();
const withProvider = {
  ...base,
  routing: {
    ...base.routing,
    rules: [
      {
        id: "large",
        when: { field: "company.employees", op: "gte" as const, value: 1000 },
        to: { person: "mia" },
      },
      { id: "rest", to: { team: "smb" } },
    ],
  },
  enrichment: { company: { provider: "people_data_labs" as const, secretRef: "PDL_API_KEY" } },
};

let asked: string[] = [];
const directory = (answer: Lookup): CompanyDirectory => ({
  find: (domain) => {
    asked.push(domain);
    return Promise.resolve(answer);
  },
});
const BIG = {
  kind: "found" as const,
  facts: { name: "Globex Robotics", employees: 5000, industry: "machinery", country: "DE", city: null },
} satisfies Lookup;

const deliver = (answer: Lookup) => {
  const deps = depsFor(testEnv, () => undefined);
  const post = {
    ...recorder(),
    lookUp: (row: Parameters<typeof lookUp>[2]) => lookUp(deps, () => directory(answer), row),
  };
  return deliverDue(deps, post, "lookup", 50);
};

let n = 0;
const ask = async (fields: Record<string, unknown> = {}) => {
  const domain = `globex${++n}.example`;
  const { body } = await capture(submission({ email: `visitor@${domain}`, ...fields }));
  return { id: body.leadId, domain, promiseAt: body.acknowledgement.promiseAt };
};

beforeEach(async () => {
  await publish(withProvider);
  asked = [];
});

describe("a company nobody has asked about", () => {
  test("is looked up after the answer; the lead moves to whom its rule now says, its promise stays", async () => {
    const { id, domain, promiseAt } = await ask();
    const before = await lead(id);
    expect(before.routing.ruleId).toBe("rest");
    expect(asked).toEqual([]);
    expect(await deliver(BIG)).toMatchObject({ claimed: 1, sent: 1 });
    expect(asked).toEqual([domain]);
    const after = await lead(id);
    expect(after).toMatchObject({
      owner: { id: "mia" },
      routing: { ruleId: "large" },
      promiseAt,
      reassignments: 1,
    });
    expect(after.timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["lead.enriched", "lead.rerouted"]),
    );
    const owed = await testEnv.DB.prepare(
      "SELECT kind, recipient FROM outbox WHERE lead_id = ?1 AND kind LIKE 'lead.%'",
    )
      .bind(id)
      .all();
    expect(owed.results).toEqual(expect.arrayContaining([{ kind: "lead.taken", recipient: "previous" }]));
  });

  test("is asked about once: the next lead from there has it at capture", async () => {
    const { id, domain } = await ask();
    await deliver(BIG);
    // While it is open, its owner would have the colleague's lead too.
    await call("POST", `/v1/leads/${id}/disposition`, { code: "won", nextStep: "x" });
    const { body } = await capture(submission({ email: `second@${domain}` }));
    expect((await lead(body.leadId)).routing.ruleId).toBe("large");
    await deliver(BIG);
    expect(asked).toEqual([domain]);
  });

  test("that the provider doesn't know isn't asked about again either", async () => {
    const { id, domain } = await ask();
    await deliver({ kind: "unknown" });
    expect((await lead(id)).timeline.map(({ type }) => type)).not.toContain("lead.enriched");
    await capture(submission({ email: `second@${domain}` }));
    expect(await deliver(BIG)).toMatchObject({ claimed: 0 });
  });
});

describe("late facts", () => {
  test("leave a lead alone that somebody has touched or moved, and are told all the same", async () => {
    const touched = await ask();
    const owner = (await lead(touched.id)).owner?.id;
    await call("POST", `/v1/leads/${touched.id}/touches`, {
      channel: "call",
      direction: "outbound",
      personal: true,
      by: owner,
      outcome: "reached",
    });
    const moved = await ask();
    await call("POST", `/v1/leads/${moved.id}/reassign`, { to: "cleo", reason: "knows them" });
    const before = (await lead(moved.id)).owner?.id;
    await deliver(BIG);
    expect((await lead(touched.id)).owner?.id).toBe(owner);
    expect((await lead(moved.id)).owner?.id).toBe(before);
    expect((await lead(touched.id)).timeline.map(({ type }) => type)).toContain("lead.enriched");
  });

  test("that change nothing for its owner move nobody", async () => {
    const { id } = await ask();
    const before = await lead(id);
    await deliver({ ...BIG, facts: { ...BIG.facts, employees: 12 } });
    expect(await lead(id)).toMatchObject({ owner: before.owner, reassignments: 0 });
  });

  test("name the company, and find the account that the lead's own words didn't", async () => {
    await call(
      "PUT",
      "/v1/accounts",
      '{"id":"acc1","name":"Globex Robotics GmbH","domain":"globex-group.example","owner":"cleo"}',
      {
        authorization: "Bearer lc_test",
        "content-type": "application/x-ndjson",
      },
    );
    const { id } = await ask({ company: "" });
    expect((await lead(id)).account).toBeNull();
    await deliver(BIG);
    expect((await lead(id)).account?.id).toBe("acc1");
  });

  test("of a provider that fails are asked for again later, and nobody waits", async () => {
    const { id } = await ask();
    const failed = await deliver({
      kind: "failed",
      retry: true,
      error: "people_data_labs: answered 503",
      down: true,
    });
    expect(failed).toMatchObject({ claimed: 1, failed: 1 });
    expect((await lead(id)).owner).not.toBeNull();
  });
});

test("without a provider in the document nothing is owed", async () => {
  await publish(document());
  const { id } = await ask();
  const owed = await testEnv.DB.prepare(
    "SELECT count(*) AS n FROM outbox WHERE lead_id = ?1 AND channel = 'lookup'",
  )
    .bind(id)
    .first();
  expect(owed).toEqual({ n: 0 });
});
