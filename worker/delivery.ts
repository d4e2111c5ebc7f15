/** Wires the channels to this deployment's bindings and secrets. */
import { secretOf, type Env } from "./env.ts";
import { emailChannel } from "./outbound/email.ts";
import { webhookChannel } from "./outbound/webhook.ts";
import type { Post } from "./flows/deliver.ts";

/** `origin`: where this deployment was last reached, for links where PUBLIC_ORIGIN doesn't say. */
export const postOf = (env: Env, origin: string | null): Post => ({
  channels: {
    email: emailChannel(env.EMAIL),
    webhook: webhookChannel({
      post: (url, init) => fetch(url, init),
      secret: (name) => secretOf(env, name),
      now: () => Date.now(),
    }),
  },
  origin: env.PUBLIC_ORIGIN?.replace(/\/+$/, "") ?? origin,
  mailFrom: env.MAIL_FROM ?? null,
  alertEmail: env.ALERT_EMAIL ?? null,
});
