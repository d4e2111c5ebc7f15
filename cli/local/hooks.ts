/**
 * Receives webhooks as a careful subscriber would: signature, age and repetition are checked before anything is kept.
 * Chat messages (unsigned, as chat services take them) are kept too. Both can be told to fail, for tests.
 */
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { LocalEnv } from "./env.ts";
import { MailError, takeMail } from "./mail.ts";
import type { MailBuilder } from "./mailRules.ts";
import type { Message, MessageKind } from "./message.ts";

/** Whatever is sent here is shown to a person; a megabyte is more than anybody reads. */
const BODY_LIMIT = 1_000_000;

function verify(secret: string, body: string, request: Request): string | null {
  if (secret === "") return null;
  try {
    new Webhook(secret).verify(body, Object.fromEntries(request.headers), { jsonParse: false });
    return null;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.message;
    throw error;
  }
}

function field(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
}

function firstText(body: unknown, paths: readonly string[][]): string {
  for (const path of paths) {
    const found = field(body, ...path);
    if (typeof found === "string" && found !== "") return found;
  }
  return "";
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** A chat message's own words; a card without any is shown as it came. */
function chatText(body: unknown): string {
  return firstText(body, [
    ["text"],
    ["content"],
    ["blocks", "0", "text", "text"],
    ["attachments", "0", "content", "body", "0", "text"],
  ]);
}

function toMessage(
  kind: MessageKind,
  name: string,
  body: string,
  request: Request,
  verdict: Message["verdict"],
): Message {
  const json = parse(body);
  const pretty = json === null ? body : JSON.stringify(json, null, 2);
  const chat = kind === "chat" ? chatText(json) : "";
  const subject = kind === "chat" ? chat.split("\n", 1)[0] : firstText(json, [["type"], ["event"]]);
  const shown = [...request.headers].filter(([header]) =>
    /^(?:webhook-|content-type|user-agent)/.test(header),
  );
  return {
    kind,
    id: request.headers.get("webhook-id") ?? crypto.randomUUID(),
    to: name,
    from: request.headers.get("user-agent") ?? "",
    subject: (subject || "(no type)").slice(0, 200),
    text: chat === "" ? pretty : chat,
    payload: chat === "" ? null : pretty,
    html: null,
    replyTo: null,
    headers: Object.fromEntries(shown),
    verdict,
  };
}

/** `{status, times}`: the next `times` calls answer `status`; 0 ends it. */
async function setBehaviour(request: Request, env: LocalEnv, key: string): Promise<Response> {
  const body = parse(await request.text());
  const [status, times] = [field(body, "status"), field(body, "times") ?? 1];
  if (!Number.isInteger(status) || !Number.isInteger(times) || Number(status) < 400 || Number(status) > 599) {
    return Response.json({ error: "Send {status: 400 to 599, times: a whole number}." }, { status: 422 });
  }
  await env.BOX.getByName("inbox").setBehaviour(key, { status: Number(status), times: Number(times) });
  return Response.json({ status, times });
}

/** The binding's `send` over HTTP, for tests that have no Worker at hand: 200 with the id, or 422 with the provider's code. */
async function receiveMail(request: Request, env: LocalEnv): Promise<Response> {
  try {
    return Response.json(await takeMail(parse(await request.text()) as MailBuilder, env));
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return Response.json({ code: error.code, message: error.message }, { status: 422 });
  }
}

async function judge(
  kind: MessageKind,
  key: string,
  body: string,
  request: Request,
  env: LocalEnv,
): Promise<[number, Message["verdict"]]> {
  const box = env.BOX.getByName("inbox");
  const told = await box.takeBehaviour(key);
  if (told !== null) return [told, `refused: ${told} as told`];
  if (kind === "chat") return [200, "accepted"];
  const wrong = verify(env.OPS_WEBHOOK_SECRET, body, request);
  if (wrong !== null) return [401, `refused: 401 ${wrong}`];
  const fresh = await box.firstSeen(`${key} ${request.headers.get("webhook-id") ?? ""}`);
  return [200, fresh ? "accepted" : "duplicate"];
}

/** Answers `/local/hooks/{name}`, `/local/chat/{name}` and `/local/mail`, and `/behaviour` below each. `kind` tells which. */
export async function receive(
  kind: MessageKind,
  name: string,
  rest: string,
  request: Request,
  env: LocalEnv,
): Promise<Response> {
  const key = kind === "mail" ? "mail" : `${kind}:${name}`;
  if (request.method !== "POST")
    return new Response("Only POST.\n", { status: 405, headers: { allow: "POST" } });
  if (rest === "behaviour") return setBehaviour(request, env, key);
  if (rest === "" && kind === "mail") return receiveMail(request, env);
  if (rest !== "") return new Response("Not found.\n", { status: 404 });
  const body = await request.text();
  if (body.length > BODY_LIMIT) return new Response("Too large.\n", { status: 413 });
  const [status, verdict] = await judge(kind, key, body, request, env);
  await env.BOX.getByName("inbox").add(toMessage(kind, name, body, request, verdict));
  return new Response(`${verdict}\n`, { status });
}
