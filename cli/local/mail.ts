/** Stands in for the `send_email` binding: takes what the provider would take, and keeps it for the inbox. */
import { WorkerEntrypoint } from "cloudflare:workers";
import type { LocalEnv } from "./env.ts";
import { addressList, type MailBuilder, parseAddress, refuseMail, showAddress } from "./mailRules.ts";
import type { Message } from "./message.ts";

/** As the binding throws it: an Error with a `code`. The code leads the message too, since RPC drops properties. */
export class MailError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

function toMessage(mail: MailBuilder, id: string): Message {
  const recipients = [...addressList(mail.to), ...addressList(mail.cc), ...addressList(mail.bcc)];
  return {
    kind: "mail",
    id,
    to: recipients.map((address) => parseAddress(address).email).join(", "),
    from: showAddress(mail.from),
    subject: mail.subject,
    text: mail.text ?? "",
    payload: null,
    html: mail.html ?? null,
    replyTo: mail.replyTo === undefined ? null : showAddress(mail.replyTo),
    headers: mail.headers ?? {},
    verdict: "accepted",
  };
}

/** Throws MailError as the provider would; resolves when the mail is kept. */
export async function takeMail(mail: MailBuilder, env: LocalEnv): Promise<{ messageId: string }> {
  const refusal = refuseMail(mail);
  if (refusal !== null) throw new MailError(refusal.code, refusal.message);
  const messageId = `<${crypto.randomUUID()}@mail.leadclock.example>`;
  const told = await env.BOX.getByName("inbox").take("mail", toMessage(mail, messageId));
  if (told !== null) throw new MailError("E_INTERNAL_SERVER_ERROR", `told to fail with ${told}`);
  return { messageId };
}

export class MailReceiver extends WorkerEntrypoint<LocalEnv> {
  send(mail: MailBuilder): Promise<{ messageId: string }> {
    return takeMail(mail, this.env);
  }
}
