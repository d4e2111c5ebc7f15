/** The few pages the Worker renders itself for visitors: small, without scripts, light and dark. */
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

const STYLE = `
:root{color-scheme:light dark;--ink:#16202c;--soft:#526071;--line:#d5dce5;--ground:#f6f8fa;--card:#fff;--accent:#2456e6;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#a3afbd;--line:#323c48;--ground:#11161c;--card:#1a2129;--accent:#8aa9ff;--bad:#ff8a80}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:36rem;margin:8vh auto;padding:32px;background:var(--card);border:1px solid var(--line);border-radius:12px}
@media(max-width:40rem){main{margin:0;min-height:100vh;border:0;border-radius:0;padding:24px}}
h1{margin:0 0 16px;font-size:24px;line-height:32px}p{margin:0 0 16px}.soft{color:var(--soft)}.error{color:var(--bad)}
.time{font-size:40px;line-height:48px;font-variant-numeric:tabular-nums;font-weight:600}.time .soft{font-size:16px;font-weight:400}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 24px;margin:0 0 16px}dt{color:var(--soft)}dd{margin:0}
label{display:block;margin-bottom:4px;font-weight:600}input,textarea,select{width:100%;padding:8px 12px;font:inherit;color:inherit;background:transparent;border:1px solid var(--soft);border-radius:6px}
input[type=checkbox]{width:auto}button{padding:12px 24px;font:inherit;font-weight:600;color:#fff;background:#2456e6;border:0;border-radius:6px}a{color:var(--accent)}`;

/** Whole, because white space between the tags would count in the hash. */
const STYLE_TAG = raw(`<style>${STYLE}</style>`);

/** What a policy names a style by that stands in the page itself. */
export const styleHash = async (style: string): Promise<string> => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
};
let known: Promise<string> | null = null;

export const page = async (
  status: number,
  title: string,
  body: HtmlEscapedString | Promise<HtmlEscapedString>,
): Promise<Response> => {
  known ??= styleHash(STYLE);
  const text = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${STYLE_TAG}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`;
  return new Response(text.toString(), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${await known}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
};
