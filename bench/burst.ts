/** 200 submissions at once into five people with room for 20 each: exact, and how long until the last is answered. */
import { client, visit } from "../test/support/load.ts";
import type { Product } from "../test/support/product.ts";
import { brokenInvariants, query } from "../test/support/state.ts";
import { info, inWords, type Claim, spread } from "./tell.ts";

const AT_ONCE = 200;

export async function burst(product: Product): Promise<Claim[]> {
  const visitors = client(product.origin, AT_ONCE);
  const begin = performance.now();
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, n) => visitors.post("/v1/forms/demo/submissions", visit("burst", n))),
  );
  const took = performance.now() - begin;
  visitors.close();
  const created = answers.filter(({ status }) => status === 201).length;
  const held = query<{ owner: string; n: number }>(
    product.dataDir,
    "SELECT owner_id AS owner, count(*) AS n FROM leads GROUP BY owner_id ORDER BY owner_id",
  );
  const reps = held.filter(({ owner }) => owner.startsWith("rep"));
  const exact =
    created === AT_ONCE &&
    reps.length === 5 &&
    reps.every(({ n }) => n === 20) &&
    brokenInvariants(product.dataDir).length === 0;
  return [
    info(
      "burst: 200 at once",
      `${took.toFixed(0)} ms in all, ${inWords(spread(answers.map(({ ms }) => ms)))}`,
    ),
    {
      what: "burst: leads by owner",
      figure: held.map(({ owner, n }) => `${owner} ${n}`).join(", "),
      target: "20 for each rep, the rest with the manager",
      held: exact,
    },
  ];
}
