/** Which addresses a webhook may be posted to. */

export type Target = { ok: true; url: URL } | { ok: false; reason: string };

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const ipv4 = (host: string): number[] | null =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ? host.split(".").map(Number) : null;

/** Networks that only a machine inside one could mean: private, link-local (cloud metadata), shared, reserved. */
const innerV4 = ([a = 0, b = 0]: readonly number[]): boolean =>
  a === 0 ||
  a === 10 ||
  a >= 224 ||
  (a === 100 && b >= 64 && b < 128) ||
  (a === 169 && b === 254) ||
  (a === 172 && b >= 16 && b < 32) ||
  (a === 192 && b === 168);

/** The URL parser writes IPv4 in its plain form and IPv6 shortened, whatever notation was used. */
const inner = (host: string): boolean => {
  const four = ipv4(host);
  if (four) return innerV4(four);
  // Unique local, link-local, unspecified, and IPv4 dressed as IPv6.
  return /^\[(f[cd]|fe[89ab]|::\]|::ffff:|64:ff9b:)/.test(host);
};

/** https to a public host; plain http only to this machine itself, for local work. */
export const targetOf = (text: string): Target => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { ok: false, reason: "the URL can't be read" };
  }
  const host = url.hostname.replace(/\.$/, "");
  const local = LOOPBACK.test(host);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && local))
    return { ok: false, reason: "the URL must be https" };
  if (url.username !== "" || url.password !== "")
    return { ok: false, reason: "the URL must not carry a name or password" };
  if (!local && inner(host)) return { ok: false, reason: "the URL points into a private network" };
  return { ok: true, url };
};
