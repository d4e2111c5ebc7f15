/** What the mail provider takes and refuses, with its codes (cli/local/mailRules.ts stands in for it). */
import { expect, test } from "vitest";
import { type MailBuilder, refuseMail } from "../../../cli/local/mailRules.ts";

const mail: MailBuilder = { from: "a@leadclock.example", to: "b@firm.example", subject: "Hello", text: "Hi" };
const many = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@firm.example`);
const headers = (entries: Record<string, string>) => ({ headers: entries });
const numbered = (count: number, name: (index: number) => string, value: string) =>
  headers(Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), value])));

test.for<[string, Partial<MailBuilder>, string | null]>([
  ["plain", {}, null],
  ["named sender, html only", { from: { email: "a@b.example", name: "Ä" }, text: "", html: "<p>" }, null],
  ["name and address in one string", { from: "Lead Clock <a@b.example>" }, null],
  ["50 recipients in all", { to: many(25), cc: many(25) }, null],
  ["51 recipients in all", { to: many(25), cc: many(25), bcc: "z@firm.example" }, "E_TOO_MANY_RECIPIENTS"],
  ["nobody to send to", { to: [] }, "E_FIELD_MISSING"],
  ["no sender", { from: "" }, "E_FIELD_MISSING"],
  ["no subject", { subject: "" }, "E_FIELD_MISSING"],
  ["a subject of two lines", { subject: "a\r\nBcc: x@y.example" }, "E_VALIDATION_ERROR"],
  ["no content", { text: "" }, "E_VALIDATION_ERROR"],
  ["a recipient that is no address", { to: ["b@firm.example", "nobody"] }, "E_VALIDATION_ERROR"],
  ["a reply address that is none", { replyTo: "a@b" }, "E_VALIDATION_ERROR"],
  ["a line break in a name", { from: { email: "a@b.example", name: "A\nBcc: c" } }, "E_VALIDATION_ERROR"],
  ["5 MiB of text", { text: "x".repeat(5 * 1024 * 1024) }, null],
  ["a byte more", { text: "x".repeat(5 * 1024 * 1024 + 1) }, "E_CONTENT_TOO_LARGE"],
  ["threading", headers({ "In-Reply-To": "<1@b.example>", references: "<1@b.example>" }), null],
  ["a custom header", headers({ "X-Leadclock_Id": "msg_1" }), null],
  ["an underscore in a listed one", headers({ List_Id: "x" }), "E_HEADER_NAME_INVALID"],
  ["a blank in the name", headers({ "X Lead": "x" }), "E_HEADER_NAME_INVALID"],
  ["the provider's own header", headers({ "Message-ID": "<1@b.example>" }), "E_HEADER_NOT_ALLOWED"],
  ["an unknown header", headers({ Lead: "x" }), "E_HEADER_NOT_ALLOWED"],
  ["a field as header", headers({ "Reply-To": "a@b.example" }), "E_HEADER_USE_API_FIELD"],
  ["an empty value", headers({ "X-Lead": "" }), "E_HEADER_VALUE_INVALID"],
  ["a line break in a value", headers({ "X-Lead": "a\r\nBcc: b" }), "E_HEADER_VALUE_INVALID"],
  ["a value too many bytes long", headers({ "X-Lead": "ä".repeat(1_025) }), "E_HEADER_VALUE_TOO_LONG"],
  ["automatic", headers({ "Auto-Submitted": "auto-generated" }), null],
  ["automatic in other words", headers({ "Auto-Submitted": "yes" }), "E_HEADER_VALUE_INVALID"],
  [
    "unsubscribing over http",
    headers({ "List-Unsubscribe": "<http://b.example/u>" }),
    "E_HEADER_VALUE_INVALID",
  ],
  [
    "one click without an address",
    headers({ "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
    "E_HEADER_VALUE_INVALID",
  ],
  ["16 KB of headers", numbered(10, (index) => `X-${index}`, "x".repeat(2_000)), "E_HEADERS_TOO_LARGE"],
])("%s", ([, changes, code]) => {
  expect(refuseMail({ ...mail, ...changes })?.code ?? null).toBe(code);
});
