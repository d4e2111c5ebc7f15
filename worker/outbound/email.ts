/** E-mail through the `send_email` binding. */
import { TIMEOUT_MS, type Channel, type Delivery, type Mail } from "./channel.ts";
import { errorText } from "./text.ts";

/** The part of the binding that is used, so that tests can stand in for it. */
export interface Mailer {
  send(message: {
    from: string | { name: string; email: string };
    to: (string | { name: string; email: string })[];
    replyTo?: string | { name: string; email: string };
    subject: string;
    text: string;
    html: string;
    headers: Record<string, string>;
  }): Promise<unknown>;
}

/** Codes of the provider that say something about this very message: it would be refused again. */
const FINAL =
  /^E_(VALIDATION_ERROR|FIELD_MISSING|TOO_MANY_\w+|CONTENT_TOO_LARGE|HEADERS?_\w+|RECIPIENT_NOT_ALLOWED|RECIPIENT_SUPPRESSED)$/;
/** Codes that every other message would meet right now, too. */
const DOWN = /^E_(RATE_LIMIT_EXCEEDED|DAILY_LIMIT_EXCEEDED|SENDER_\w+|INTERNAL_SERVER_ERROR)$/;

/** The binding's errors have a `code`; across RPC only the message survives, which then begins with it. */
const codeOf = (error: unknown): string | null => {
  const { code, message } = (typeof error === "object" && error !== null ? error : {}) as {
    code?: unknown;
    message?: unknown;
  };
  if (typeof code === "string") return code;
  return typeof message === "string" ? (/\bE_[A-Z_]{3,60}\b/.exec(message)?.[0] ?? null) : null;
};

const HOUR = 3_600_000;

const failure = (error: unknown): Delivery => {
  const code = codeOf(error);
  if (code === null) {
    const said = error instanceof Error ? error.message : "failed";
    return { ok: false, retry: true, error: `mail: ${errorText(said)}`, down: true };
  }
  return {
    ok: false,
    retry: !FINAL.test(code),
    error: `mail: ${code}`,
    ...(code === "E_DAILY_LIMIT_EXCEEDED" ? { retryAfterMs: HOUR } : {}),
    ...(DOWN.test(code) ? { down: true } : {}),
  };
};

const wire = ({ email, name }: { email: string; name?: string }): string | { name: string; email: string } =>
  name === undefined ? email : { name, email };

class TooSlow extends Error {}

/** The binding takes no signal: whoever doesn't answer in time is left to it, and the message may arrive twice. */
const within = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let stop = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      reject(new TooSlow(`no answer within ${ms / 1000} s`));
    }, ms);
    stop = () => {
      clearTimeout(timer);
    };
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop();
  }
};

export const emailChannel = (mailer: Mailer, timeoutMs = TIMEOUT_MS): Channel<Mail> => ({
  deliver: async (mail) => {
    if (mail.from === null)
      return {
        ok: false,
        retry: true,
        error: "mail: no sender: set MAIL_FROM or workspace.mailFrom",
        down: true,
      };
    try {
      await within(
        mailer.send({
          from: wire(mail.from),
          to: mail.to.map(wire),
          ...(mail.replyTo === null ? {} : { replyTo: wire(mail.replyTo) }),
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          headers: mail.headers,
        }),
        timeoutMs,
      );
      return { ok: true };
    } catch (error) {
      return failure(error);
    }
  },
});
