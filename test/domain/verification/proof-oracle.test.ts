/** The proof against an oracle that tries every lead, on thousands of small random policies: they must always agree. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConfigDocument } from "../../../schema/config/document.ts";
import { compileConfig } from "../../../worker/domain/config/compiled.ts";
import { parseDocument } from "../../../worker/domain/verification/parse.ts";
import { checkOrders, checkWaterfall } from "../../../worker/domain/verification/proof/orders.ts";
import { policyOf } from "../../../worker/domain/verification/proof/policy.ts";
import { makeWorld } from "../../../worker/domain/verification/proof/world.ts";
import { enumerate } from "./oracle.ts";
import { documentOf, smallPolicy } from "./policies.ts";
import { NOW } from "./support.ts";
import { dimensionsOf, worlds } from "./worlds.ts";

const SEED = Number(process.env["ORACLE_SEED"] ?? 20261122);
const POLICIES = Number(process.env["ORACLE_POLICIES"] ?? 2000);

/** What the proof says of the order of things. */
const proofOf = (document: ConfigDocument) => {
  const world = makeWorld(document, NOW, 250_000);
  const people = { states: new Map(), timeOff: new Map() };
  const policy = policyOf({ document, compiled: compileConfig(document, 0), people, now: NOW, world });
  checkWaterfall(policy);
  checkOrders(policy);
  return policy;
};

test(`unreachable and never holding, seed ${SEED}`, { timeout: 240_000 }, () => {
  const counted = { never: 0, unreachable: 0, joint: 0, shown: 0 };
  fc.assert(
    fc.property(smallPolicy, (policy) => {
      const { document, errors } = parseDocument(documentOf(policy));
      expect(errors).toEqual([]);
      if (!document) return;
      const proof = proofOf(document);
      expect(proof.undecided).toEqual([]);
      const points = worlds(compileConfig(document, 1), dimensionsOf(policy.fields));
      const truth = enumerate(document, points);
      const said = (code: string) => proof.findings.filter((finding) => finding.code === code);
      const pointers = (code: string) =>
        said(code)
          .map(({ pointer }) => pointer)
          .sort();
      expect(pointers("never_holds")).toEqual([...truth.never].sort());
      expect(pointers("unreachable")).toEqual([...truth.unreachable].sort());
      counted.never += truth.never.size;
      counted.unreachable += truth.unreachable.size;
      for (const { pointer, rules = [], counterexample } of said("unreachable")) {
        if (pointer.startsWith("/scoring")) continue;
        const by = rules.slice(1);
        expect(truth.covers(pointer, by), `${pointer} by ${by.join()}`).toBe(true);
        for (const one of by)
          expect(
            truth.covers(
              pointer,
              by.filter((each) => each !== one),
            ),
            `${one} isn't needed`,
          ).toBe(false);
        if (by.length > 1) counted.joint++;
        if (counterexample) counted.shown++;
      }
    }),
    { seed: SEED, numRuns: POLICIES },
  );
  console.info(`${POLICIES} policies: ${JSON.stringify(counted)}`);
  expect(Math.min(...Object.values(counted))).toBeGreaterThan(POLICIES / 100);
});
