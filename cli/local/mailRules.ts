/**
 * The checks Cloudflare's Email Service makes before it takes a message, with its error codes, so that what is sent
 * here is sent there too. Source: its Workers API and its header and limit references.
 */

export interface Address {
  readonly email: string;
  readonly name?: string;
}
type AddressLike = string | Address;

export interface MailBuilder {
  readonly from: AddressLike;
  readonly to?: AddressLike | readonly AddressLike[];
  readonly cc?: AddressLike | readonly AddressLike[];
  readonly bcc?: AddressLike | readonly AddressLike[];
  readonly subject: string;
  readonly replyTo?: AddressLike;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly html?: string;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

const RECIPIENTS = 50;
const MESSAGE_BYTES = 5 * 1024 * 1024;
const SUBJECT_CHARACTERS = 998;
const HEADER = { nameBytes: 100, valueBytes: 2_048, totalBytes: 16 * 1024, listed: 20 };

const API_FIELDS = new Set(["from", "to", "cc", "bcc", "subject", "reply-to"]);
const LISTED = new Set(
  (
    "in-reply-to references list-unsubscribe list-unsubscribe-post list-id list-archive list-help list-owner list-post list-subscribe " +
    "precedence auto-submitted content-language keywords comments importance priority sensitivity organization " +
    "require-recipient-valid-since expires reply-by archived-at"
  ).split(" "),
);
const VALUES: Readonly<Record<string, RegExp>> = {
  "list-unsubscribe": /^\s*<(?:https:\/\/|mailto:)[^>]+>(?:\s*,\s*<(?:https:\/\/|mailto:)[^>]+>)*\s*$/,
  "list-unsubscribe-post": /^List-Unsubscribe=One-Click$/,
  precedence: /^(?:bulk|list|junk)$/,
  "auto-submitted": /^auto-(?:generated|replied|notified)$/,
  importance: /^(?:high|normal|low)$/,
  priority: /^(?:normal|non-urgent|urgent)$/,
  sensitivity: /^(?:personal|private|company-confidential)$/,
};

const encoder = new TextEncoder();
const bytes = (text: string) => encoder.encode(text).length;

export function parseAddress(address: AddressLike): Address {
  if (typeof address !== "string") return address;
  const named = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(address);
  return named === null ? { email: address.trim() } : { name: named[1] ?? "", email: named[2] ?? "" };
}

export function showAddress(address: AddressLike): string {
  const { email, name } = parseAddress(address);
  return name ? `${name} <${email}>` : email;
}

export function addressList(value: MailBuilder["to"]): readonly AddressLike[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly AddressLike[]) : [value as AddressLike];
}

/** Local part and a dotted domain of ASCII letters, as the wire wants them; what a CR or LF could smuggle in is out. */
function isAddress(address: AddressLike): boolean {
  const { email, name } = parseAddress(address);
  if (typeof email !== "string" || email.length > 254 || /[\r\n]/.test(name ?? "")) return false;
  return /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/.test(
    email,
  );
}

function checkAddresses(mail: MailBuilder): Refusal | null {
  const recipients = [...addressList(mail.to), ...addressList(mail.cc), ...addressList(mail.bcc)];
  if (!mail.from) return { code: "E_FIELD_MISSING", message: "Field 'from' is required." };
  if (recipients.length === 0)
    return { code: "E_FIELD_MISSING", message: "At least one recipient is required." };
  if (recipients.length > RECIPIENTS) {
    return {
      code: "E_TOO_MANY_RECIPIENTS",
      message: `${recipients.length} recipients provided, maximum is ${RECIPIENTS}.`,
    };
  }
  const all = [mail.from, ...recipients, ...(mail.replyTo === undefined ? [] : [mail.replyTo])];
  const wrong = all.find((address) => !isAddress(address));
  return wrong === undefined
    ? null
    : { code: "E_VALIDATION_ERROR", message: `'${showAddress(wrong)}' is not a valid address.` };
}

function checkContent(mail: MailBuilder): Refusal | null {
  if (!mail.subject) return { code: "E_FIELD_MISSING", message: "Field 'subject' is required." };
  if (mail.subject.length > SUBJECT_CHARACTERS || /[\r\n]/.test(mail.subject)) {
    return {
      code: "E_VALIDATION_ERROR",
      message: "Field 'subject' must be one line of at most 998 characters.",
    };
  }
  if (!mail.text && !mail.html)
    return { code: "E_VALIDATION_ERROR", message: "Either 'text' or 'html' is required." };
  if (bytes(mail.text ?? "") + bytes(mail.html ?? "") > MESSAGE_BYTES) {
    return { code: "E_CONTENT_TOO_LARGE", message: "Message exceeds 5 MiB." };
  }
  return null;
}

function checkHeader(name: string, value: string): Refusal | null {
  const lower = name.toLowerCase();
  const custom = lower.startsWith("x-");
  if (!(custom ? /^x-[a-z0-9_-]+$/ : /^[a-z0-9-]+$/).test(lower) || bytes(name) > HEADER.nameBytes) {
    return {
      code: "E_HEADER_NAME_INVALID",
      message: `Header name '${name}' contains invalid characters or is too long.`,
    };
  }
  if (API_FIELDS.has(lower))
    return { code: "E_HEADER_USE_API_FIELD", message: `Header '${name}' must be set via its own field.` };
  if (!custom && !LISTED.has(lower))
    return { code: "E_HEADER_NOT_ALLOWED", message: `Header '${name}' is not allowed.` };
  if (bytes(value) > HEADER.valueBytes) {
    return {
      code: "E_HEADER_VALUE_TOO_LONG",
      message: `Header '${name}' value exceeds ${HEADER.valueBytes} byte limit.`,
    };
  }
  if (value === "" || /[\r\n]/.test(value) || VALUES[lower]?.test(value) === false) {
    return { code: "E_HEADER_VALUE_INVALID", message: `Header '${name}' value is not valid.` };
  }
  return null;
}

function checkHeaders(headers: Readonly<Record<string, string>>): Refusal | null {
  const entries = Object.entries(headers);
  const total = entries.reduce((sum, [name, value]) => sum + bytes(name) + bytes(value) + 4, 0);
  if (total > HEADER.totalBytes)
    return { code: "E_HEADERS_TOO_LARGE", message: "Custom headers exceed the 16 KB limit." };
  const listed = entries.filter(([name]) => !/^x-/i.test(name)).length;
  if (listed > HEADER.listed)
    return { code: "E_HEADERS_TOO_MANY", message: `${listed} listed headers provided, maximum is 20.` };
  for (const [name, value] of entries) {
    const refusal = checkHeader(name, value);
    if (refusal !== null) return refusal;
  }
  const names = new Map(entries.map(([name, value]) => [name.toLowerCase(), value]));
  if (names.has("list-unsubscribe-post") && !names.get("list-unsubscribe")?.includes("<https://")) {
    return {
      code: "E_HEADER_VALUE_INVALID",
      message: "Header 'List-Unsubscribe-Post' requires an HTTPS List-Unsubscribe.",
    };
  }
  return null;
}

/** Null when the provider would take it. */
export function refuseMail(mail: MailBuilder): Refusal | null {
  return checkAddresses(mail) ?? checkContent(mail) ?? checkHeaders(mail.headers ?? {});
}
