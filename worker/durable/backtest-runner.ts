/** Goes on with one back-test by alarm, in shifts: a crash in one loses a slice, and the next alarm or the cron goes on. */
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { logged } from "../flows/apart.ts";
import { failBacktest } from "../flows/backtest.ts";
import { runBacktest } from "../flows/backtest-run.ts";
import { reasonOf } from "../flows/wake.ts";
import { depsFor } from "../ports.ts";

/** One alarm's work; between two of them others of this object's requests are served. */
const SHIFT = { ms: 10_000, slices: 1_000 };
/** After a failure: soon, then later, then it is given up and says why. */
const RETRY_MS = [1_000, 5_000, 15_000, 60_000];

export class BacktestRunner extends DurableObject<Env> {
  #failures = 0;

  /** Any number of kicks are one. */
  async kick(id: string): Promise<void> {
    if ((await this.ctx.storage.get<string>("id")) !== id) await this.ctx.storage.put("id", id);
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now());
  }

  /** Never throws: the platform would retry six times and then forget. */
  override async alarm(): Promise<void> {
    const id = await this.ctx.storage.get<string>("id");
    if (id === undefined) return;
    const deps = depsFor(this.env, (work) => {
      this.ctx.waitUntil(work);
    });
    try {
      const ran = await runBacktest(deps, id, SHIFT);
      this.#failures = 0;
      if (ran === "ended") await this.ctx.storage.deleteAll();
      else await this.ctx.storage.setAlarm(Date.now() + (ran === "elsewhere" ? 1_000 : 0));
    } catch (error) {
      logged("backtest", error);
      const wait = RETRY_MS[this.#failures++];
      if (wait === undefined) await failBacktest(deps, id, reasonOf(error)).catch(() => undefined);
      await this.ctx.storage.setAlarm(Date.now() + (wait ?? 60_000));
    }
  }
}
