/** `policy backtest`: begins one, says how far it is, tells what it comes to. Code 1 where any lead would have gone otherwise. */
import type { Backtest, BacktestSummary } from "../../schema/wire/backtests.ts";
import type { PolicyOptions } from "./args.ts";
import { CannotRun, type PolicyAnswer, type PolicyServer } from "./server.ts";

type Tell = (line: string) => void;

const backtestIn = ({ status, body }: PolicyAnswer): Backtest => {
  const known = (body ?? {}) as Partial<Backtest> & {
    detail?: string;
    errors?: { pointer: string; detail: string }[];
  };
  if (status < 300 && known.id !== undefined) return known as Backtest;
  const faults = (known.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer}  ${detail}`).join("");
  throw new CannotRun(`${known.detail ?? `the server answered ${status}`}${faults}`);
};

const howFar = ({ progress: { decided, total } }: Backtest): string =>
  total === 0
    ? "no leads in this period"
    : `${decided} of ${total} leads (${Math.floor((100 * decided) / total)} %)`;

const AT_FIRST_MS = 300;
const AT_MOST_MS = 3_000;

/** Questions in a row that may fail: a back-test takes minutes, in which a connection may break or a deployment come. */
const MOST_UNANSWERED = 5;

/** What the command is given besides the question. */
export interface Surroundings {
  tell: Tell;
  /** How far it is, each time in place of the last; empty at the end. */
  progress: Tell;
  /** Resolves after so long, or as soon as the command is stopped. */
  pause: (ms: number) => Promise<void>;
  /** Aborted when somebody stops the command. */
  stopped: AbortSignal;
}

/** How it stands; as it last stood where the server can't be asked just now. */
async function standing(server: PolicyServer, last: Backtest, unanswered: number): Promise<Backtest | null> {
  try {
    const answer = await server.backtestNow(last.id);
    if (answer.status < 500) return backtestIn(answer);
  } catch (error) {
    if (!(error instanceof CannotRun) || unanswered + 1 >= MOST_UNANSWERED) throw error;
  }
  if (unanswered + 1 < MOST_UNANSWERED) return null;
  throw new CannotRun(`The server can't say how far it is. It goes on there: GET /v1/backtests/${last.id}`);
}

/** Asks again and again; whoever stops the command leaves no work behind. */
async function untilEnded(
  server: PolicyServer,
  begun: Backtest,
  { progress, pause, stopped }: Surroundings,
): Promise<Backtest> {
  let now = begun;
  let unanswered = 0;
  for (let wait = AT_FIRST_MS; now.status === "running"; wait = Math.min(wait * 1.5, AT_MOST_MS)) {
    progress(howFar(now));
    await pause(wait);
    if (stopped.aborted) {
      progress("");
      backtestIn(await server.cancelBacktest(begun.id));
      throw new CannotRun("Stopped, and the back-test with it.");
    }
    const next = await standing(server, now, unanswered);
    unanswered = next ? 0 : unanswered + 1;
    now = next ?? now;
  }
  progress("");
  return now;
}

const minutes = (seconds: number | null): string =>
  seconds === null
    ? "none"
    : seconds < 5_400
      ? `${(seconds / 60).toFixed(1)} min`
      : `${(seconds / 3_600).toFixed(1)} h`;

const line = (what: string, was: string | number, would: string | number): string =>
  `${what.padEnd(28)} ${String(was).padStart(12)} ${String(would).padStart(12)}`;

export function tellSummary(summary: BacktestSummary, tell: Tell): void {
  const { owner, breached, promises } = summary;
  tell(
    `${summary.leads} leads: ${owner.other} to somebody else, ${owner.same} as it was; ${summary.intervened} were moved by hand.`,
  );
  tell(line("", "was", "would be"));
  tell(line("leads breached", breached.was, breached.would));
  tell(line("deadlines missed", summary.deadlines.was, summary.deadlines.would));
  tell(
    line(
      "promises kept, of decided",
      `${promises.was.kept}/${promises.was.decided}`,
      `${promises.would.kept}/${promises.would.decided}`,
    ),
  );
  tell(line("promises still to come", promises.was.waiting, promises.would.waiting));
  tell(line("promises withdrawn", promises.was.withdrawn, promises.would.withdrawn));
  tell(line("promised within, half", minutes(promises.was.wait.p50), minutes(promises.would.wait.p50)));
  tell(
    line("promised within, nine in ten", minutes(promises.was.wait.p90), minutes(promises.would.wait.p90)),
  );
  for (const { id, was, would } of summary.people) tell(line(`  ${id}`, was.leads, would.leads));
  tell(`${breached.avoided} leads breached less, ${breached.added} more.`);
}

export async function backtest(
  options: PolicyOptions,
  server: PolicyServer,
  around: Surroundings,
): Promise<number> {
  const { tell } = around;
  const question = { document: options.document, ...options.period };
  const ended = await untilEnded(server, backtestIn(await server.backtest(question)), around);
  if (ended.status !== "done" || !ended.summary)
    throw new CannotRun(ended.error ?? `The back-test was ${ended.status}.`);
  if (options.csv) tell((await server.backtestCsv(ended.id)).trimEnd());
  else if (options.json) tell(JSON.stringify(ended, null, 2));
  else tellSummary(ended.summary, tell);
  const { owner, promises, breached } = ended.summary;
  return owner.other + promises.earlier + promises.later + breached.avoided + breached.added > 0 ? 1 : 0;
}
