/** What list and message view have in common. */
import { type Html, html } from "../respond.ts";

export const KINDS = { mail: "Mail", chat: "Chat", webhook: "Webhook" } as const;

/** In UTC until the page's script knows the reader's zone. */
export function time(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(11, 19)} UTC</time>`;
}
