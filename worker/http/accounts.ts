/** Accounts one at a time: found by what a person types, shown, and rid of what corrections taught. And the correction itself. */
import * as z from "zod";
import { accountList, accountView, aliasParams, accountQuery } from "../../schema/wire/crm.ts";
import { problem } from "../../schema/wire/common.ts";
import { correctionBody, lead } from "../../schema/wire/lead.ts";
import { correctMatch } from "../flows/correct.ts";
import { findAccounts, showAccount } from "../flows/find-accounts.ts";
import { dropLesson } from "../flows/lessons.ts";
import { FRESH } from "./fresh.ts";
import { askerOf, leadAnswer } from "./leads.ts";
import { valueOf } from "./outcome.ts";
import { HttpProblem } from "./problem.ts";
import { actorOf, isRep, route, type Route } from "./route.ts";

const accountId = z.object({ id: z.string().min(1).max(128) });

export const accountRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/accounts",
      operation: "findAccounts",
      summary: "Accounts by name or domain as typed so far, or by id; the best 20",
      tag: "CRM",
      scope: "leads:read",
      query: accountQuery,
      responses: { 200: { description: "Best first", schema: accountList } },
    },
    async ({ query, deps }) => Response.json({ accounts: await findAccounts(deps, query.q) }, FRESH),
  ),
  route(
    {
      method: "get",
      path: "/v1/accounts/:id",
      operation: "getAccount",
      summary: "One account, with the domains and names that corrections taught",
      tag: "CRM",
      scope: "leads:read",
      params: accountId,
      responses: {
        200: { description: "The account, or the one it was merged into", schema: accountView },
        404: { description: "No such account", schema: problem },
      },
    },
    async ({ params, deps }) => {
      const account = await showAccount(deps, params.id);
      if (!account) throw new HttpProblem(404, `There is no account ${params.id}.`);
      return Response.json(account, FRESH);
    },
  ),
  route(
    {
      method: "delete",
      path: "/v1/accounts/:id/aliases/:value",
      operation: "dropAlias",
      summary: "Take back a domain or name that a correction taught; what the CRM says itself stays",
      tag: "CRM",
      scope: "leads:write",
      params: aliasParams,
      responses: {
        204: { description: "Not used from the next match on" },
        403: { description: "A rep, or without the scope leads:write", schema: problem },
        404: { description: "No such account, or it learned no such thing", schema: problem },
      },
    },
    async ({ params, caller, deps }) => {
      if (isRep(caller))
        throw new HttpProblem(403, "Ask a manager to take back what an account has learned.");
      const done = await dropLesson(deps, params.id, params.value, actorOf(caller));
      if (done === "no account") throw new HttpProblem(404, `There is no account ${params.id}.`);
      if (done === "no lesson")
        throw new HttpProblem(404, `${params.id} has learned no “${params.value}” from a correction.`);
      return new Response(null, { status: 204 });
    },
  ),
  route(
    {
      method: "post",
      path: "/v1/leads/:id/account",
      operation: "correctAccount",
      summary: "Say which account a lead belongs to, and what of it holds from the next match on",
      tag: "Leads",
      scope: "leads:write",
      params: z.object({ id: z.string().max(64) }),
      body: correctionBody,
      responses: {
        200: { description: "The lead as it is now; the same again changes nothing", schema: lead },
        403: { description: "Somebody else's lead, or a rep who would teach", schema: problem },
        404: { description: "No such lead", schema: problem },
        409: {
          description:
            "The lead is closed, can't be routed again any more, or another account goes by what is to be learned",
          schema: problem,
        },
        422: { description: "No such account, or nothing that may be learned, and why", schema: problem },
      },
    },
    async ({ params, body, caller, deps }) => {
      const request = {
        account: body.account,
        learn: body.learn ?? [],
        reason: body.reason?.trim() || null,
        reroute: body.reroute ?? false,
      };
      valueOf(await correctMatch(deps, params.id, askerOf(caller), request));
      return leadAnswer(deps, params.id);
    },
  ),
];
