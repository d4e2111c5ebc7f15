/** API keys: made with the scopes they need, shown once, revoked at once. */
import * as z from "zod";
import { apiKey, createdKey, type ApiKey } from "../../schema/wire/access.ts";
import { problem } from "../../schema/wire/common.ts";
import { createKey, listKeys, newKey, revokeKey } from "../flows/keys.ts";
import { sha256Hex } from "./access.ts";
import { FRESH, NO_STORE } from "./fresh.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, route, SCOPES, type Caller, type Route, type Scope } from "./route.ts";

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

type Stored = Awaited<ReturnType<typeof listKeys>>[number];

const toWire = ({ createdAt, lastUsedAt, revokedAt, ...key }: Stored): ApiKey => ({
  ...key,
  createdAt: new Date(createdAt).toISOString(),
  lastUsedAt: iso(lastUsedAt),
  revokedAt: iso(revokedAt),
});

/** Nobody hands on what they don't have: a key that may make keys must not grow beyond itself. */
const withinOwn = (caller: Caller, scopes: readonly Scope[]): void => {
  const beyond = scopes.filter((scope) => !caller.scopes.has(scope));
  if (beyond.length > 0)
    throw new HttpProblem(403, `You can't give what you don't have: ${beyond.join(", ")}.`);
};

export const keyRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/keys",
      operation: "listKeys",
      summary: "API keys, newest first, revoked ones included; never the keys themselves",
      tag: "Access",
      scope: "keys:write",
      responses: { 200: { description: "Keys", schema: z.object({ keys: z.array(apiKey) }) } },
    },
    async ({ deps }) => Response.json({ keys: (await listKeys(deps.db)).map(toWire) }, FRESH),
  ),
  route(
    {
      method: "post",
      path: "/v1/keys",
      operation: "createKey",
      summary: "Make a key; the answer is the only place where it is ever shown",
      tag: "Access",
      scope: "keys:write",
      body: z.object({
        name: z.string().trim().min(1, "name what uses the key").max(100),
        scopes: z.array(z.enum(SCOPES)).min(1, "give it at least one scope").max(SCOPES.length),
      }),
      responses: {
        201: { description: "Made", schema: createdKey },
        403: { description: "A scope that the caller lacks", schema: problem },
      },
    },
    async ({ body, caller, deps }) => {
      const scopes = [...new Set(body.scopes)];
      withinOwn(caller, scopes);
      const key = newKey();
      const made = {
        id: deps.uuid(),
        name: body.name,
        scopes,
        createdBy: actorOf(caller),
        createdAt: deps.now(),
      };
      await createKey(deps.db, { ...made, hash: await sha256Hex(key) });
      const answer = { ...toWire({ ...made, lastUsedAt: null, revokedAt: null }), key };
      return Response.json(answer, { status: 201, headers: NO_STORE });
    },
  ),
  route(
    {
      method: "delete",
      path: "/v1/keys/:id",
      operation: "revokeKey",
      summary: "Revoke a key: its next request is refused",
      tag: "Access",
      scope: "keys:write",
      params: z.object({ id: z.string().max(64) }),
      responses: {
        204: { description: "Revoked" },
        404: { description: "No such key, or revoked before", schema: problem },
      },
    },
    async ({ params, deps }) => {
      if (!(await revokeKey(deps.db, params.id, deps.now())))
        throw new HttpProblem(404, "There is no such key, or it was revoked before.");
      return new Response(null, { status: 204 });
    },
  ),
];
