/** One message, opened: who, when, the links a person would press, the content, the technical lines. */
import type { KeptMessage } from "../message.ts";
import { type Html, html } from "../respond.ts";
import { time } from "./parts.ts";

const URLS = /https?:\/\/[^\s<>"')\]]+/g;
/** Links that let somebody in or act for them: the ones to press. */
const ACTING = /(?:sign-?in|log-?in|magic|verify|token|accept|callback)/i;

/** Web addresses in order, each once; from the text part, else from the HTML part's links. */
export function linksOf(message: KeptMessage): string[] {
  const source = message.text === "" ? (message.html ?? "").replaceAll("&amp;", "&") : message.text;
  return [...new Set((source.match(URLS) ?? []).map((url) => url.replace(/[.,;:!?]+$/, "")))].slice(0, 8);
}

function linkified(text: string): (string | Html)[] {
  const parts: (string | Html)[] = [];
  let end = 0;
  for (const match of text.matchAll(URLS)) {
    const url = match[0].replace(/[.,;:!?]+$/, "");
    parts.push(text.slice(end, match.index), html`<a href="${url}">${url}</a>`);
    end = match.index + url.length;
  }
  return [...parts, text.slice(end)];
}

/** What the mail itself calls the link, where it has an HTML part; else where it leads. */
function label(url: string, markup: string): string {
  if (/sign-?in|log-?in|magic/i.test(url)) return "Sign in with this link";
  for (const [, href = "", inner = ""] of markup.matchAll(/<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)<\/a>/gs)) {
    const words = inner.replaceAll(/<[^>]*>/g, "").trim();
    if (href.replaceAll("&amp;", "&") === url && words !== "" && !/[&<]/.test(words))
      return words.slice(0, 60);
  }
  return new URL(url).pathname;
}

function actions(message: KeptMessage): Html | string {
  const links = message.kind === "webhook" ? [] : linksOf(message);
  if (links.length === 0) return "";
  return html`<ul class="actions">
    ${links.map((url) => html`<li><a class="${ACTING.test(url) ? "act" : ""}" href="${url}">${label(url, message.html ?? "")}</a></li>`)}
  </ul>`;
}

function headerRows(message: KeptMessage): Html {
  const rows = Object.entries({ id: message.id, ...message.headers });
  return html`<details class="headers">
    <summary>Headers</summary>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </details>`;
}

function payload(message: KeptMessage): Html | string {
  if (message.payload === null) return "";
  return html`<details>
    <summary>As sent</summary>
    <pre class="text" tabindex="0" role="region" aria-label="As sent">${message.payload}</pre>
  </details>`;
}

function content(message: KeptMessage): Html {
  const text = html`<pre
    class="text"
    tabindex="0"
    role="region"
    aria-label="${message.html === null ? "Content" : "Plain text"}"
  >
${linkified(message.text)}</pre>`;
  if (message.html === null) return text;
  const frame = html`<iframe
    class="frame"
    title="The mail as its reader sees it"
    src="/inbox/${message.seq}/html"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
    loading="lazy"
  ></iframe>`;
  return html`${frame}
    <details class="plain">
      <summary>Plain text</summary>
      ${text}
    </details>`;
}

export function messageView(message: KeptMessage): Html {
  const refused =
    message.verdict === "accepted"
      ? ""
      : html`<p class="verdict">The receiver's answer: ${message.verdict}</p>`;
  return html`<article>
    <h2>${message.subject}</h2>
    <dl class="facts">
      <div>
        <dt>To</dt>
        <dd>${message.to}</dd>
      </div>
      ${
        message.from === ""
          ? ""
          : html`<div>
              <dt>From</dt>
              <dd>${message.from}</dd>
            </div>`
      }
      ${
        message.replyTo === null
          ? ""
          : html`<div>
              <dt>Reply to</dt>
              <dd>${message.replyTo}</dd>
            </div>`
      }
      <div>
        <dt>Sent</dt>
        <dd>${time(message.at)}</dd>
      </div>
    </dl>
    ${refused} ${actions(message)} ${content(message)} ${payload(message)} ${headerRows(message)}
  </article>`;
}
