/** `/`: the board; on one machine a page that shows what there is. */
import { html } from "hono/html";
import { page } from "./page.ts";
import type { AppContext } from "./route.ts";

const PLACES = [
  ["/demo", "Demo site", "a company's page with the form on it: be a visitor"],
  ["/board", "Board", "leads that wait, and the time each has left"],
  ["/inbox", "Inbox", "mails and webhooks that would have gone out, sign-in links included"],
  ["/docs", "API", "every call, with examples to paste"],
] as const;

export const startPage = (context: AppContext): Promise<Response> | Response => {
  if (!context.env.LOCAL) return context.redirect("/board", 302);
  return page(
    200,
    "Leadclock",
    html`<h1>Leadclock runs on this machine</h1>
      <p>Nothing leaves it: mails and webhooks land in the inbox.</p>
      <dl>
        ${PLACES.map(
          ([href, name, what]) =>
            html`<dt><a href="${href}">${name}</a></dt>
              <dd>${what}</dd>`,
        )}
      </dl>`,
  );
};
