/** Privacy by address: export, erase, do not contact. */
import { problem } from "../../schema/wire/common.ts";
import { eraseBody, erased, leftAlone, privacyBody, privacyExport } from "../../schema/wire/privacy.ts";
import { erasePerson, exportPerson, leaveAlone } from "../flows/privacy.ts";
import { FRESH, NO_STORE } from "./fresh.ts";
import { valueOf } from "./outcome.ts";
import { actorOf, route, type Route } from "./route.ts";

const noAddress = { description: "No e-mail address", schema: problem };

export const privacyRoutes: Route[] = [
  route(
    {
      method: "post",
      path: "/v1/privacy/export",
      operation: "exportPerson",
      summary: "Everything held of a person, by e-mail; asking is noted without the address",
      tag: "Privacy",
      scope: "privacy:write",
      body: privacyBody,
      responses: {
        200: { description: "All of it; empty lists where nothing is held", schema: privacyExport },
        422: noAddress,
      },
    },
    async ({ body, caller, deps }) =>
      Response.json(valueOf(await exportPerson(deps, body.email, actorOf(caller))), {
        headers: { ...NO_STORE, "content-disposition": 'attachment; filename="export.json"' },
      }),
  ),
  route(
    {
      method: "post",
      path: "/v1/privacy/erase",
      operation: "erasePerson",
      summary: "Forget a person: what must be kept is kept without them; the same again changes nothing",
      tag: "Privacy",
      scope: "privacy:write",
      body: eraseBody,
      responses: { 200: { description: "What was found and erased", schema: erased }, 422: noAddress },
    },
    async ({ body, caller, deps }) =>
      Response.json(valueOf(await erasePerson(deps, body.email, actorOf(caller), body.doNotContact)), {
        headers: NO_STORE,
      }),
  ),
  route(
    {
      method: "post",
      path: "/v1/privacy/do-not-contact",
      operation: "leaveAlone",
      summary: "Nobody is to contact this person; no later sync takes it back",
      tag: "Privacy",
      scope: "privacy:write",
      body: privacyBody,
      responses: { 200: { description: "Remembered", schema: leftAlone }, 422: noAddress },
    },
    async ({ body, caller, deps }) =>
      Response.json(valueOf(await leaveAlone(deps, body.email, actorOf(caller))), FRESH),
  ),
];
