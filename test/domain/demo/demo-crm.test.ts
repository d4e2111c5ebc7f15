/** The demo's CRM: as many records as promised, whole, repeatable, and about nobody real. */
import { expect, test } from "vitest";
import { demoConfig } from "../../../cli/demo/config.ts";
import { demoCrm } from "../../../cli/demo/crm.ts";
import { configDocument } from "../../../schema/config/document.ts";
import { compileConfig, foldCrmName } from "../../../worker/domain/config/compiled.ts";

const crm = demoCrm();
const byId = new Map(crm.accounts.map((account) => [account.id, account]));
const people = compileConfig(configDocument.parse(demoConfig("http://localhost:8787")), 1).byCrmName;
const knows = (name: string): boolean => people.has(foldCrmName(name));

test("counts", () => {
  expect([crm.accounts.length, crm.contacts.length, crm.opportunities.length]).toEqual([2000, 1200, 150]);
  const open = crm.opportunities.filter((opportunity) => opportunity.open).length;
  expect(open).toBeGreaterThan(60);
  expect(open).toBeLessThan(90);
});

test("the same seed gives the same records, another seed others", () => {
  expect(demoCrm()).toEqual(crm);
  expect(demoCrm(7).accounts[100]).not.toEqual(crm.accounts[100]);
});

test("ids, domains and names are given once", () => {
  expect(byId.size).toBe(2000);
  const domains = crm.accounts.flatMap(({ domain, domains }) => [domain, ...domains]);
  expect(new Set(domains).size).toBe(domains.length);
  expect(new Set(crm.accounts.map(({ name }) => name)).size).toBe(2000);
  expect(new Set(crm.contacts.map(({ id }) => id)).size).toBe(1200);
  expect(new Set(crm.contacts.map(({ email }) => email)).size).toBe(1200);
  expect(new Set(crm.opportunities.map(({ id }) => id)).size).toBe(150);
});

test("every reference resolves", () => {
  const parents = crm.accounts.flatMap(({ parentId }) => parentId ?? []);
  const named = [
    ...parents,
    ...crm.contacts.map((row) => row.accountId),
    ...crm.opportunities.map((row) => row.accountId),
  ];
  expect(named.filter((id) => !byId.has(id))).toEqual([]);
});

test("a tenth have a parent, some of which come later, and no family is a circle", () => {
  const position = new Map(crm.accounts.map(({ id }, index) => [id, index]));
  const children = crm.accounts.filter(({ parentId }) => parentId !== null);
  expect(children.length).toBeGreaterThan(180);
  expect(children.length).toBeLessThan(220);
  const forward = children.filter(
    ({ id, parentId }) => (position.get(parentId ?? "") ?? 0) > (position.get(id) ?? 0),
  );
  expect(forward.length).toBeGreaterThan(20);
  expect(children.filter(({ parentId }) => typeof byId.get(parentId ?? "")?.parentId === "string")).toEqual(
    [],
  );
});

test("owners: most known by id, e-mail or external id, some unknown, some none", () => {
  const owners = crm.accounts.flatMap(({ owner }) => owner ?? []);
  const share = owners.length / crm.accounts.length;
  expect(share).toBeGreaterThan(0.6);
  expect(share).toBeLessThan(0.8);
  const unknown = owners.filter((owner) => !knows(owner)).length;
  expect(unknown).toBeGreaterThan(40);
  expect(unknown).toBeLessThan(150);
  for (const shape of [/^[a-z]+$/, /@/, /^9\d{3}$/, /^005/]) {
    expect(owners.filter((owner) => shape.test(owner) && knows(owner)).length).toBeGreaterThan(50);
  }
});

test("customers have a success manager who exists; everything that can happen to an account is there", () => {
  const customers = crm.accounts.filter(({ lifecycle }) => lifecycle === "customer");
  const managed = customers.flatMap(({ csm }) => csm ?? []);
  expect(managed.length).toBeGreaterThan(customers.length * 0.85);
  expect(managed.filter((csm) => !knows(csm))).toEqual([]);
  expect(new Set(crm.accounts.map(({ lifecycle }) => lifecycle)).size).toBe(5);
});

test("every domain is reserved for examples", () => {
  const domains = crm.accounts.flatMap(({ domain, domains }) => [domain, ...domains]);
  expect(domains.filter((domain) => !/^[a-z0-9-]+\.example$/.test(domain))).toEqual([]);
  const strangers = crm.contacts.filter(({ email }) => !email.endsWith(".example")).map(({ email }) => email);
  expect(strangers).toEqual(["isolde.harrowby.brackmoor@gmail.com"]);
});
