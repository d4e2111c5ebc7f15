/** What the platform calls: requests, crons and the object classes; nothing else stands here. */
import type { Env } from "./env.ts";
import { answer } from "./http/app.ts";
import { everyMinute } from "./jobs/cron.ts";

export { BacktestRunner } from "./durable/backtest-runner.ts";
export { Dispatcher } from "./durable/dispatcher.ts";
export { LeadClock } from "./durable/lead-clock.ts";
export { LeadHolder } from "./durable/lead-holder.ts";
export { LiveBoard } from "./durable/live-board.ts";

export default {
  fetch: answer,
  scheduled: (_controller, env, context) => everyMinute(env, context),
} satisfies ExportedHandler<Env>;
