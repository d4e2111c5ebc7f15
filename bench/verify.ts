/**
 * Verification in the Worker's runtime: policies of 10, 60 and 500 rules, of 50 and 1,000 people, beside the floor of
 * reading and compiling the same document. workerd's clock stands still while it computes, so the caller's counts; both
 * have the same way to go.
 */
import { type Client, client } from "../test/support/load.ts";
import { sizedPolicy, type PolicySize } from "../test/support/policy.ts";
import { atMost, type Claim, info, ms } from "./tell.ts";

const ROUNDS = 7;

interface Answer {
  errors: number;
  undecided: number;
}

/** The fastest of some rounds: what the work takes when nothing else does. */
async function fastest(to: Client, path: string, body: unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const { status, text, ms } = await to.post(path, body);
    best = Math.min(best, ms);
    const answer = (status === 200 ? JSON.parse(text) : {}) as Partial<Answer>;
    if (answer.errors !== 0 || answer.undecided !== 0)
      throw new Error(`${path}: ${status} ${text.slice(0, 500)}`);
  }
  return best;
}

interface Measured {
  whole: number;
  floor: number;
}

const measure = async (to: Client, size: PolicySize): Promise<Measured> => {
  const document = sizedPolicy(size);
  return { floor: await fastest(to, "/compile", document), whole: await fastest(to, "/verify", document) };
};

const times = ({ whole, floor }: Measured): string =>
  `${ms(whole)}, ${(whole / floor).toFixed(1)} × reading and compiling it (${ms(floor)})`;

export async function verifying(origin: string): Promise<Claim[]> {
  const to = client(origin, 1);
  const small = await measure(to, { rules: 10, people: 50, teams: 10 });
  const usual = await measure(to, { rules: 60, people: 50, teams: 10 });
  const large = await measure(to, { rules: 500, people: 50, teams: 10 });
  const crowd = await measure(to, { rules: 60, people: 1000, teams: 10 });
  to.close();
  return [
    info("verify: 10 rules, 50 people, 10 teams", times(small)),
    info("verify: 60 rules, 50 people, 10 teams", times(usual)),
    info("verify: 500 rules, 50 people, 10 teams", times(large)),
    info("verify: 60 rules, 1,000 people, 10 teams", times(crowd)),
    info(
      "verify: slope",
      `10 → 60 → 500 rules: 1 : ${(usual.whole / small.whole).toFixed(2)} : ${(large.whole / small.whole).toFixed(2)}; 50 → 1,000 people: 1 : ${(crowd.whole / usual.whole).toFixed(2)}`,
    ),
    atMost("verify: 60 rules in the Worker", usual.whole, 300, "ms"),
    atMost("verify: 500 rules in the Worker", large.whole, 3000, "ms"),
  ];
}
