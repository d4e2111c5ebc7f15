/** Records as CRMs write them: names, types, what is refused and why; patches and merges. */
import { describe, expect, test } from "vitest";
import type { CrmKind } from "../../../schema/wire/crm.ts";
import { absorb } from "../../../worker/domain/crm/absorb.ts";
import { joinPatches, mergeRow, type Row } from "../../../worker/domain/crm/merge.ts";
import { readObject, recordReader, UnreadableUpload } from "../../../worker/domain/crm/reader.ts";
import type { Patch } from "../../../worker/domain/crm/records.ts";

const NOW = Date.parse("2026-11-22T09:00:00Z");

const read = (kind: CrmKind, value: unknown) => readObject(kind, 1, value);

const patchOf = (kind: CrmKind, value: unknown): Patch => {
  const found = read(kind, value);
  if ("error" in found) throw new Error(found.error);
  return found.patch;
};

const uploaded = (kind: CrmKind, format: "csv" | "ndjson", text: string) => {
  const reader = recordReader(kind, format);
  return [...reader.feed(new TextEncoder().encode(text)), ...reader.end()];
};

describe("accounts", () => {
  test("as the contract has them", () =>
    expect(
      patchOf("accounts", {
        id: "A1",
        name: "Acme Robotics",
        domain: "acme.example",
        domains: ["acme-robots.example"],
        parentId: "A0",
        owner: "ben",
        csm: "ana",
        country: "Germany",
        employees: 250,
        lifecycle: "customer",
        tier: { level: 1 },
      }),
    ).toEqual({
      id: "A1",
      set: {
        name: "Acme Robotics",
        domain: "acme.example",
        domains: '["acme-robots.example"]',
        parent_id: "A0",
        owner: "ben",
        country: "DE",
        employees: 250,
        lifecycle: "customer",
      },
      roles: { csm: "ana" },
      extra: { tier: { level: 1 } },
    }));

  test.each([
    ["www and scheme go", { domain: "https://www.Acme.example/about" }, { domain: "acme.example" }],
    [
      "several in one",
      { domain: "acme.example; acme.test" },
      { domain: "acme.example", domains: '["acme.test"]' },
    ],
    ["a list in text", { domains: "a.example|b.example" }, { domains: '["a.example","b.example"]' }],
    [
      "a website where there is no domain",
      { domain: "", Website: "acme.example" },
      { domain: "acme.example" },
    ],
    ["n/a", { domain: "N/A" }, { domain: null }],
    ["no host, kept", { domain: "acme" }, { domain: "acme" }],
    ["numbers in text", { employees: "1,250" }, { employees: 1250 }],
    ["an empty number", { employees: "" }, { employees: null }],
    ["its own parent", { parentId: "A1" }, { parent_id: null }],
    ["snake case", { parent_id: "A0" }, { parent_id: "A0" }],
    [
      "an owner's e-mail before a name",
      { "Account Owner": "Ben B", "Owner Email": "b@acme.example" },
      { owner: "b@acme.example" },
    ],
  ])("%s", (_, given, expected) => expect(patchOf("accounts", { id: "A1", ...given }).set).toEqual(expected));

  test.each([
    [{ name: "x" }, "id: is required"],
    [{ id: "A1", name: null }, "name: is required"],
    [{ id: "A1", employees: "many" }, "employees: use a whole number"],
    [{ id: "A1", employees: "50-100" }, "employees: use a whole number"],
    [{ id: "A1", owner: "x".repeat(300) }, "owner: use at most 254"],
    [{ id: "A1", roles: "csm" }, "roles: "],
    [
      {
        id: "A1",
        big: "x".repeat(2000),
        ...Object.fromEntries([...Array(20).keys()].map((at) => [`k${at}`, "y".repeat(2000)])),
      },
      "extra: ",
    ],
    [["A1"], "record: write one JSON object"],
    [null, "record: write one JSON object"],
  ])("%j is refused", (given, error) =>
    expect(read("accounts", given)).toMatchObject({ error: expect.stringContaining(error) as string }),
  );

  test("a name such as __proto__ harms nobody", () =>
    expect(
      patchOf("accounts", JSON.parse('{"id":"A1","__proto__":{"x":1},"constructor":"c"}')).extra,
    ).toEqual({ constructor: "c" }));
});

describe("contacts and opportunities", () => {
  test("an address is compared in its normal form", () =>
    expect(
      patchOf("contacts", {
        Id: "C1",
        Email: "Ana@ACME.example",
        "First Name": "Ana",
        "Last Name": "Ox",
        "Do Not Contact": "yes",
      }).set,
    ).toEqual({
      email: "Ana@ACME.example",
      email_norm: "Ana@acme.example".toLowerCase(),
      name: "Ana Ox",
      do_not_contact: 1,
    }));

  test("what is no address", () =>
    expect(read("contacts", { id: "C1", email: "ana" })).toMatchObject({
      error: expect.stringMatching(/^email: "ana"/) as string,
    }));

  test.each([
    [{ open: true, stage: "Closed Won" }, 1],
    [{ isClosed: "true" }, 0],
    [{ stage: "Closed Lost" }, 0],
    [{ stage: "closedwon" }, 0],
    [{ stage: "Negotiation" }, 1],
    [{ open: "no" }, 0],
  ])("open of %j", (given, open) =>
    expect(patchOf("opportunities", { id: "O1", accountId: "A1", ...given }).set["open"]).toBe(open),
  );

  test.each([
    ["12500.5", 12500.5],
    ["12,500.50", 12500.5],
    ["12.500,50", 12500.5],
    ["€ 1 200", 1200],
    ["USD 1,200,000", 1_200_000],
    ["-3", -3],
  ])("amount %s", (amount, expected) =>
    expect(patchOf("opportunities", { id: "O1", amount }).set["amount"]).toBe(expected),
  );
});

describe("patches on rows", () => {
  const row: Row = (() => {
    const merged = mergeRow(
      "accounts",
      null,
      patchOf("accounts", { id: "A1", name: "Acme", owner: "ben", csm: "ana", tier: "1" }),
      1,
    );
    if (merged.kind !== "changed") throw new Error(merged.kind);
    return merged.row;
  })();

  test("what isn't sent stays, null clears, extra is merged", () => {
    const merged = mergeRow(
      "accounts",
      row,
      patchOf("accounts", { id: "A1", owner: null, city: "Bonn", region: "NRW" }),
      NOW,
    );
    expect(merged).toMatchObject({
      kind: "changed",
      row: {
        name: "Acme",
        owner: null,
        city: "Bonn",
        roles: '{"csm":"ana"}',
        extra: '{"tier":"1","region":"NRW"}',
        updated_at: NOW,
      },
    });
  });

  test("the same again changes nothing", () =>
    expect(
      mergeRow(
        "accounts",
        row,
        patchOf("accounts", { id: "A1", name: "Acme", owner: "ben", csm: "ana", tier: "1" }),
        NOW,
      ),
    ).toEqual({ kind: "unchanged" }));

  test("a new account needs a name", () =>
    expect(mergeRow("accounts", null, patchOf("accounts", { id: "A2", owner: "ben" }), NOW)).toMatchObject({
      kind: "refused",
    }));

  test("of two lines the later wins, field by field", () =>
    expect(
      joinPatches(
        patchOf("accounts", { id: "A1", name: "a", city: "x" }),
        patchOf("accounts", { id: "A1", name: "b" }),
      ).set,
    ).toEqual({
      name: "b",
      city: "x",
    }));

  test("merged accounts keep both domains and no parent of their own", () => {
    const source = {
      ...row,
      id: "A2",
      domain: "old.example",
      domains: '["older.example"]',
      parent_id: null,
      owner: "eve",
      city: "Bonn",
    };
    const target = { ...row, domain: "acme.example", parent_id: "A2" };
    expect(absorb(target, source)).toMatchObject({
      id: "A1",
      domain: "acme.example",
      domains: '["old.example","older.example"]',
      parent_id: null,
      owner: "ben",
      city: "Bonn",
    });
  });
});

describe("uploads", () => {
  test("a bad line costs itself", () => {
    const reads = uploaded(
      "accounts",
      "ndjson",
      '{"id":"1","name":"a"}\n{"id":"2",\n\n[]\n{"id":"3","name":"c"}',
    );
    expect(
      reads.map((each) => ("error" in each ? `${each.line}!` : `${each.line}:${each.patch.id}`)),
    ).toEqual(["1:1", "2!", "4!", "5:3"]);
  });

  test("CSV by the names of its header", () => {
    const reads = uploaded(
      "accounts",
      "csv",
      '\ufeffid,name,domain,domains,parent_id,country,region\r\nA1,"Acme, Inc.",acme.example,acme.example|acme.test,,US,\r\nA2,Short\r\n',
    );
    expect(reads[0]).toMatchObject({
      line: 2,
      patch: {
        id: "A1",
        set: { name: "Acme, Inc.", domains: '["acme.example","acme.test"]', parent_id: null },
        extra: { region: null },
      },
    });
    expect(reads[1]).toMatchObject({
      line: 3,
      error: expect.stringContaining("2 columns and the header 7") as string,
    });
  });

  test("a header without an id", () =>
    expect(() => uploaded("accounts", "csv", "name,domain\na,b\n")).toThrow(UnreadableUpload));
});
