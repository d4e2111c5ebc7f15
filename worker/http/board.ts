/** The board and its live socket. */
import { board } from "../../schema/wire/board.ts";
import { problem } from "../../schema/wire/common.ts";
import { readBoard } from "../flows/board.ts";
import { isForeign } from "./edge.ts";
import { FRESH } from "./fresh.ts";
import { HttpProblem } from "./problem.ts";
import { route, type Route } from "./route.ts";

export const boardRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/board",
      operation: "getBoard",
      summary: "Leads awaiting first touch by owner, with deadlines; queues; today's figures; safety nets",
      tag: "Board",
      scope: "leads:read",
      responses: {
        200: { description: "The board now", schema: board },
        503: { description: "Nothing is published yet", schema: problem },
      },
    },
    async ({ deps }) => {
      const found = await readBoard(deps.db, deps.now());
      if (!found) throw new HttpProblem(503, "No configuration is published yet.");
      return Response.json(found, FRESH);
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/board/live",
      operation: "watchBoard",
      summary: "WebSocket: what changes on the board, as it happens",
      tag: "Board",
      scope: "leads:read",
      responses: { 101: { description: "Switching to WebSocket" }, 426: { description: "Upgrade needed" } },
    },
    (_input, context) => {
      // Browsers send cookies with sockets from any page; a foreign page must not listen in.
      if (isForeign(context.req.raw, context.env))
        throw new HttpProblem(403, "Open the board from its own site.");
      return context.env.LIVE_BOARD.getByName("main").fetch(context.req.raw);
    },
  ),
];
