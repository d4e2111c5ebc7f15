/** Who calls: an API key, else a signed-in person. Roles stand for scopes. */
import type { Role } from "../../schema/config/people.ts";
import type { Env } from "../env.ts";
import { HttpProblem } from "./problem.ts";
import { SCOPES, type Caller, type Scope } from "./route.ts";
import { findKey } from "../flows/keys.ts";

const ALL: readonly Scope[] = SCOPES;

export const ROLE_SCOPES: Record<Role, readonly Scope[]> = {
  rep: ["leads:read", "leads:write", "people:read", "reports:read"],
  marketer: ["leads:read", "people:read", "config:read", "reports:read"],
  manager: [
    "leads:read",
    "leads:write",
    "people:read",
    "people:write",
    "config:read",
    "deliveries:write",
    "reports:read",
    "reports:write",
  ],
  revops: [
    "config:read",
    "config:write",
    "crm:write",
    "leads:read",
    "leads:write",
    "leads:create",
    "people:read",
    "people:write",
    "deliveries:write",
    "reports:read",
    "reports:write",
    "privacy:write",
  ],
  admin: ALL,
};

const encoder = new TextEncoder();

export const sha256Hex = async (text: string): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

/** Compares digests, so neither content nor length of the secret shows in the time it takes. */
const same = async (a: string, b: string): Promise<boolean> => (await sha256Hex(a)) === (await sha256Hex(b));

const bearer = (request: Request): string | null => {
  const header = request.headers.get("authorization");
  if (header === null) return null;
  const match = /^Bearer +(\S+) *$/i.exec(header);
  if (!match?.[1])
    throw new HttpProblem(401, "Send the key as 'Authorization: Bearer …'.", [], {
      "www-authenticate": "Bearer",
    });
  return match[1];
};

/** The key's caller; null without an Authorization header; a problem when the key is wrong. */
export const callerByKey = async (env: Env, request: Request, now: number): Promise<Caller | null> => {
  const key = bearer(request);
  if (key === null) return null;
  if (env.ADMIN_API_KEY && (await same(key, env.ADMIN_API_KEY)))
    return { kind: "key", id: "admin", name: "ADMIN_API_KEY", scopes: new Set(ALL), role: "admin" };
  const known = await findKey(env.DB, await sha256Hex(key), now);
  if (!known)
    throw new HttpProblem(401, "This key is unknown or revoked.", [], {
      "www-authenticate": 'Bearer error="invalid_token"',
    });
  return {
    kind: "key",
    id: known.id,
    name: known.name,
    scopes: new Set(
      known.scopes.filter((scope): scope is Scope => (ALL as readonly string[]).includes(scope)),
    ),
    role: null,
  };
};
