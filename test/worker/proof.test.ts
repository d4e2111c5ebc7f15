/** What verification says can be seen happening: its counterexamples, put to the dry run as they are. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { call, document, person, publish, testEnv } from "./support/workspace.ts";

interface Finding {
  code: string;
  severity: string;
  pointer: string;
  message: string;
  rules?: string[];
  counterexample?: { leads: object[]; at: string; absent?: string[]; path: string[] };
}
interface Verification {
  errors: Finding[];
  warnings: Finding[];
  notes: Finding[];
  undecided: object[];
  stats: { branches: number; proved: number } | null;
}
interface Result {
  decision: { ruleId: string | null; owner: { id: string } | null; reason: string } | null;
}

const DAY: [string, string][] = [["09:00", "17:00"]];
const WEEK = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY };

/** One rep in office hours; two rules of which the second is never reached. */
const draft = () =>
  document({
    people: [
      person("mia", { role: "manager" }),
      person("ben", { manager: "mia" }),
      person("last", { role: "manager" }),
    ],
    calendars: [{ id: "office", timezone: "UTC", hours: WEEK }],
    teams: [{ id: "smb", name: "SMB", calendar: "office", manager: "mia", members: [{ person: "ben" }] }],
    routing: {
      rules: [
        {
          id: "customers",
          when: { field: "account.employees", op: "gte", value: 100 },
          to: { person: "mia" },
        },
        { id: "large", when: { field: "account.employees", op: "gt", value: 200 }, to: { team: "smb" } },
        { id: "rest", to: { team: "smb" } },
      ],
      default: ["last"],
      defaultSla: "standard",
    },
  });

const verify = async (): Promise<Verification> => {
  const { body } = await call<{ verification: Verification }>("PUT", "/v1/config?dryRun=1", draft());
  return body.verification;
};

const finding = (found: Verification, code: string, pointer?: string): Finding => {
  const one = found.warnings.find(
    (each) => each.code === code && (pointer === undefined || each.pointer === pointer),
  );
  if (!one) throw new Error(`${code} is missing: ${JSON.stringify(found.warnings)}`);
  return one;
};

const NOW = Date.parse("2037-11-23T10:00:00Z");

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  await publish(document());
  return () => vi.useRealTimers();
});

const decided = async (question: object): Promise<Result["decision"]> => {
  const { status, body } = await call<{ results: Result[] }>("POST", "/v1/route", question);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.results[0]?.decision ?? null;
};

describe("a counterexample", () => {
  test("of an absence is seen with the draft, and not while everybody is there", async () => {
    const { counterexample, rules } = finding(await verify(), "single_point_of_failure", "/people/1");
    expect(rules).toEqual(["rest"]);
    expect(counterexample?.absent).toEqual(["ben"]);
    expect(await decided({ ...counterexample, document: draft() })).toMatchObject({
      ruleId: "rest",
      owner: { id: "last" },
      reason: "last resort",
    });
    const present = await decided({ ...counterexample, absent: [], document: draft() });
    expect(present?.owner?.id).toBe("ben");
  });

  test("of a rule that is never reached goes where the finding says", async () => {
    const { counterexample, rules, message } = finding(await verify(), "unreachable");
    expect(rules).toEqual(["large", "customers"]);
    expect(message).toContain('"customers" before it takes every lead');
    expect((await decided({ ...counterexample, document: draft() }))?.ruleId).toBe("customers");
  });

  test("assumes what the CRM knows, whatever it does know", async () => {
    const account = { id: "n1", name: "Northwind", domain: "northwind.example", employees: 5 };
    const { status } = await call("PUT", "/v1/accounts", `${JSON.stringify(account)}\n`, {
      authorization: "Bearer lc_test",
      "content-type": "application/x-ndjson",
    });
    expect(status).toBe(200);
    const { counterexample } = finding(await verify(), "unreachable");
    expect((await decided({ ...counterexample, document: draft() }))?.ruleId).toBe("customers");
  });
});

test("every branch is proved never to end with nobody", async () => {
  const { errors, undecided, stats } = await verify();
  expect({ errors, undecided }).toEqual({ errors: [], undecided: [] });
  expect(stats).toMatchObject({ branches: 2, proved: 2 });
});

test("with everybody deactivated a lead that ends with nobody is shown, and nothing is published", async () => {
  for (const id of ["mia", "ben", "last"])
    await testEnv.DB.prepare(
      "INSERT INTO people_state (person_id, deactivated_at, updated_at) VALUES (?, ?, ?)",
    )
      .bind(id, NOW, NOW)
      .run();
  const { status, body } = await call<{ verification: Verification }>("PUT", "/v1/config", draft());
  expect(status).toBe(422);
  const nobody = body.verification.errors.find(({ code }) => code === "nobody");
  expect(nobody?.rules).toEqual(["customers", "rest"]);
  const counterexample = nobody?.counterexample;
  expect(await decided({ ...counterexample, document: draft() })).toBeNull();
  await testEnv.DB.prepare("DELETE FROM people_state").run();
});

describe("a draft in the question", () => {
  test("decides in place of the document in force", async () => {
    const lead = { email: "kim@northwind.example" };
    const question = { leads: [lead], at: "2037-11-23T10:00:00Z" };
    expect((await decided({ ...question, document: draft() }))?.owner?.id).toBe("ben");
    expect((await decided({ ...question, document: draft(), absent: ["ben"] }))?.owner?.id).toBe("mia");
  });

  test("with errors is refused with their places", async () => {
    const broken = { ...draft(), routing: { ...draft().routing, default: ["nobody"] } };
    const { status, body } = await call<{ errors: { pointer: string }[] }>("POST", "/v1/route", {
      leads: [],
      document: broken,
    });
    expect(status).toBe(422);
    expect(body.errors[0]?.pointer).toBe("/document/routing/default/0");
  });
});
