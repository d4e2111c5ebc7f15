/**
 * How well do leads find their accounts? `npm run bench:matching -- accounts.csv cases.jsonl [--fit] [--wrong] [--quick] [--altered=4000]`
 * The data are labelled cases about real companies and stay outside the repository (docs/matching.md). Keys, bounds, features
 * and decision are the product's own; the index in memory holds what D1 would.
 *   --fit     prints the weights fitted to all cases (worker/domain/matching/weights.ts)
 *   --wrong   lists the cases answered wrongly
 *   --quick   without cross-validation
 */
import { DEFAULT_MATCH_OPTIONS } from "../worker/domain/matching/types.ts";
import { alteredQuestions } from "./matching/altered.ts";
import { KeyIndex, readAccounts, readCases, type Question } from "./matching/data.ts";
import { fit, samplesOf } from "./matching/fit.ts";
import { foldOf } from "./matching/folds.ts";
import { answer, figures, isJudgement, isRight, row, table, type Answer } from "./matching/report.ts";

/** Processor time, since a busy machine says nothing of the code. */
const cpuMs = (): number => process.cpuUsage().user / 1000;

const SEED = 20261122;
const FOLDS = 5;
const PRECISE = 0.995;

const [, , accountsPath, casesPath, ...flags] = process.argv;
if (accountsPath === undefined || casesPath === undefined) {
  console.error(
    "npm run bench:matching -- <accounts.csv> <cases.jsonl> [--fit] [--wrong] [--quick] [--altered=4000]",
  );
  process.exit(2);
}
const altered = Number(flags.find((flag) => flag.startsWith("--altered="))?.slice(10) ?? 4000);

const accounts = readAccounts(accountsPath);
let started = cpuMs();
const index = new KeyIndex(accounts);
const keyed = cpuMs() - started;
console.log(
  `${accounts.length} accounts, ${(index.rows / accounts.length).toFixed(1)} keys each, ${(keyed / accounts.length).toFixed(3)} ms each`,
);
const cases = index.ask(readCases(casesPath));
const made = alteredQuestions(accounts, index, altered, SEED);

started = cpuMs();
const answers = answer(cases, {});
const mean = (cpuMs() - started) / cases.length;
const candidates = cases.map((each) => each.candidates.length).sort((a, b) => a - b);
const at = (share: number) => candidates[Math.floor(share * (candidates.length - 1))];
console.log(
  `candidates p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}; a decision ${mean.toFixed(3)} ms on average\n`,
);
console.log(table("labelled cases", answers));
const madeAnswers = answer(made, {});
console.log(`\n${table(`altered accounts (seed ${SEED})`, madeAnswers)}`);

if (!flags.includes("--quick")) crossValidate();

if (flags.includes("--fit")) {
  const weights = fit([...samplesOf(cases), ...samplesOf(made, 0.5)]);
  console.log(`\nweights ${JSON.stringify(weights, null, 2)}`);
  for (const acceptThreshold of [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9])
    console.log(
      row(
        `accepted from ${acceptThreshold}`,
        answer(cases, { weights, acceptThreshold }).filter((each) => !isJudgement(each)),
      ),
      row("", answer(made, { weights, acceptThreshold })),
    );
}
if (flags.includes("--wrong"))
  for (const each of [...answers, ...madeAnswers]) if (!isRight(each)) console.log(told(each));

function crossValidate(): void {
  console.log(`\n${FOLDS} folds by company; weights and threshold fitted on the others`);
  const outside = Array.from({ length: FOLDS }, (_, fold) => heldOut(fold)).flat();
  const headline = outside.filter((each) => !isJudgement(each));
  console.log(row("cross-validated headline", headline));
  for (const [kind, of = []] of Object.entries(Object.groupBy(headline, ({ question }) => question.kind)))
    if (figures(of).accuracy < 0.99) console.log(row(`  ${kind}`, of));
}

function heldOut(fold: number): Answer[] {
  const inside = (question: Question) => foldOf(question, FOLDS, cases) === fold;
  const others = cases.filter((each) => !inside(each));
  const weights = fit([
    ...samplesOf(others),
    ...samplesOf(
      made.filter((each) => !inside(each)),
      0.5,
    ),
  ]);
  const scored = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9].map((acceptThreshold) => ({
    acceptThreshold,
    ...figures(answer(others, { weights, acceptThreshold }).filter((each) => !isJudgement(each))),
  }));
  const precise = scored.filter(({ precision }) => precision >= PRECISE);
  const best = precise.toSorted((a, b) => b.f1 - a.f1)[0] ?? {
    acceptThreshold: DEFAULT_MATCH_OPTIONS.acceptThreshold,
  };
  const tested = answer(cases.filter(inside), { weights, acceptThreshold: best.acceptThreshold });
  console.log(
    row(
      `  fold ${fold + 1}, accepted from ${best.acceptThreshold}`,
      tested.filter((each) => !isJudgement(each)),
    ),
  );
  return tested;
}

function told({ question, match }: Answer): string {
  const expected = accounts.find(({ id }) => id === question.expected);
  const best = match.candidates
    .slice(0, 2)
    .map(({ name, confidence, method }) => `${name} ${method} ${confidence}`);
  return `${question.kind} ${JSON.stringify(question.lead)} => ${expected?.name ?? "nobody"} ${expected?.domain ?? ""} | ${match.accountId === null ? "none" : "MATCHED"}: ${best.join("; ")}`;
}
