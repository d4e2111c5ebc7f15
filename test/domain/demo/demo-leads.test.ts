/** The demo's script, at every hour of a week: whole, sorted, and routed by the product's own rules as it was meant to be. */
import { describe, expect, test } from "vitest";
import type { AccountRow } from "../../../cli/demo/crm-types.ts";
import { demoConfig } from "../../../cli/demo/config.ts";
import { demoCrm } from "../../../cli/demo/crm.ts";
import { demoLeads } from "../../../cli/demo/leads.ts";
import { DAY, HOUR, MINUTE, type Step } from "../../../cli/demo/steps.ts";
import { configDocument } from "../../../schema/config/document.ts";
import { captureBody } from "../../../schema/wire/capture.ts";
import { compileConfig, foldCrmName } from "../../../worker/domain/config/compiled.ts";
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";
import { registrableDomain } from "../../../worker/domain/enrichment/domain.ts";
import { assembleFacts, type Scored } from "../../../worker/domain/routing/facts.ts";
import { planRoute } from "../../../worker/domain/routing/plan.ts";
import type { Candidate } from "../../../worker/domain/routing/plan-types.ts";

type Capture = Extract<Step, { do: "capture" }>;

const crm = demoCrm();
const document = configDocument.parse(demoConfig("http://localhost:8787"));
const compiled = compileConfig(document, 1);
const people = { states: new Map(), timeOff: new Map() };
const byDomain = new Map(
  crm.accounts.flatMap((account) => [account.domain, ...account.domains].map((d) => [d, account])),
);
const byEmail = new Map(crm.contacts.map((contact) => [contact.email, contact]));
const byId = new Map(crm.accounts.map((account) => [account.id, account]));

const MONDAY = Date.parse("2026-11-16T00:20:00Z");
/** Every hour of one week, and some minutes around changes of clocks and holidays. */
const NOWS = [
  ...Array.from({ length: 7 * 24 }, (_, hour) => MONDAY + hour * HOUR),
  ...["2026-03-08T06:59:00Z", "2026-03-29T01:05:00Z", "2026-11-01T05:30:00Z", "2026-11-26T15:00:00Z"].map(
    Date.parse,
  ),
];
const SATURDAY_NIGHT = Date.parse("2026-11-22T03:10:00Z");

const captures = (steps: readonly Step[]): Capture[] => steps.filter((step) => step.do === "capture");

const factsOf = (account: AccountRow) => ({
  ...account,
  roles: account.csm === null ? {} : { csm: account.csm },
  extra: {},
});

const score = ({ body, edge, formKey, at }: Capture): Scored => {
  const lead = enrich({ fields: body.fields, edge, page: { ...body.page } });
  const contact = byEmail.get(lead.emailNormalized ?? "");
  const account = contact
    ? byId.get(contact.accountId)
    : byDomain.get(registrableDomain(lead.emailDomain) ?? lead.emailDomain ?? "");
  const opportunity = crm.opportunities.find((row) => row.open && row.accountId === account?.id);
  const method = contact ? "contact" : account ? "domain" : "none";
  return assembleFacts(
    compiled,
    {
      lead: { ...lead },
      contact: contact ? { ...contact } : null,
      match: { method, confidence: account ? 1 : 0, accountId: account?.id ?? null },
      account: account ? factsOf(account) : null,
      opportunity: opportunity ?? null,
      page: { ...body.page },
      attribution: {},
      custom: {},
      formKey,
      source: "form",
    },
    at,
  );
};

interface Routed {
  ruleId: string | null;
  slaId: string;
  first: Candidate;
}

const route = (capture: Capture): Routed => {
  const { ruleId, slaId, candidates } = planRoute({
    compiled,
    people,
    scored: score(capture),
    relationship: null,
    now: capture.at,
    visitorTimezone: capture.edge.timezone,
    hasPhone: typeof capture.body.fields["phone"] === "string",
    event: "lead.assigned",
    cause: "capture",
    effects: [],
  });
  const first = candidates[0];
  if (!first) throw new Error(`${capture.submissionId} goes nowhere`);
  return { ruleId, slaId, first };
};

const firstTouch = (steps: readonly Step[], submissionId: string): number | undefined =>
  steps.find((step) => step.do === "touch" && step.submissionId === submissionId)?.at;

describe.each(NOWS.map((now) => ({ now, name: new Date(now).toISOString() })))(
  "a demo at $name",
  ({ now }) => {
    const steps = demoLeads(now, undefined, crm);
    const leads = captures(steps);
    const routed = new Map(leads.map((capture) => [capture.submissionId, route(capture)]));
    const at = (key: string): Routed => routed.get(`demo-${key}-1`) as Routed;

    test("is sorted, past, and speaks only of what was captured before", () => {
      const seen = new Set<string>();
      let before = -Infinity;
      for (const step of steps) {
        expect(step.at).toBeGreaterThanOrEqual(before);
        expect(Number.isInteger(step.at)).toBe(true);
        before = step.at;
        if (step.do === "capture") seen.add(step.submissionId);
        else if ("submissionId" in step) expect(seen).toContain(step.submissionId);
      }
      expect(before).toBeLessThanOrEqual(now);
      expect(seen.size).toBe(leads.length);
      const day = leads.filter((step) => step.at > now - DAY).length;
      expect(day).toBeGreaterThanOrEqual(50);
      expect(day).toBeLessThanOrEqual(75);
    });

    test("some wait for their first touch with minutes left, some just lost their owner", () => {
      for (const key of [
        "bayline",
        "kestrova",
        "thornbeck",
        "maplequay",
        "email-only",
        "rustling",
        "fennwick",
      ]) {
        expect(at(key).first.provisional, key).toBe(false);
      }
      for (const key of ["coppergate", "wexmere", "hollowridge", "silverloom", "ironvale"]) {
        expect(at(key).first.provisional, key).toBe(false);
      }
      expect([at("kestrova"), at("argentpost"), at("ironvale")].map(({ ruleId }) => ruleId)).toEqual(
        Array.from({ length: 3 }, () => "hot-inbound"),
      );
      expect(at("lumenfold").slaId).toBe("cold");
    });

    test("some came after hours and wait for their own team's opening", () => {
      const waiting = leads.filter(({ submissionId }) => {
        const first = routed.get(submissionId)?.first;
        return (
          first?.provisional &&
          (first.clockStartsAt ?? 0) > now &&
          firstTouch(steps, submissionId) === undefined
        );
      });
      expect(waiting.length).toBeGreaterThanOrEqual(2);
    });

    test("queues, customers, deals and families go where they should", () => {
      for (const key of ["free-1", "free-2", "free-3", "free-5"])
        expect(at(key).first.queue).toBe("qualification");
      expect(at("competitor").first.queue).toBe("quarantine");
      expect([at("solvanta").first.person, at("merrowline").first.person]).toEqual(["noor", "noor"]);
      expect(at("castorix").ruleId).toBe("open-opportunities");
      expect(
        [at("castorix"), at("vantera-de"), at("vantera"), at("brackmoor")].map(({ first }) => first.person),
      ).toEqual(["leila", "leila", "june", "tomasz"]);
      expect([at("tidewell").first.person, at("oakfen").first.person]).toEqual(["darnell", "darnell"]);
      expect(at("northquarry").first.team).toBe("strategic");
    });

    test("nobody is asked to touch before their clock starts, and nobody breaches who wasn't meant to", () => {
      // Two accounts are Darnell's strikes; these are the story's open breaches. Everybody else is prompt.
      const meant = new Set(
        ["tidewell", "oakfen", "coppergate", "wexmere", "hollowridge", "argentpost"].map(
          (key) => `demo-${key}-1`,
        ),
      );
      for (const capture of leads) {
        const { first } = routed.get(capture.submissionId) as Routed;
        const touch = firstTouch(steps, capture.submissionId);
        const closed = steps.find(
          (step) => step.do === "disposition" && step.submissionId === capture.submissionId,
        )?.at;
        const done = touch ?? closed ?? now;
        if (first.queue !== null || meant.has(capture.submissionId)) continue;
        if (touch !== undefined)
          expect(touch, capture.submissionId).toBeGreaterThanOrEqual(first.clockStartsAt ?? 0);
        expect(done, capture.submissionId).toBeLessThanOrEqual(first.firstTouchDueAt ?? 0);
      }
      for (const id of meant) expect(routed.get(id)?.first.firstTouchDueAt ?? Infinity, id).toBeLessThan(now);
    });

    test("the strikes lie on two days of one week, and the story's breaches in one quarter of an hour", () => {
      const [a, b] = ["tidewell", "oakfen"].map((key) => at(key).first.firstTouchDueAt ?? 0);
      expect(Math.abs((a ?? 0) - (b ?? 0))).toBeGreaterThan(15 * MINUTE);
      expect(now - Math.min(a ?? 0, b ?? 0)).toBeLessThan(7 * DAY);
      const open = ["coppergate", "wexmere", "hollowridge", "argentpost"].map(
        (key) => at(key).first.firstTouchDueAt ?? 0,
      );
      expect(Math.max(...open) - Math.min(...open)).toBeLessThan(15 * MINUTE);
      // Mail was held up from before they came until after they were missed: they count against nobody.
      const [outage, ...others] = steps.flatMap((step) => (step.do === "outage" ? [step] : []));
      expect(others).toEqual([]);
      for (const key of ["coppergate", "wexmere", "hollowridge", "argentpost"]) {
        const came = leads.find(({ submissionId }) => submissionId === `demo-${key}-1`)?.at ?? 0;
        expect(outage?.at, key).toBeLessThanOrEqual(came);
        expect(outage?.until, key).toBeGreaterThan(at(key).first.firstTouchDueAt ?? Infinity);
      }
    });

    test("whoever is away leaves somebody at the desk", () => {
      const away = steps.flatMap((step) => (step.do === "away" ? [step.person] : []));
      expect(away).toHaveLength(1);
      expect(compiled.people.has(away[0] ?? "")).toBe(true);
    });
  },
);

describe("one script", () => {
  const steps = demoLeads(SATURDAY_NIGHT, undefined, crm);
  const leads = captures(steps);

  test("is the same for the same seed and another for another", () => {
    expect(demoLeads(SATURDAY_NIGHT)).toEqual(steps);
    expect(demoLeads(SATURDAY_NIGHT, 5)).not.toEqual(steps);
  });

  test("sends bodies that capture accepts, to forms that exist, from zones that exist", () => {
    const forms = new Set(document.forms.map(({ key }) => key));
    for (const { body, edge, formKey } of leads) {
      expect(captureBody.parse(body)).toEqual(body);
      expect(forms).toContain(formKey);
      expect(() => new Intl.DateTimeFormat("en", { timeZone: edge.timezone })).not.toThrow();
      if (formKey === "contact") expect(body.fields["message"]).toBeTypeOf("string");
    }
  });

  test("uses codes, channels and people that the configuration has", () => {
    const codes = new Set(document.dispositions.map(({ code }) => code));
    const used = steps.flatMap((step) => (step.do === "disposition" ? [step.code] : []));
    expect(used.filter((code) => !codes.has(code))).toEqual([]);
    expect(new Set(used).size).toBeGreaterThanOrEqual(9);
    const actors = new Set(["owner", "manager", "steward", ...compiled.people.keys()]);
    expect(steps.filter((step) => "by" in step && !actors.has(step.by))).toEqual([]);
    const channels = new Set(document.sla.flatMap(({ acceptedChannels }) => acceptedChannels));
    const first = leads.map(({ submissionId }) =>
      steps.find((step) => step.do === "touch" && step.submissionId === submissionId),
    );
    for (const touch of first) if (touch?.do === "touch") expect(channels).toContain(touch.channel);
  });

  test("writes from reserved domains and free mail only", () => {
    const free = ["gmail.com", "outlook.com", "yahoo.com", "gmx.de"];
    const hosts = leads.map(({ body }) => String(body.fields["email"]).split("@")[1] ?? "");
    expect(hosts.filter((host) => !host.endsWith(".example") && !free.includes(host))).toEqual([]);
    const links = JSON.stringify(steps).match(/https?:\/\/[a-z0-9.-]+/g) ?? [];
    expect(links.filter((link) => !link.endsWith(".example"))).toEqual([]);
  });

  test("shows many languages, right to left, emoji, and a repeated address", () => {
    const text = JSON.stringify(leads);
    for (const sign of ["ü", "ß", "ł", "ñ", "é", "森", "ليان", "🤖"]) expect(text).toContain(sign);
    const emails = leads.map(({ body }) => foldCrmName(String(body.fields["email"])));
    expect(emails.length - new Set(emails).size).toBe(1);
  });
});
