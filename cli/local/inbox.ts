/** The inbox's answers: a page for people, JSON for tests, a fragment for the page's own updates. */
import type { LocalEnv } from "./env.ts";
import type { Query } from "./message.ts";
import { inboxPage, listFragment } from "./pages/inbox.ts";
import { html, htmlPage, mailFrame } from "./respond.ts";

/** Query parameters `to`, `q`, `kind`, `after`, `limit`; what makes no sense counts as absent. */
export function parseQuery(search: URLSearchParams): Query {
  const number = (name: string) => {
    const text = search.get(name);
    return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
  };
  const text = (name: string) => search.get(name)?.trim().slice(0, 200);
  return { to: text("to"), q: text("q"), kind: text("kind"), after: number("after"), limit: number("limit") };
}

function inbox(env: LocalEnv) {
  return env.BOX.getByName("inbox");
}

/** What the list shows. A page asked for nothing else begins with what went to people: webhooks would bury it. */
async function listed(url: URL, env: LocalEnv) {
  const box = inbox(env);
  const asked = parseQuery(url.searchParams);
  const query = { ...asked, kind: asked.kind || "people" };
  const [messages, recipients, webhooks] = await Promise.all([
    box.list(query),
    box.recipients(query.kind),
    box.webhooks(),
  ]);
  return { query, messages, recipients, webhooks };
}

export async function showInbox(url: URL, seq: number | null, env: LocalEnv): Promise<Response> {
  const [list, selected] = await Promise.all([listed(url, env), seq === null ? null : inbox(env).get(seq)]);
  const missing = seq !== null && selected === null;
  return htmlPage(inboxPage({ ...list, selected, missing }), { status: missing ? 404 : 200 });
}

/** The list alone, for the page to swap in; `204` while nothing has come since `seen`. */
export async function showList(url: URL, env: LocalEnv): Promise<Response> {
  const revision = String(await inbox(env).revision());
  if (url.searchParams.get("seen") === revision) return new Response(null, { status: 204 });
  const selected = Number(url.searchParams.get("selected")) || null;
  const response = await htmlPage(html`${listFragment({ ...(await listed(url, env)), selected })}`);
  response.headers.set("x-revision", revision);
  return response;
}

/** `{messages}`: newest first, or with `after` what came after that `seq`, oldest first. */
export async function showJson(url: URL, env: LocalEnv): Promise<Response> {
  const messages = await inbox(env).list(parseQuery(url.searchParams));
  return Response.json({ messages }, { headers: { "cache-control": "no-store" } });
}

/** A mail's HTML part on its own, for the frame: its policy forbids it everything but to be looked at. */
export async function showFrame(seq: number, env: LocalEnv): Promise<Response> {
  const message = await inbox(env).get(seq);
  if (message === null || message.html === null) return new Response("No HTML part.\n", { status: 404 });
  // Links open in a new tab: the frame itself must never leave the mail.
  return mailFrame(`<!doctype html><base target="_blank">${message.html}`);
}

export async function clearInbox(request: Request, env: LocalEnv): Promise<Response> {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none")
    return new Response("Not from another site.\n", { status: 403 });
  await inbox(env).clear();
  return new Response(null, { status: 303, headers: { location: "/inbox" } });
}
