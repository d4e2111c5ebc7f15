/** Answers of the local pages: HTML from escaped templates, under a policy that lets nothing foreign run. */
import { html } from "hono/html";

export type Html = ReturnType<typeof html>;
export { html };

const POLICY = {
  /** Everything from here. The form's styles come as constructed sheets, which need no 'unsafe-inline'. */
  page: "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  /** A mail's own HTML: its inline styles show, nothing is fetched, nothing runs, links open outside the frame. */
  mail: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
};

const COMMON = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

interface PageOptions {
  readonly status?: number;
  /** The text of a style element in the page, which the policy then lets in. */
  readonly style?: string;
}

export async function htmlPage(content: Html, { status = 200, style }: PageOptions = {}): Promise<Response> {
  const hash = style === undefined ? "" : ` 'sha256-${await sha256(style)}'`;
  return new Response(String(await content), {
    status,
    headers: {
      ...COMMON,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY.page.replace("style-src 'self'", `$&${hash}`),
    },
  });
}

export function mailFrame(content: string): Response {
  return new Response(content, {
    headers: {
      ...COMMON,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": POLICY.mail,
    },
  });
}

export function file(content: string, type: "text/css" | "text/javascript" | "image/svg+xml"): Response {
  return new Response(content, {
    headers: { ...COMMON, "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" },
  });
}
