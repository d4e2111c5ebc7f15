/** A lead as people paste it. */
import { expect, test } from "vitest";
import { readPasted, type Pair } from "../../../board/logic/pasted.ts";
import { readList } from "../../../board/logic/pastedList.ts";

const told = ({ left }: { left: readonly Pair[] }) =>
  left.map(([name, value]) => (name === "" ? value : `${name}: ${value}`));

test.each([
  ["ana@acme.example", { email: "ana@acme.example" }],
  ["From: Ana Example <ana@acme.example>", { email: "ana@acme.example" }],
  [
    "E-mail: ana@acme.example\nCompany name: Acme & Co\nCity = Berlin",
    { email: "ana@acme.example", company: "Acme & Co", city: "Berlin" },
  ],
  ['{"email": "a@b.example", "company": "B", "phone": "1"}', { email: "a@b.example", company: "B" }],
  [
    '[{"fields": {"Work E-Mail": "a@b.example", "Website": "b.example"}}, {"email": "no@b.example"}]',
    { email: "a@b.example", website: "b.example" },
  ],
  ["company\tAcme\ncompany\tOther", { company: "Acme" }],
  ["hello", {}],
  ["", {}],
  ["null", {}],
])("%j", (text, asked) => {
  expect(readPasted(text).asked).toEqual(asked);
});

test.each([
  [
    "Dana Visit\ndana@newco.example\n\nNewco Two\nHead of Sales",
    { email: "dana@newco.example", company: "Newco Two" },
    ["Dana Visit", "Head of Sales"],
  ],
  [
    "Dana Visit\nNewco Two\ndana@newco.example",
    { email: "dana@newco.example", company: "Newco Two" },
    ["Dana Visit"],
  ],
  [
    "company: Newco\nphone: 1\nhttps://newco.example/\nDana\ndana@newco.example",
    { email: "dana@newco.example", company: "Newco", website: "https://newco.example/" },
    ["phone: 1", "Dana"],
  ],
  [
    '{"email": "a@b.example", "phone": "1", "seats": 20}',
    { email: "a@b.example" },
    ["phone: 1", "seats: 20"],
  ],
  [
    "company: Newco\nFrom: Dana Visit <dana@newco.example>, Berlin\norganisation: Other",
    { company: "Newco", email: "dana@newco.example" },
    ["Dana Visit", "Berlin", "organisation: Other"],
  ],
  ["Dana Visit\nNewco Two", {}, ["Dana Visit", "Newco Two"]],
  [
    "Dana Visit\ndana@newco.example\n+49 30 901820\nNewco Two",
    { email: "dana@newco.example", company: "Newco Two" },
    ["Dana Visit", "+49 30 901820"],
  ],
  [
    "dana@newco.example\n--\nTel. 030 901820\nNewco Two",
    { email: "dana@newco.example", company: "Newco Two" },
    ["--", "Tel. 030 901820"],
  ],
  [
    "Best regards,\nDana\nNewco\nMobile (030) 901-820\ndana@newco.example",
    { email: "dana@newco.example", company: "Newco" },
    ["Best regards,", "Dana", "Mobile (030) 901-820"],
  ],
  [
    "Mit freundlichen Grüßen\nDana\nT-Mobile\ndana@newco.example\nTel 030 901820",
    { email: "dana@newco.example", company: "T-Mobile" },
    ["Mit freundlichen Grüßen", "Dana", "Tel 030 901820"],
  ],
])("what names nothing is read by its place, and what isn't read is told: %j", (text, asked, left) => {
  const read = readPasted(text);
  expect([read.asked, told(read)]).toEqual([asked, left]);
});

test("however much is pasted, values stay short and it stays quick", () => {
  expect(readPasted(`company: ${"x".repeat(5000)}`).asked.company).toHaveLength(200);
  const before = performance.now();
  readPasted("a@".repeat(10_000));
  readPasted("word ".repeat(4000));
  expect(performance.now() - before).toBeLessThan(1000);
});

const TWO = [
  { email: "ana@acme.example", company: "Acme, Inc." },
  { email: "bo@globex.example", company: "Globex" },
];

test.each([
  [
    "cells of a spreadsheet",
    "Work E-mail\tCompany\tScore\nana@acme.example\tAcme, Inc.\t7\nbo@globex.example\tGlobex\t",
  ],
  ["CSV", 'email,company\r\nana@acme.example,"Acme, Inc."\r\n\r\nbo@globex.example,Globex\r\n'],
  ["CSV with semicolons", "Email;Name;Company\nana@acme.example;Ana;Acme, Inc.\nbo@globex.example;Bo;Globex"],
  ["NDJSON", `${JSON.stringify(TWO[0])}\n${JSON.stringify({ fields: TWO[1] })}`],
  ["a JSON list", JSON.stringify(TWO)],
  ["a look-up's body", JSON.stringify({ leads: TWO })],
])("several: %s", (_, text) => {
  expect(readList(text)).toMatchObject({ leads: TWO, skipped: 0, beyond: 0 });
});

test("several: addresses, and a column of names", () => {
  expect(readList("ana@acme.example\nBo <bo@globex.example>")?.leads).toEqual([
    { email: "ana@acme.example" },
    { email: "bo@globex.example" },
  ]);
  expect(readList('Company\n"Acme\n""Robotics"""\n\nGlobex')?.leads).toEqual([
    { company: 'Acme\n"Robotics"' },
    { company: "Globex" },
  ]);
});

test.each([
  "",
  "ana@acme.example",
  "email\tana@acme.example\ncompany\tAcme",
  "E-mail: ana@acme.example\nCompany: Acme",
  '[{"email": "a@b.example"}]',
  '{"email": "a@b.example"}',
  "some\nwords",
])("one or none: %j", (text) => {
  expect(readList(text)?.leads.length ?? 0).toBeLessThan(2);
});

test.each([
  ["email,company\nana@acme.example,Acme", { email: "ana@acme.example", company: "Acme" }, []],
  [
    "email;company;phone;account\nana@acme.example;Acme;1;Other;loose",
    { email: "ana@acme.example", company: "Acme" },
    ["phone: 1", "account: Other", "loose"],
  ],
  ["Newco GmbH, dana@newco.example", { email: "dana@newco.example" }, ["Newco GmbH"]],
  ["E-mail: dana@newco.example", { email: "dana@newco.example" }, []],
  ['{"email": "a@b.example", "phone": "1"}', { email: "a@b.example" }, ["phone: 1"]],
  ['[{"email": "a@b.example"}, {"phone": "1"}]', { email: "a@b.example" }, ["phone: 1"]],
])("a list of one loses nothing: %j", (text, asked, left) => {
  const list = readList(text)!;
  expect([list.leads, told(list)]).toEqual([[asked], left]);
});

test("of a list of several, what no column asks about is told too", () => {
  const list = readList("Email;Score;Company\nana@acme.example;7;Acme\nBo <bo@globex.example>;8;Globex")!;
  expect(told(list)).toEqual(["Score: 7", "Bo", "Score: 8"]);
});

test("what isn't understood is counted, and what is too much", () => {
  const rows = Array.from({ length: 1005 }, (_, i) => `${i},a${i}@acme.example`).join("\n");
  expect(readList(`row,email\n${rows}\nx,\ny,`)).toMatchObject({ skipped: 2, beyond: 5 });
  expect(readList(`row,email\n${rows}`)?.leads).toHaveLength(1000);
  // Nonsense of any length is read in one go; were it not, this would run into the test's time limit.
  for (const text of ['"'.repeat(200_000), "{\n".repeat(50_000), "a@b.example,\n".repeat(5_000)])
    expect(readList(text)?.leads.length ?? 0).toBeLessThanOrEqual(1000);
  expect(readList(`email,company\n${",".repeat(200_000)}`)).toBeNull();
});
