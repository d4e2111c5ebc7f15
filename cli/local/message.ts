/** What the receivers keep: one shape for mail, webhooks and chat, so that one page shows them all. */

export type MessageKind = "mail" | "webhook" | "chat";

export interface Message {
  readonly kind: MessageKind;
  /** The provider's id, the webhook's id. */
  readonly id: string;
  /** Mail addresses, comma separated; the receiver's name for the others. */
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** What came over the wire, where `text` is only the words of it; null where `text` is all there is. */
  readonly payload: string | null;
  /** Mail only; null where there is none. */
  readonly html: string | null;
  readonly replyTo: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the receiver took it, and if not why: "401 signature does not match". */
  readonly verdict: "accepted" | "duplicate" | `refused: ${string}`;
}

/** One that has been kept. */
export interface KeptMessage extends Message {
  /** Rises with every message; the cursor for `after`. */
  readonly seq: number;
  /** Epoch milliseconds of arrival. */
  readonly at: number;
}

export interface Query {
  readonly to?: string | undefined;
  readonly q?: string | undefined;
  /** One kind; `people` is all but webhooks. All kinds if left out, or by any name that is none. */
  readonly kind?: string | undefined;
  /** Only those with a higher `seq`, oldest first; without it the newest come first. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}
