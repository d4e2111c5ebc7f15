/** Wires the channels to this deployment's bindings and secrets. */
import { secretOf, type Env } from "./env.ts";
import type { CompanyDirectory } from "./outbound/directory.ts";
import { emailChannel } from "./outbound/email.ts";
import { peopleDataLabs } from "./outbound/people-data-labs.ts";
import { webhookChannel } from "./outbound/webhook.ts";
import { lookUp } from "./flows/company.ts";
import type { Post } from "./flows/deliver.ts";
import type { Deps } from "./flows/deps.ts";

const directoryOf: (
  env: Env,
  settings: { provider: string; secretRef: string },
) => CompanyDirectory | null = (env, { provider, secretRef }) =>
  provider === "people_data_labs"
    ? peopleDataLabs({
        get: (url, init) => fetch(url, init),
        key: secretOf(env, secretRef),
        now: () => Date.now(),
        origin: env.COMPANY_DATA_URL ?? null,
      })
    : null;

/** `origin`: where this deployment was last reached, for links where PUBLIC_ORIGIN doesn't say. */
export const postOf = (env: Env, origin: string | null, deps: Deps): Post => ({
  channels: {
    email: emailChannel(env.EMAIL),
    webhook: webhookChannel({
      post: (url, init) => fetch(url, init),
      secret: (name) => secretOf(env, name),
      now: () => Date.now(),
    }),
  },
  lookUp: (row) => lookUp(deps, (settings) => directoryOf(env, settings), row),
  origin: env.PUBLIC_ORIGIN?.replace(/\/+$/, "") ?? origin,
  mailFrom: env.MAIL_FROM ?? null,
  alertEmail: env.ALERT_EMAIL ?? null,
});
