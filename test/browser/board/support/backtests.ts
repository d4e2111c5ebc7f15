/** What the fake API answers about versions and back-tests. */
import { backtestAnswer, backtestLeads, type Backtest } from "../../../../schema/wire/backtests.ts";
import { configDiff } from "../../../../schema/wire/config.ts";
import { ok, problem, type Call, type Reply } from "./replies.ts";

/** What version `id` changes in the one before, or in `against`. */
export function diffAnswer({ query }: Call, version: number): Reply {
  const changes = [
    { kind: "changed", pointer: "/sla/0", text: 'The SLA policy "vip": firstTouch: "PT10M" → "PT5M".' },
    { kind: "added", pointer: "/routing/rules/2", text: 'The rule "trial" is new.' },
  ];
  return ok(configDiff.parse({ version, against: Number(query.get("against")), changes }));
}

const side = (owner: string, more: object = {}) => ({
  owner,
  team: "smb",
  queue: null,
  ruleId: "rest",
  promiseAt: "2026-11-20T10:10:00.000Z",
  firstTouchAt: null,
  breachedBy: [],
  lastOwner: owner,
  ...more,
});

const moved = {
  leadId: "L-late",
  at: "2026-11-20T10:00:00.000Z",
  was: side("ben", { breachedBy: ["ben"] }),
  would: side("ana"),
  changes: ["owner", "breach_avoided"],
  intervened: false,
};

const promised = (kept: number) => ({
  told: 10,
  decided: 9,
  kept,
  waiting: 1,
  withdrawn: 0,
  wait: { p50: 600, p90: 3600 },
});

const summary = {
  leads: 10,
  owner: { same: 9, other: 1 },
  intervened: 1,
  nobody: 0,
  breached: { was: 2, would: 1, avoided: 1, added: 0 },
  deadlines: { was: 3, would: 1 },
  promises: { was: promised(8), would: promised(9), earlier: 1, later: 0 },
  people: [
    { id: "ben", was: { leads: 6, breaches: 2 }, would: { leads: 5, breaches: 1, peakAwaiting: 3 } },
    { id: "ana", was: { leads: 4, breaches: 0 }, would: { leads: 5, breaches: 0, peakAwaiting: 2 } },
  ],
  teams: [],
  queues: [],
  rules: [],
  decidedByTodaysCrm: 0,
  assumptions: ["Answers come after the coverage time that they really took."],
};

/** A back-test that is half done when it is first asked about, and done after that; or cancelled. */
export class FakeBacktests {
  readonly all: Backtest[] = [];
  #asked = 0;

  list = (): Reply => ok({ backtests: this.all, next: null });
  start(body: unknown, now: number): Reply {
    const { from, to, document } = body as { from: string; to: string; document?: unknown };
    this.all.unshift({
      id: `b${this.all.length + 1}`,
      status: "running",
      version: document === undefined ? 12 : null,
      from: `${from}T05:00:00.000Z`,
      to: `${to}T05:00:00.000Z`,
      where: null,
      progress: { decided: 0, total: 10 },
      startedBy: "person:rui",
      startedAt: new Date(now).toISOString(),
      updatedAt: new Date(now).toISOString(),
      finishedAt: null,
      error: null,
      summary: null,
    });
    this.#asked = 0;
    return { ...this.one(this.all[0]!.id), status: 202 };
  }
  one(id: string): Reply {
    const found = this.all.find((each) => each.id === id);
    if (!found) return problem(404, "Not found", "There is no such back-test.");
    if (found.status === "running") {
      found.progress.decided = Math.min(10, this.#asked++ * 5);
      if (found.progress.decided === 10) Object.assign(found, { status: "done", summary });
    }
    return ok(backtestAnswer.parse({ ...found, leads: null, next: null }));
  }
  cancel(id: string): Reply {
    Object.assign(this.all.find((each) => each.id === id) ?? {}, { status: "cancelled" });
    return this.one(id);
  }
  leads = ({ query }: Call): Reply =>
    ok(
      backtestLeads.parse({
        leads: ["any", "owner", "breach_avoided"].includes(query.get("change") ?? "") ? [moved] : [],
        next: null,
      }),
    );
}
