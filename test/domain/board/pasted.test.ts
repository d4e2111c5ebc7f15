/** A lead as people paste it. */
import { expect, test } from "vitest";
import { readPasted } from "../../../board/logic/pasted.ts";

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
  expect(readPasted(text)).toEqual(asked);
});

test("however much is pasted, values stay short and it stays quick", () => {
  expect(readPasted(`company: ${"x".repeat(5000)}`).company).toHaveLength(200);
  const before = performance.now();
  readPasted("a@".repeat(10_000));
  readPasted("word ".repeat(4000));
  expect(performance.now() - before).toBeLessThan(1000);
});
