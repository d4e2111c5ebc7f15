/** The Worker that plays the demo: it stands beside the product, with its database, while the doors are still closed. */
import { play } from "./play.ts";
import type { Step } from "../demo/steps.ts";

export default {
  async fetch(request: Request, env: { DB: D1Database }): Promise<Response> {
    const { steps, now } = await request.json<{ steps: Step[]; now: number }>();
    return Response.json(await play(env.DB, steps, now));
  },
};
