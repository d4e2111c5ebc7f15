/** The one interface to the outside: chat, push and CRM will be further channels beside these two. */

export interface Address {
  email: string;
  name?: string;
}

/** `id` is the effect's stable id: the same for every attempt, so the other side can tell a repeat. */
export interface Mail {
  id: string;
  /** Null where no sender is configured. */
  from: Address | null;
  to: Address[];
  replyTo: Address | null;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

export interface Hook {
  id: string;
  url: string;
  /** Name of the secret that signs it. */
  secretRef: string | null;
  /** JSON. */
  body: string;
}

export type Delivery =
  | { ok: true }
  | {
      ok: false;
      /** False: trying again can't help. */
      retry: boolean;
      /** For operators; no personal data. */
      error: string;
      retryAfterMs?: number;
      /** The receiver as a whole doesn't take messages right now: others to it needn't be tried. */
      down?: boolean;
    };

/** Never throws. */
export interface Channel<Message> {
  deliver(message: Message): Promise<Delivery>;
}

export interface Channels {
  email: Channel<Mail>;
  webhook: Channel<Hook>;
}

/** How long anybody outside may take to answer. */
export const TIMEOUT_MS = 15_000;
