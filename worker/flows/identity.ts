/** Names that are derived, so a retry finds what the first try made; and what of a submission they are derived from. */
import type { CaptureRequest } from "./deps.ts";

const encoder = new TextEncoder();

export const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

const base32 = (bytes: Uint8Array, length: number): string => {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31] ?? "";
    }
  }
  return text;
};

/** The id of the lead that this submission founds: the same for every retry. */
export const leadIdOf = async (formKey: string, submissionId: string): Promise<string> =>
  `ld_${base32(await sha256(`${formKey}\u0000${submissionId}`), 26)}`;

/** A short name for a text, the same every time. */
export const markOf = async (text: string): Promise<string> => base32(await sha256(text), 26);

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, item]) => [name, sorted(item)]),
  );
};

/** What makes two submissions of one id the same: what the visitor filled in. Page and attribution may differ on a retry. */
export const contentHashOf = async (request: Pick<CaptureRequest, "fields" | "consent">): Promise<string> =>
  base32(
    await sha256(JSON.stringify(sorted({ fields: request.fields, consent: request.consent ?? null }))),
    32,
  );

/** What is kept of a submission as it was sent. */
export const verbatim = ({ fields, consent, page, attribution }: CaptureRequest): string =>
  JSON.stringify({ fields, consent: consent ?? null, page, attribution });

/** The last secret's key: a deployment has one, and importing it costs as much as signing. */
let imported: { secret: string; key: CryptoKey } | null = null;

const signingKey = async (secret: string): Promise<CryptoKey> => {
  if (imported?.secret === secret) return imported.key;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const raw = encoder.encode(`receipt ${secret}`);
  const key = await crypto.subtle.importKey("raw", raw, algorithm, false, ["sign"]);
  imported = { secret, key };
  return key;
};

/** An unguessable receipt, 130 bits, that the deployment's secret and the submission's key decide. */
export const receiptOf = async (secret: string, key: string): Promise<string> =>
  base32(new Uint8Array(await crypto.subtle.sign("HMAC", await signingKey(secret), encoder.encode(key))), 26);
