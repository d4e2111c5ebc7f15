/**
 * Never to nobody, and who is missed: the proof against production itself, tried at every change of any calendar and
 * shortly before and after, for every lead of small random policies and every single absence.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Target } from "../../../schema/config/routing.ts";
import { compileConfig, type Compiled } from "../../../worker/domain/config/compiled.ts";
import { isActive, withAbsent, type People } from "../../../worker/domain/routing/people.ts";
import { pick } from "../../../worker/domain/routing/pick.ts";
import { planRoute } from "../../../worker/domain/routing/plan.ts";
import type { Loads } from "../../../worker/domain/routing/plan-types.ts";
import { chainOf, timesOf } from "../../../worker/domain/verification/proof/chain.ts";
import { contains } from "../../../worker/domain/verification/proof/spans.ts";
import { parseDocument } from "../../../worker/domain/verification/parse.ts";
import { verifyWhole } from "../../../worker/domain/verification/verify.ts";
import { documentOf, smallPolicy } from "./policies.ts";
import { DEACTIVATED, NOW } from "./support.ts";
import { dimensionsOf, worlds, type OneWorld } from "./worlds.ts";

const SEED = 20261122;
const HOUR = 3_600_000;
const PEOPLE = ["ana", "ben", "cleo"];

/** Every second hour of ten days, which hold a holiday and a weekend, and the minute before it. */
const INSTANTS = Array.from({ length: 120 }, (_, step) => [
  NOW + 2 * step * HOUR,
  NOW + 2 * step * HOUR - 60_000,
]).flat();

const EMPTY: Loads = { awaiting: new Map(), open: new Map(), credits: new Map() };
const FULL: Loads = {
  awaiting: new Map(PEOPLE.map((id) => [id, 9])),
  open: new Map(),
  credits: new Map(),
};

const winnerOf = (
  compiled: Compiled,
  people: People,
  { scored }: Pick<OneWorld, "scored">,
  at: number,
  loads = EMPTY,
) => {
  const plan = planRoute({
    compiled,
    people,
    scored,
    relationship: null,
    now: at,
    visitorTimezone: "UTC",
    hasPhone: false,
    event: "lead.assigned",
    cause: "capture",
    effects: [],
  });
  return pick(plan.candidates, loads)?.candidate ?? null;
};

const states = (deactivated: readonly string[]) => new Map(deactivated.map((id) => [id, DEACTIVATED]));

test(`ends with nobody exactly where the proof says so, seed ${SEED}`, { timeout: 240_000 }, () => {
  const counted = { holes: 0, safe: 0 };
  fc.assert(
    fc.property(
      smallPolicy,
      fc.subarray([...PEOPLE], { minLength: 0 }),
      fc.infiniteStream(fc.nat()),
      (policy, deactivated, dice) => {
        const { document } = parseDocument(documentOf(policy));
        if (!document) throw new Error("no document");
        const input = { document, states: states(deactivated), holidays: {}, holdings: new Map(), now: NOW };
        const { errors, undecided, stats } = verifyWhole(input);
        expect(undecided).toEqual([]);
        const compiled = compileConfig(document, 1);
        const people = { states: input.states, timeOff: new Map() };
        const points = worlds(compiled, dimensionsOf(policy.fields));
        const some = <T>(list: readonly T[], count: number): T[] =>
          Array.from(
            { length: Math.min(count, list.length) },
            () => list[dice.next().value % list.length] as T,
          );
        const holes = some(points, 8).some((point) =>
          some(INSTANTS, 6).some((at) =>
            [[], ...PEOPLE.map((id) => [id])].some((absent) =>
              [EMPTY, FULL].some((loads) => {
                const winner = winnerOf(compiled, withAbsent(people, absent), point, at, loads);
                const human = winner?.person ?? winner?.steward ?? null;
                return human === null || !isActive(compiled, people, human);
              }),
            ),
          ),
        );
        const said = errors.filter(({ code }) => code === "nobody");
        expect(said.length > 0, JSON.stringify(said)).toBe(holes);
        expect(stats?.proved === stats?.branches).toBe(!holes);
        for (const { counterexample } of said) expect(counterexample).toBeDefined();
        counted[holes ? "holes" : "safe"]++;
      },
    ),
    { seed: SEED, numRuns: 400 },
  );
  console.info(JSON.stringify(counted));
  expect(Math.min(...Object.values(counted))).toBeGreaterThan(20);
});

describe("the chain before the last resort", () => {
  test(`is production's at every hour and absence, seed ${SEED}`, { timeout: 240_000 }, () => {
    const counted = { held: 0, lastResort: 0 };
    const target = fc.constantFrom<Target>(
      { team: "smb" },
      { team: "night" },
      { person: "ben" },
      { person: "cleo" },
    );
    fc.assert(
      fc.property(
        fc.record({ to: target, backup: fc.option(target) }),
        fc.subarray(["cleo", "ana", "ben"], { minLength: 1 }),
        fc.constantFrom("PT0S", "PT3H", "PT16H", "P3D"),
        fc.subarray([...PEOPLE], { maxLength: 1 }),
        fc.constantFrom(
          {},
          { followTheSun: [] },
          { backupTeams: [] },
          { manager: null },
          { newBusiness: true },
        ),
        fc.boolean(),
        // Some are there at a team's second or fourth opening only.
        fc.constantFrom(null, { wed: [["14:00", "20:00"]] }, { thu: [["00:00", "24:00"]] }),
        (way, chain, maxWait, gone, change, existingBusiness, late) => {
          const input = documentOf({
            fields: [],
            parts: {
              scoring: {},
              territories: [],
              slaRules: [],
              suppression: [],
              rules: [{ id: "rule", when: {}, ...way }],
            },
          }) as { people: object[]; teams: object[]; calendars: { hours: object }[]; routing: object };
          if (late && input.calendars[1]) input.calendars[1].hours = late;
          // Without capacities: who is full is not what chains are about.
          input.people = input.people.map((person) => ({ ...person, capacity: null }));
          input.teams = input.teams.map((team) => ({ ...team, ...change }));
          input.routing = { ...input.routing, default: chain, maxWait };
          const { document } = parseDocument(input);
          if (!document) throw new Error("no document");
          const compiled = compileConfig(document, 1);
          const people = { states: states(gone), timeOff: new Map() };
          const facts = existingBusiness ? { opportunity: { open: true } } : {};
          const point = {
            scored: {
              facts,
              score: { score: 0, fit: 0, intent: 0, segment: null, because: [] },
              territory: null,
            },
          };
          const situation = {
            compiled,
            people,
            facts,
            territoryIndex: null,
            now: NOW,
            skills: [],
            languages: [],
            exclude: new Set<string>(),
            existingBusiness,
            trace: [],
          };
          const times = timesOf(compiled, { from: NOW - HOUR, to: NOW + 60 * 24 * HOUR });
          const { holders } = chainOf(times, situation, way);
          for (const at of INSTANTS)
            for (const absent of ["", ...PEOPLE]) {
              const winner = winnerOf(compiled, withAbsent(people, absent === "" ? [] : [absent]), point, at);
              const held = [...holders].some(([id, spans]) => id !== absent && contains(spans, at));
              const lastResort = winner === null || winner.reason.startsWith("last resort");
              expect(held, `${new Date(at).toISOString()} without ${absent}: ${winner?.reason}`).toBe(
                !lastResort,
              );
              counted[held ? "held" : "lastResort"]++;
            }
        },
      ),
      { seed: SEED, numRuns: 250 },
    );
    console.info(JSON.stringify(counted));
    expect(Math.min(...Object.values(counted))).toBeGreaterThan(1000);
  });
});
