/**
 * The other end of the line, on one machine only: what Leadclock sends is received here, and a demo site sends it
 * visitors. The product calls this Worker for `/inbox*`, `/demo*` and `/local/*`; in the cloud it doesn't exist.
 */
import demoStyle from "./pages/demo.css?text";
import inboxStyle from "./pages/inbox.css?text";
import inboxScript from "./client/inbox.ts?text";
import { demoPage, ROOM } from "./pages/demo.ts";
import { noScriptPage } from "./pages/noScript.ts";
import type { LocalEnv } from "./env.ts";
import { answerCalendar } from "./calendar.ts";
import { answerCompanyData } from "./companyData.ts";
import { receive } from "./hooks.ts";
import { clearInbox, showFrame, showInbox, showJson, showList } from "./inbox.ts";
import { icon } from "./pages/brand.ts";
import { file, htmlPage } from "./respond.ts";

export { Box } from "./box.ts";
export { MailReceiver } from "./mail.ts";

const FILES: Readonly<Record<string, () => Response>> = {
  "/local/demo.css": () => file(demoStyle, "text/css"),
  "/local/inbox.css": () => file(inboxStyle, "text/css"),
  "/local/inbox.js": () => file(inboxScript, "text/javascript"),
  "/local/icon.svg": () => file(icon, "image/svg+xml"),
};

const RECEIVERS = { hooks: "webhook", chat: "chat", mail: "mail" } as const;

async function answer(request: Request, env: LocalEnv): Promise<Response | null> {
  const url = new URL(request.url);
  const path = url.pathname.replace(/(?<=.)\/$/, "");
  const post = request.method === "POST";
  if (path.startsWith("/local/company-data/")) return answerCompanyData(request, env.PDL_API_KEY);
  if (!post && path === "/local/calendars/meiling.ics") return answerCalendar(request);
  if (!post && FILES[path] !== undefined) return FILES[path]();

  const [, place = "", first = "", second = "", third = ""] = path.split("/");
  if (place === "local" && Object.hasOwn(RECEIVERS, first)) {
    const kind = RECEIVERS[first as keyof typeof RECEIVERS];
    return kind === "mail"
      ? receive(kind, "", second, request, env)
      : receive(kind, second, third, request, env);
  }
  if (path === "/inbox/clear" && post) return clearInbox(request, env);
  if (post) return null;
  if (path === "/demo") return htmlPage(demoPage(), { style: ROOM });
  if (path === "/demo/no-js") return htmlPage(noScriptPage(crypto.randomUUID()), { style: ROOM });
  if (path === "/inbox") return showInbox(url, null, env);
  if (path === "/inbox.json") return showJson(url, env);
  if (path === "/inbox/list") return showList(url, env);
  if (place === "inbox" && /^\d{1,12}$/.test(first)) {
    return second === "html" ? showFrame(Number(first), env) : showInbox(url, Number(first), env);
  }
  return null;
}

const worker: ExportedHandler<LocalEnv> = {
  async fetch(request, env) {
    return (await answer(request, env)) ?? new Response("Not found.\n", { status: 404 });
  },
};

export default worker;
