/** The visitor's receipt as a page: who answers, by when, and whether they did. */
import { html } from "hono/html";
import type { Receipt } from "../../schema/wire/capture.ts";
import { page } from "./page.ts";

const STATUS: Record<Receipt["status"], string> = {
  received: "We have your request",
  assigned: "Your request is with a person",
  answered: "You have been answered",
  closed: "This request is closed",
};

/** "By" a time rounds up to the minute, as the acknowledgement does. */
const upToMinute = (iso: string): string =>
  new Date(Math.ceil(Date.parse(iso) / 60_000) * 60_000).toISOString();

const local = (iso: string, timezone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: timezone, dateStyle: "full", timeStyle: "short" }).format(
    new Date(iso),
  );

const clock = (iso: string, timezone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: timezone, timeStyle: "short" }).format(new Date(iso));

export const receiptPage = (receipt: Receipt | null): Promise<Response> => {
  if (!receipt)
    return page(
      404,
      "No such receipt",
      html`<h1>There is no such receipt</h1>
        <p>If you sent your request a moment ago, it is safe: open this page again in a minute.</p>`,
    );
  const { timezone } = receipt;
  const waiting = receipt.status === "received" || receipt.status === "assigned";
  const heading = receipt.late
    ? "Your answer is late"
    : STATUS[receipt.status === "assigned" && receipt.owner === null ? "received" : receipt.status];
  return page(
    200,
    heading,
    html`<h1>${heading}</h1>
      ${
        waiting && receipt.promiseAt && !receipt.dayPart && !receipt.late
          ? html`<p class="time">
              <time datetime="${receipt.promiseAt}">${clock(upToMinute(receipt.promiseAt), timezone)}</time>
            </p>`
          : ""
      }
      <p>${receipt.message}</p>
      <dl>
        ${
          receipt.owner
            ? html`<dt>Who</dt>
                <dd>${receipt.owner.name}</dd>`
            : ""
        }
        ${
          receipt.promiseAt
            ? html`<dt>${receipt.late ? "Promised by" : "By"}</dt>
                <dd>${local(upToMinute(receipt.promiseAt), timezone)}</dd>`
            : ""
        }
        <dt>Received</dt>
        <dd>${local(receipt.receivedAt, timezone)}</dd>
        ${
          receipt.answeredAt
            ? html`<dt>Answered</dt>
                <dd>${local(receipt.answeredAt, timezone)}</dd>`
            : ""
        }
      </dl>
      <p class="soft">
        Times are in ${timezone.replaceAll("_", " ")}.
        ${waiting ? html`<a href="">Look again</a> to see whether it has been answered.` : ""}
      </p>`,
  );
};
