/** The visitor's receipt as a page: who answers, by when, and whether they did. */
import { html } from "hono/html";
import type { Receipt } from "../../schema/wire/capture.ts";
import { toldMinute, zoneName } from "../../schema/wire/told.ts";
import { page } from "./page.ts";

const STATUS: Record<Receipt["status"], string> = {
  received: "We have your request",
  assigned: "Your request is with a person",
  answered: "You have been answered",
  closed: "This request is closed",
};

const local = (at: number, timezone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: timezone, dateStyle: "full", timeStyle: "short" }).format(at);

const clock = (at: number, timezone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: timezone, timeStyle: "short" }).format(at);

export const receiptPage = (receipt: Receipt | null): Promise<Response> => {
  if (!receipt)
    return page(
      404,
      "No such receipt",
      html`<h1>There is no such receipt</h1>
        <p>If you sent your request a moment ago, it is safe: open this page again in a minute.</p>`,
    );
  const { timezone } = receipt;
  const promised = receipt.promiseAt ? toldMinute(Date.parse(receipt.promiseAt)) : null;
  const waiting = receipt.status === "received" || receipt.status === "assigned";
  const heading = receipt.late
    ? "Your answer is late"
    : STATUS[receipt.status === "assigned" && receipt.owner === null ? "received" : receipt.status];
  return page(
    200,
    heading,
    html`<h1>${heading}</h1>
      ${
        waiting && promised && !receipt.dayPart && !receipt.late
          ? html`<p class="time">
              <time datetime="${new Date(promised).toISOString()}">${clock(promised, timezone)}</time>
              <span class="soft">${zoneName(timezone)}</span>
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
          promised
            ? html`<dt>${waiting && !receipt.late ? "By" : "Promised by"}</dt>
                <dd>${local(promised, timezone)}</dd>`
            : ""
        }
        <dt>Received</dt>
        <dd>${local(Date.parse(receipt.receivedAt), timezone)}</dd>
        ${
          receipt.answeredAt
            ? html`<dt>Answered</dt>
                <dd>${local(Date.parse(receipt.answeredAt), timezone)}</dd>`
            : ""
        }
      </dl>
      <p class="soft">
        All times are ${zoneName(timezone)}.
        ${waiting ? html`<a href="">Look again</a> to see whether it has been answered.` : ""}
      </p>`,
  );
};
