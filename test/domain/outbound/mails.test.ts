/** Mails: what each says, and that nothing a stranger wrote can change what it is. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mail } from "../../../worker/outbound/channel.ts";
import { composeHook, composeMail } from "../../../worker/outbound/compose.ts";
import { whoHears } from "../../../worker/outbound/recipients.ts";
import { notificationOf, type Scene } from "../../../worker/outbound/scene.ts";
import { assignment, compiled, KINDS, lead, NOW, owed, scene } from "./scenes.ts";

const SEED = 20_261_123;

const written = (about: Scene): Mail => {
  const heard = whoHears(about);
  if (heard.kind !== "readers" || !heard.readers[0]) throw new Error(JSON.stringify(heard));
  const [first, ...others] = heard.readers;
  return composeMail(about, [first, ...others]);
};

describe("every kind", () => {
  test.each(KINDS)("%s to %s is a whole mail", (kind, recipient) => {
    const mail = written(
      scene(owed(kind, recipient, { data: { url: "https://leads.acme.example/in?t=1", title: "T" } })),
    );
    expect(mail.subject.length).toBeGreaterThan(5);
    expect(mail.text).not.toMatch(/undefined|null|NaN|\[object/);
    expect(mail.html).not.toMatch(/undefined|null|NaN|\[object/);
    expect(mail.html).toContain("color-scheme");
    expect(mail.headers["X-Leadclock-Message-Id"]).toBe(mail.id);
    expect(mail.headers["Auto-Submitted"]).toBe("auto-generated");
    expect(mail.from?.email).toBe("leads@acme.example");
  });

  test.each(KINDS)("%s to %s survives a lead without anything but an address", (kind, recipient) => {
    const bare = lead({ accountName: null, accountId: null, firstTouchDueAt: null, segment: null });
    bare.facts.lead = {
      ...bare.facts.lead,
      name: null,
      firstName: null,
      company: null,
      phone: null,
      phoneE164: null,
      title: null,
      message: null,
      timezone: null,
    };
    const mail = written(
      scene(owed(kind, recipient), { lead: bare, submission: null, assignment: assignment(), origin: null }),
    );
    expect(`${mail.text}${mail.html}`).not.toMatch(/undefined|NaN|\[object|: null/);
  });
});

describe("the owner's mail", () => {
  const mail = written(scene(owed("lead.assigned", "owner")));

  test("says who, why, and by when in both zones", () => {
    expect(mail.subject).toBe("New lead: Robin Example, Globex – reach out by 10:09:59");
    expect(mail.text).toContain("10:09:59 New York time (16:09:59 Berlin time for them)");
    expect(mail.text).toContain("Why you: least tried of SMB");
    expect(mail.text).toContain("> We need 40 seats.");
    expect(mail.to).toEqual([{ email: "ben@acme.example", name: "Ben Rep" }]);
    expect(mail.replyTo).toBeNull();
  });

  test("has one-tap links", () => {
    expect(mail.text).toContain("Open the lead: https://leads.acme.example/board/leads/ld_1");
    expect(mail.text).toContain(
      "Write: mailto:Robin.Example@globex.example?subject=Your%20request%20to%20Acme%20Robotics",
    );
    expect(mail.html).toContain('href="tel:+4930901820"');
  });

  test("leaves links out while nobody knows where we are reached", () => {
    expect(written(scene(owed("lead.assigned", "owner"), { origin: null })).text).not.toContain(
      "Open the lead",
    );
  });

  test("names the day when it isn't today", () => {
    const later = scene(owed("lead.assigned", "owner"), {
      lead: lead({ firstTouchDueAt: Date.parse("2026-11-24T15:30:00Z") }),
    });
    expect(written(later).subject).toContain("reach out by Tue 24 Nov, 10:30");
  });
});

describe("the visitor's mail", () => {
  const about = (more: Partial<Scene> = {}) => written(scene(owed("visitor.acknowledged", "visitor"), more));

  test("repeats the stored promise, links the receipt and is answered to the owner", () => {
    const mail = about();
    expect(mail.text).toContain("Ben Rep will get back to you today by 16:10 (Berlin time).");
    expect(mail.text).toContain("https://leads.acme.example/receipt/receipt-1");
    expect(mail.replyTo).toEqual({ email: "ben@acme.example", name: "Ben Rep" });
    expect(mail.from).toEqual({ email: "leads@acme.example", name: "Acme Robotics" });
    expect(mail.to).toEqual([{ email: "Robin.Example@globex.example" }]);
  });

  test.each([
    ["provisional", lead({ provisional: true })],
    ["queued", lead({ ownerId: null, queueId: "quali", stewardId: "mia" })],
  ])("is answered to the workspace while %s", (_, given) => {
    expect(about({ lead: given }).replyTo).toEqual({ email: "leads@acme.example", name: "Acme Robotics" });
  });

  test.each(["evil.example/now", "https://evil.example", "Jo@evil.example", "Call +1555000", "x".repeat(60)])(
    "repeats no words of a stranger, the address may be somebody else's: %s",
    (firstName) => {
      const given = lead({ accountName: firstName });
      given.facts.lead = {
        ...given.facts.lead,
        name: firstName,
        firstName,
        company: firstName,
        message: firstName,
      };
      const mail = about({ lead: given });
      expect(`${mail.subject}${mail.text}${mail.html}`).not.toContain(firstName);
    },
  );

  test("greets by a name that can only be one", () => {
    expect(about().text).toMatch(/^Hello Robin,/);
  });
});

test("the breach names who missed it, how it counts and who has it now", () => {
  const mail = written(
    scene(owed("sla.breached", "person:mia", { seq: 1, data: { owner: "cleo", attribution: "coverage" } })),
  );
  expect(mail.subject).toBe("Missed: Robin Example, Globex (Cleo Rep)");
  expect(mail.text).toContain("now with Ben Rep");
  expect(mail.text).toContain("no strike: they were unavailable");
});

test("people who left the live configuration are named from the lead's own", () => {
  const gone = compiled({
    people: [{ id: "last", name: "Last", email: "last@acme.example" }],
    teams: [],
    queues: [],
    routing: { rules: [], default: ["last"], defaultSla: "standard" },
  });
  const mail = written(
    scene(owed("sla.breached", "operators", { data: { owner: "cleo" } }), {
      compiled: gone,
      past: compiled(),
    }),
  );
  expect(mail.subject).toContain("(Cleo Rep)");
});

describe("hostile text", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom(
      "<script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      "a\r\nBcc: victim@evil.example",
      "x\u2028y\u0000z\u202Egnp.exe",
      "x".repeat(5_000),
      "👩‍👩‍👧‍👦".repeat(200),
      "javascript:alert(1)",
      `https://leads.acme.example/"><script>alert(1)</script>`,
    ),
  );

  test(`never breaks a subject, a header or the page (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        hostile,
        hostile,
        hostile,
        ([kind, recipient], name, company, message) => {
          const about = lead({ accountName: company }, {});
          about.facts.lead = { ...about.facts.lead, name, company, message, title: name };
          const data = {
            url: message,
            title: name,
            detail: message,
            type: name,
            data: { [name]: message, reason: company },
            reason: name,
          };
          const mail = written(
            scene(owed(kind, recipient, { data }), {
              lead: about,
              assignment: assignment({ reason: company }),
            }),
          );
          expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
          expect(mail.subject.length).toBeLessThanOrEqual(300);
          for (const value of Object.values(mail.headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
          for (const { name: shown } of mail.to) expect(shown ?? "").not.toMatch(/[\r\n<>"]/);
          const tags = new Set(
            [...mail.html.matchAll(/<\/?([a-z0-9!]+)/gi)].map((match) => match[1]?.toLowerCase()),
          );
          for (const tag of tags)
            expect([
              "!doctype",
              "html",
              "head",
              "meta",
              "title",
              "style",
              "body",
              "div",
              "h1",
              "p",
              "table",
              "tr",
              "td",
              "blockquote",
              "a",
            ]).toContain(tag);
          for (const [, href] of mail.html.matchAll(/href="([^"]*)"/g))
            expect(href).toMatch(/^(https?:\/\/|mailto:|tel:)/);
          expect(mail.html.length).toBeLessThan(60_000);
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
  });

  test("can't lend an object's own names as kinds", () => {
    for (const kind of ["constructor", "__proto__", "toString", ""])
      expect(written(scene(owed(kind, "owner"))).subject.length).toBeGreaterThan(0);
  });
});

test("a webhook carries the event and the lead as it is now", () => {
  const about = scene(
    owed("event", "notification:ops", {
      channel: "webhook",
      data: {
        type: "lead.assigned",
        at: NOW - 5_000,
        data: { reason: "SMB", owner: { id: "ben", name: "Ben Rep" } },
      },
    }),
    { lead: lead({}, { email: "", phone: "030 901820" }) },
  );
  const hook = composeHook(about, notificationOf(about)!);
  expect(hook).toMatchObject({
    id: about.owed.id,
    url: "https://hooks.acme.example/leads",
    secretRef: "OPS_WEBHOOK_SECRET",
  });
  expect(JSON.parse(hook.body)).toMatchObject({
    type: "lead.assigned",
    timestamp: "2026-11-23T14:59:55.000Z",
    data: {
      reason: "SMB",
      lead: {
        id: "ld_1",
        status: "new",
        // Unlike the API: null without an address, and the number as machines dial it.
        person: {
          name: "Robin Example",
          email: null,
          company: "Globex",
          title: "VP Sales",
          phone: "+4930901820",
          country: "DE",
          timezone: "Europe/Berlin",
        },
        owner: { id: "ben", name: "Ben Rep" },
        account: { id: "a1", name: "Globex" },
        segment: "warm",
        dueAt: "2026-11-23T15:09:59.000Z",
        url: "https://leads.acme.example/board/leads/ld_1",
      },
    },
  });
});
