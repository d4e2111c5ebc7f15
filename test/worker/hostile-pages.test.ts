/** Bad input where people read the answer: forms posted without scripts, the page that asks again, receipts, mail. */
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { deliverDue } from "../../worker/flows/deliver.ts";
import { document, publish } from "./support/workspace.ts";
import { deps, recorder } from "./support/outbox.ts";
import {
  chunked,
  expectHandled,
  expectStored,
  expectWhole,
  FORM,
  KEY,
  post,
  send,
} from "./support/hostile.ts";

const URLENCODED = { "content-type": "application/x-www-form-urlencoded" };
const BOUNDARY = { "content-type": "multipart/form-data; boundary=XX" };

beforeAll(() =>
  publish(
    document({
      forms: [
        {
          key: "demo",
          name: "Demo",
          allowedOrigins: ["*"],
          consent: { label: "I agree <b>", required: false },
          fields: [
            { name: "email", type: "email", label: "Work <e-mail>", required: true },
            { name: "name", label: "Name" },
            { name: "message", type: "textarea", label: "Message" },
            {
              name: "size",
              type: "select",
              label: "Size",
              options: [{ value: "s", label: "Small" }],
              help: "How many of you are there?",
            },
            { name: "terms", type: "checkbox", label: "Read the terms" },
            { name: "news", type: "checkbox", label: "Send me news", value: "true" },
          ],
        },
        {
          key: "near",
          name: "Near",
          allowedOrigins: ["https://acme.example"],
          fields: [{ name: "email", type: "email", label: "E-mail", required: true }],
        },
        {
          key: "far",
          name: "Far",
          allowedOrigins: ["*"],
          thankYouUrl: "https://acme.example/danke-schön/✓?a=b c",
          fields: [{ name: "email", type: "email", label: "E-mail", required: true }],
        },
      ],
    }),
  ),
);
afterAll(expectWhole);

const form = (fields: [string, string][]): string => new URLSearchParams(fields).toString();
const part = (name: string, value: string, more = ""): string =>
  `--XX\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

/** An answer that a person can read and go on from. */
const expectPage = (answer: Awaited<ReturnType<typeof send>>, status: number): void => {
  expect(answer.status, answer.text.slice(0, 300)).toBe(status);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.text).toMatch(/<h1>/);
};

describe("a form posted without scripts", () => {
  test("is answered with a page to go on to", async () => {
    const answer = await send("POST", FORM, form([["email", "plain@company.example"]]), URLENCODED);
    expect(answer.status).toBe(303);
    const page = await send("GET", answer.headers.get("location") ?? "");
    expectPage(page, 200);
  });

  test("may lead anywhere that the form names", async () => {
    const answer = await send(
      "POST",
      "/v1/forms/far/submissions",
      form([["email", "far@company.example"]]),
      URLENCODED,
    );
    expect(answer.status, answer.text).toBe(303);
    expect(new URL(answer.headers.get("location") ?? "").href).toBe(
      "https://acme.example/danke-sch%C3%B6n/%E2%9C%93?a=b%20c",
    );
  });

  test.each<[string, number, string, Record<string, string>]>([
    ["from a foreign site", 403, "/v1/forms/near/submissions", { origin: "https://elsewhere.example" }],
    ["to a form that isn't there", 404, "/v1/forms/nowhere/submissions", {}],
    ["too large", 413, FORM, {}],
  ])("%s is refused with a page, not with JSON", async (_, status, path, headers) => {
    const filling = status === 413 ? "x".repeat(300_000) : "hello";
    const body = form([
      ["email", "plain@company.example"],
      ["message", filling],
    ]);
    const answer = await send("POST", path, body, { ...URLENCODED, ...headers });
    expectPage(answer, status);
  });

  test("comes back as it was: choices chosen, boxes ticked, what may be left out marked", async () => {
    const fields: [string, string][] = [
      ["email", "nobody"],
      ["size", "s"],
      ["terms", "yes"],
    ];
    const answer = await send("POST", FORM, form(fields), URLENCODED);
    expectPage(answer, 422);
    const plain = answer.text.replaceAll(/\s+/g, " ");
    expect(plain).toContain('<option value="s" selected>');
    expect(plain).toMatch(/<select id="f-size" name="size" aria-describedby="d-size"/);
    expect(plain).toMatch(/name="terms" value="yes" aria-describedby="d-terms" checked/);
    // Ticked on a fresh page, and unticked by them.
    expect(plain).toMatch(/name="news" value="yes" aria-describedby="d-news" \/>/);
    expect(plain).toMatch(/Size <span class="soft">\(optional\)<\/span>/);
    expect(plain).toContain('<label for="f-email">Work &lt;e-mail&gt;</label>');
    expect(plain).toMatch(/id="d-email".*?class="error">Work &lt;e-mail&gt; must be an e-mail address/);
    expect(plain).toContain("How many of you are there?");
  });

  test.each<[string, [string, string][]]>([
    ["nothing at all", []],
    ["no e-mail", [["name", "Robin"]]],
    ["no e-mail address", [["email", "nobody"]]],
    [
      "two e-mail addresses",
      [
        ["email", "a@b.example"],
        ["email", "c@d.example"],
      ],
    ],
    [
      "a choice that isn't one",
      [
        ["email", "a@b.example"],
        ["size", "xl"],
      ],
    ],
    [
      "a name of 10 kB",
      [
        ["email", "a@b.example"],
        ["name", "x".repeat(10_000)],
      ],
    ],
    [
      "an undeclared text of 30 kB",
      [
        ["email", "a@b.example"],
        ["notes", "x".repeat(30_000)],
      ],
    ],
    [
      "a prototype",
      [
        ["email", "nobody"],
        ["__proto__", "a"],
        ["__proto__", "b"],
        ["constructor", "c"],
      ],
    ],
  ])("%s: says what is wrong and keeps what was typed", async (_what, fields) => {
    const answer = await send("POST", FORM, form([["message", 'Keep <me> "safe"'], ...fields]), URLENCODED);
    expectPage(answer, 422);
    expect(answer.text).toContain("Keep &lt;me&gt; &quot;safe&quot;");
    expect(answer.text).not.toContain("<me>");
    expect(answer.text).toMatch(/class="error"/);
  });

  test("keeps what the form didn't ask for, for the next try", async () => {
    const answer = await send(
      "POST",
      FORM,
      form([
        ["email", "nobody"],
        ["utm_source", 'spring"><script>'],
      ]),
      URLENCODED,
    );
    expectPage(answer, 422);
    expect(answer.text).toContain('name="utm_source" value="spring&quot;&gt;&lt;script&gt;"');
  });

  test.each<[string, [string, string]]>([
    ["a field with a long name", ["n".repeat(300), "x"]],
    ["a field without a name", ["", "x"]],
    ["an id that is none", ["submissionId", "../../etc"]],
  ])("%s is the site's mistake, not the visitor's", async (_what, field) => {
    const answer = await send("POST", FORM, form([["email", "site@company.example"], field]), URLENCODED);
    expect(answer.status).toBe(303);
  });

  test("of names that prototypes use", async () => {
    const fields: [string, string][] = [
      ["email", "proto@company.example"],
      ["__proto__", "a"],
      ["__proto__", "b"],
      ["constructor", "c"],
      ["toString", "d"],
    ];
    expect((await send("POST", FORM, form(fields), URLENCODED)).status).toBe(303);
  });

  test.each<[string, string, Record<string, string>]>([
    ["percent signs", "email=%zz&%=%&&&==&name=%E0%A4%A", URLENCODED],
    ["no boundary", part("email", "a@b.example"), { "content-type": "multipart/form-data" }],
    [
      "another boundary",
      part("email", "a@b.example"),
      { "content-type": "multipart/form-data; boundary=YY" },
    ],
    ["an end that never comes", part("email", "a@b.example"), BOUNDARY],
    ["nothing in parts", "--XX--\r\n", BOUNDARY],
    ["an empty body", "", BOUNDARY],
    ["a file for an e-mail", `${part("email", "a@b.example", '; filename="a.txt"')}--XX--\r\n`, BOUNDARY],
  ])("%s: refused", async (_what, body, headers) => {
    const answer = await send("POST", FORM, body, headers);
    expect([400, 422], answer.text.slice(0, 200)).toContain(answer.status);
    expectHandled(answer, body);
  });

  test("a file beside the answers is left out, the lead is kept", async () => {
    const body = `${part("email", "file@company.example")}${part("cv", "PK\u0003\u0004", '; filename="cv.zip"\r\nContent-Type: application/zip')}--XX--\r\n`;
    expect((await send("POST", FORM, body, BOUNDARY)).status).toBe(303);
  });

  test("too large", async () => {
    expect((await send("POST", FORM, chunked("a=b&".repeat(1000), 100), URLENCODED)).status).toBe(413);
  });

  test("sent twice is one lead; the id with other content is told in words", async () => {
    const mine = (name: string) =>
      form([
        ["submissionId", "post-1"],
        ["email", "twice@company.example"],
        ["name", name],
      ]);
    const [first, again] = [
      await send("POST", FORM, mine("A"), URLENCODED),
      await send("POST", FORM, mine("A"), URLENCODED),
    ];
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expectPage(await send("POST", FORM, mine("B"), URLENCODED), 409);
  });
});

test("receipts of nothing", async () => {
  for (const token of ["x", "%00", "%27%20OR%201=1--", "__proto__", "x".repeat(3000)]) {
    expectPage(await send("GET", `/receipt/${token}`), 404);
    expect([404, 422]).toContain((await send("GET", `/v1/receipts/${token}`)).status);
  }
});

test("mail about a hostile lead: text for people, nothing that runs, no other headers", async () => {
  const evil = `<img src=x onerror=alert(1)>\r\nBcc: all@acme.example\u0000 <a href="https://evil.example">click</a>`;
  const answer = await post(
    FORM,
    {
      submissionId: "mail-1",
      fields: {
        email: "evil@company.example",
        name: evil,
        company: evil,
        title: evil,
        phone: evil,
        message: evil,
        website: "javascript:alert(1)",
      },
      page: { url: "javascript:alert(1)", referrer: evil, title: evil },
      attribution: { utm_source: evil, utm_campaign: evil },
    },
    {},
  );
  // The form of this file asks for shorter names than this; any status but ours will do, the lead is what matters.
  await expectStored(answer);
  const mailbox = recorder();
  await deliverDue(deps(Date.now() + 60_000), mailbox, "email", 50);
  expect(mailbox.mails.length).toBeGreaterThan(0);
  for (const mail of mailbox.mails) {
    const { html, text, ...headers } = mail as unknown as { html: string; text: string };
    expect(html).not.toMatch(/<img|<script|href="javascript:/i);
    expect(JSON.stringify(headers)).not.toMatch(/\\r|\\n|\\u0000/);
    expect(text).not.toContain("\u0000");
  }
  const lead = await send("GET", `/v1/leads/${String(answer.json["leadId"])}`, null, KEY);
  expect((lead.json["fields"] as { name: string }).name).toBe(evil);
});
