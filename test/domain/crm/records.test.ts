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
      // Null takes away what an earlier upload may have left there.
      extra: { tier: { level: 1 }, employees: null },
    }));

  test("a size that says no number is kept as it was sent, until one comes", () => {
    const base: Row = { id: "A1", name: "Acme", extra: "{}", roles: "{}", employees: null };
    const kept = mergeRow("accounts", base, patchOf("accounts", { id: "A1", Employees: "some" }), 1);
    expect(kept).toMatchObject({ row: { employees: null, extra: '{"Employees":"some"}' } });
    if (kept.kind !== "changed") throw new Error(kept.kind);
    expect(
      mergeRow("accounts", kept.row, patchOf("accounts", { id: "A1", Employees: "12" }), 1),
    ).toMatchObject({ row: { employees: 12, extra: "{}" } });
  });

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
    ["a dot before three digits", { employees: "1.234" }, { employees: 1234 }],
    ["dots", { employees: "1.234.567" }, { employees: 1234567 }],
    ["what a table made of a whole number", { employees: "250.0" }, { employees: 250 }],
    ["both", { employees: "1,234.00" }, { employees: 1234 }],
    ["a range", { employees: "51-200" }, { employees: 51 }],
    ["a range with words", { "Company Size": "1,001 – 5,000 employees" }, { employees: 1001 }],
    ["open above", { employees: "1000+" }, { employees: 1000 }],
    ["thousands", { employees: "1.1K+" }, { employees: 1100 }],
    ["a range that a spreadsheet took for a date", { employees: "10-Jan" }, { employees: null }],
    ["words", { employees: "many" }, { employees: null }],
    ["half a person", { employees: 12.5 }, { employees: null }],
    ["less than nobody", { employees: -3 }, { employees: null }],
    ["Pipedrive's names", { "Organization - Name": "Acme" }, { name: "Acme" }],
    ["Zoho's and Dynamics' parent", { "Parent Account": "A0" }, { parent_id: "A0" }],
    [
      "Dynamics' and Pipedrive's places",
      { "Address 1: City": "Graz", "Organization - Country of Address": "Austria" },
      { city: "Graz", country: "AT" },
    ],
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
      error: "email: is no e-mail address: use one such as ana@acme.example",
    }));

  test("no reason quotes what was sent: refused lines are kept for months", () => {
    const broken = [
      '{"email": "ana@@acme.example", x}',
      '{"id": "1", "email": "Ana Ox (ana@acme.example"}',
      "ana",
      '{"a": ',
    ];
    const reads = uploaded("contacts", "ndjson", broken.join("\n"));
    expect(reads).toHaveLength(4);
    for (const read of reads) {
      expect(read).toHaveProperty("error");
      expect(JSON.stringify(read).replace("such as ana@acme.example", "")).not.toMatch(/ana|ox/i);
    }
  });

  test.each([
    ["contacts", { "Person - ID": "7", "Person - Email - Work": "a@b.example", "Organization - ID": "9" }],
    ["contacts", { "Record ID": "7", Email: "a@b.example", "Associated Company IDs (Primary)": "9" }],
    ["contacts", { "(Do Not Modify) Contact": "7", Email: "a@b.example", "Company ID": "9" }],
    [
      "opportunities",
      { "Deal - ID": "7", "Deal - Status": "Won", "Deal - Stage": "Talks", "Organization - ID": "9" },
    ],
  ] as const)("%s by the names of a CRM: %j", (kind, given) =>
    expect(patchOf(kind, given)).toMatchObject({
      id: "7",
      set: { account_id: "9", ...(kind === "opportunities" ? { open: 0 } : {}) },
    }),
  );

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
    ["12.500", 12_500],
    ["0.125", 0.125],
    ["1234.500", 1234.5],
  ])("amount %s", (amount, expected) =>
    expect(patchOf("opportunities", { id: "O1", amount }).set["amount"]).toBe(expected),
  );

  const FIRST = Date.parse("2026-11-01T00:00:00Z");
  test.each<[Record<string, unknown>, number | null | undefined]>([
    [{ CreatedDate: "2026-11-01T00:00:00.000+0000" }, FIRST],
    [{ createdate: String(FIRST) }, FIRST],
    [{ createdAt: FIRST }, FIRST],
    [{ "Create Date": "2026-11-01" }, FIRST],
    [{ createdAt: "2026-11-01T02:00:00+02:00" }, FIRST],
    [{ add_time: "2026-11-01 00:00:00" }, FIRST],
    [{ createdAt: "11/01/2026" }, null],
    [{ createdAt: "2026-02-30" }, null],
    [{ createdAt: "soon" }, null],
    [{}, undefined],
  ])("an opportunity of %j began at %s", (given, expected) =>
    expect(patchOf("opportunities", { id: "O1", ...given }).set["begun_at"]).toBe(expected),
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

  test("blank lines before the header", () => {
    const reads = uploaded("accounts", "csv", "\r\n \r\nid;name\r\nA1;Acme, Inc.\r\n");
    expect(reads).toMatchObject([{ line: 4, patch: { id: "A1", set: { name: "Acme, Inc." } } }]);
  });

  test("a header without an id", () =>
    expect(() => uploaded("accounts", "csv", "name,domain\na,b\n")).toThrow(UnreadableUpload));
});
