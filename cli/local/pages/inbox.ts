/** The inbox page: who was told what, newest first, one message beside the list. */
import type { KeptMessage, Query } from "../message.ts";
import { type Html, html } from "../respond.ts";
import { messageView } from "./message.ts";
import { KINDS, time } from "./parts.ts";

export interface ListModel {
  readonly query: Query;
  readonly messages: readonly KeptMessage[];
  readonly recipients: readonly { to: string; count: number }[];
  /** How many went to systems; the list leaves them out unless they are asked for. */
  readonly webhooks: number;
  /** `seq` of the one that is open. */
  readonly selected: number | null;
}

export interface PageModel extends Omit<ListModel, "selected"> {
  readonly selected: KeptMessage | null;
  readonly missing: boolean;
}

function search(query: Query, changed: Partial<Query> = {}): string {
  const entries = Object.entries({ to: query.to, q: query.q, kind: query.kind, ...changed });
  const text = new URLSearchParams(
    entries.flatMap(([name, value]) => (value && value !== "people" ? [[name, String(value)]] : [])),
  ).toString();
  return text === "" ? "" : `?${text}`;
}

function item(message: KeptMessage, query: Query, selected: number | null): Html {
  const state =
    message.verdict === "accepted"
      ? ""
      : html`<span class="state ${message.verdict.split(":", 1)[0]}"
          >${message.verdict.split(":", 1)[0]}</span
        >`;
  const snippet = message.kind === "mail" ? message.text.replaceAll(/\s+/g, " ").slice(0, 140) : "";
  return html`<li>
    <a
      href="/inbox/${message.seq}${search(query)}"
      ${message.seq === selected ? html`aria-current="true"` : ""}
    >
      <span class="line"
        ><span class="kind ${message.kind}">${KINDS[message.kind]}</span>${state}${time(message.at)}</span
      >
      <span class="subject">${message.subject}</span>
      <span class="to">to ${message.to}</span>
      ${snippet === "" ? "" : html`<span class="snippet">${snippet}</span>`}
    </a>
  </li>`;
}

function empty(query: Query, webhooks: number): Html {
  if (search(query) !== "") {
    return html`<div class="empty">
      <h2>Nothing matches</h2>
      <p>No message has all of that. <a href="/inbox?kind=all">Show everything</a></p>
    </div>`;
  }
  return html`<div class="empty">
    <h2>Nothing sent ${webhooks > 0 ? "to people " : ""}yet</h2>
    <p>Every mail and chat message that Leadclock sends from this machine appears here within a second.</p>
    <p>
      <a href="/demo">Fill in the demo form</a> to be told about a lead, or
      <a href="/board">open the board</a> and ask for a sign-in link.
    </p>
  </div>`;
}

const alsoSent = (webhooks: number): Html =>
  html`<p class="also">
    Not shown: ${webhooks === 1 ? "one webhook" : `${webhooks} webhooks`} to systems.
    <a href="/inbox?kind=webhook">Show ${webhooks === 1 ? "it" : "them"}</a>
  </p>`;

export function listFragment({ query, messages, recipients, webhooks, selected }: ListModel): Html {
  const who = html`<nav class="recipients" aria-label="Recipients">
    <a href="/inbox${search(query, { to: "" })}" ${query.to ? "" : html`aria-current="true"`}>Everyone</a>
    ${recipients
      .slice(0, 12)
      .map(
        ({ to, count }) =>
          html`<a href="/inbox${search(query, { to })}" ${query.to === to ? html`aria-current="true"` : ""}
            >${to} <span class="count">${count}</span></a
          >`,
      )}
  </nav>`;
  return html`${recipients.length === 0 ? "" : who}
  ${
    messages.length === 0
      ? empty(query, webhooks)
      : html`<ol class="messages">
          ${messages.map((message) => item(message, query, selected))}
        </ol>`
  }
  ${query.kind === "people" && webhooks > 0 ? alsoSent(webhooks) : ""}`;
}

function toolbar(query: Query): Html {
  const kinds = Object.entries(KINDS).map(
    ([kind, name]) =>
      html`<option value="${kind}" ${query.kind === kind ? html`selected` : ""}>${name}</option>`,
  );
  return html`<form class="find" method="get" action="/inbox" role="search">
      ${query.to ? html`<input type="hidden" name="to" value="${query.to}" />` : ""}
      <label class="hidden" for="q">Search messages</label>
      <input id="q" name="q" type="search" placeholder="Search" value="${query.q ?? ""}" autocomplete="off" />
      <label class="hidden" for="kind">Kind</label>
      <select id="kind" name="kind">
        <option value="">To people</option>
        <option value="all" ${query.kind === "all" ? html`selected` : ""}>All kinds</option>
        ${kinds}
      </select>
      <button type="submit">Search</button>
    </form>
    <form class="clear" method="post" action="/inbox/clear">
      <button type="submit" class="quiet">Clear inbox</button>
    </form>`;
}

export function inboxPage(model: PageModel): Html {
  const { query, selected, missing } = model;
  const open = selected !== null || missing;
  const view =
    selected === null
      ? html`<p class="pick">
          ${missing ? "This message is no longer kept." : "Pick a message to read it."}
        </p>`
      : messageView(selected);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${selected === null ? "Inbox" : selected.subject} · Leadclock</title>
        <link rel="icon" href="/local/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/local/inbox.css" />
        <script src="/local/inbox.js" defer></script>
      </head>
      <body class="${open ? "open" : ""}" data-selected="${selected?.seq ?? ""}">
        <header class="top">
          <h1><img src="/local/icon.svg" alt="" width="24" height="24" />Inbox</h1>
          <p class="about">What Leadclock sent from this machine</p>
          <div class="tools">${toolbar(query)}</div>
        </header>
        <main>
          <section class="list" id="list" aria-label="Messages" tabindex="-1">
            ${listFragment({ ...model, selected: selected?.seq ?? null })}
          </section>
          <section class="view" aria-label="Message">
            ${open ? html`<a class="back" href="/inbox${search(query)}">All messages</a>` : ""}${view}
          </section>
        </main>
        <p class="hidden" role="status" id="news"></p>
      </body>
    </html>`;
}
