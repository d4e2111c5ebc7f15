// Is this one usable e-mail address, and what is its comparable form?
import { toAsciiHost } from "./domain.ts";

export type EmailFault =
  /** Nothing but white space. */
  | "empty"
  /** Over 254 characters, 64 bytes of local part or 63 of a label. */
  | "too_long"
  /** No "@", or nothing in front of it. */
  | "incomplete"
  /** The part before the "@" is not allowed: two dots, a stray quote, a space, a second "@". */
  | "bad_local_part"
  /** The part after the "@" is no public host name: no dot, an IP address, an empty label, an underscore. */
  | "bad_domain";

export type EmailResult =
  | {
      ok: true;
      /** As typed, trimmed: what we write to. */
      email: string;
      /**
       * What we compare: lower case, NFC, the domain in ASCII. A "+tag" stays, because elsewhere than at a few
       * providers it is another mailbox, and dots stay for the same reason.
       */
      normalized: string;
      local: string;
      /** Lower case, ASCII (punycode). */
      domain: string;
    }
  | { ok: false; reason: EmailFault };

const MAX_LENGTH = 254;
const MAX_LOCAL_BYTES = 64;

// One class each, no nesting: every test below is linear in its input.
const ATOM = /^[a-z0-9!#$%&'*+\-/=?^_`{|}~\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]+$/i;
// oxlint-disable-next-line no-control-regex -- they are what we look for
const FORBIDDEN_QUOTED = /[\r\n\u0000\ud800-\udfff]/;
const INVISIBLE = /[\p{Z}\p{C}]/u;
const LABEL = /^[a-z0-9\-\u00a1-\ud7ff\uf900-\uff00\uff5f-\uffef]+$/i;
const TOP_LABEL =
  /^(?:xn--[a-z0-9-]{2,}|[a-z\u00a1-\u00a8\u00aa-\ud7ff\uf900-\ufdcf\ufdf0-\uff00\uff5f-\uffef]{2,})$/i;

/** White space around the address is forgiven; anything else about it is as strict as a mail server will be. */
export function parseEmail(raw: string): EmailResult {
  const email = raw.trim();
  if (email === "") return { ok: false, reason: "empty" };
  if (email.length > MAX_LENGTH) return { ok: false, reason: "too_long" };
  const at = email.lastIndexOf("@");
  if (at <= 0 || at === email.length - 1) return { ok: false, reason: "incomplete" };
  const local = email.slice(0, at);
  const host = email.slice(at + 1);
  if (utf8Length(local) > MAX_LOCAL_BYTES) return { ok: false, reason: "too_long" };
  if (!isLocalPart(local)) return { ok: false, reason: "bad_local_part" };
  const domain = isHost(host) ? toAsciiHost(host) : null;
  if (domain === null) return { ok: false, reason: "bad_domain" };
  return { ok: true, email, normalized: `${local.normalize("NFC").toLowerCase()}@${domain}`, local, domain };
}

function isLocalPart(local: string): boolean {
  if (local.startsWith('"')) return isQuoted(local);
  return !INVISIBLE.test(local) && local.split(".").every((atom) => ATOM.test(atom));
}

/** `"any text"`: a quote or a backslash inside must be escaped; line breaks are never allowed. */
function isQuoted(local: string): boolean {
  if (local.length < 3 || !local.endsWith('"')) return false;
  for (let i = 1; i < local.length - 1; i++) {
    const char = local.charAt(i);
    if (char === '"' || FORBIDDEN_QUOTED.test(char)) return false;
    if (char === "\\" && ++i === local.length - 1) return false;
  }
  return true;
}

function isHost(host: string): boolean {
  const labels = host.split(".");
  return (
    labels.length > 1 && !INVISIBLE.test(host) && labels.every(isLabel) && TOP_LABEL.test(labels.at(-1) ?? "")
  );
}

function isLabel(label: string): boolean {
  return label.length <= 63 && LABEL.test(label) && !label.startsWith("-") && !label.endsWith("-");
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
