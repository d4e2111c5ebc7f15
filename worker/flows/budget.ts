/**
 * What one invocation asks of the database. The platform allows it 1,000 questions (docs/capacity.md); whoever asks more is
 * ended in the middle, so work that comes in any number looks before each piece whether there is room for it.
 */
import type { Db } from "../store/db.ts";
import type { Deps } from "./deps.ts";

/** What is under way when it is reached may still be finished. */
const ALLOWED = 900;

/** What waking one lead asks: it is read and written, maybe twice. Who loses races asks more, so it is looked at between leads. */
export const WAKE_NEEDS = 5;
/** Leads that a clock wakes before it looks again, and what that may ask. */
export const WOKEN_AT_ONCE = 40;
export const A_SHIFT = WOKEN_AT_ONCE * WAKE_NEEDS;

/** A batch is one question, however many statements it has. */
const counting = (db: Db): { db: Db; asked: () => number } => {
  let prepared = 0;
  let batched = 0;
  let batches = 0;
  const counted = new Proxy(db, {
    get(target, name) {
      if (name === "prepare")
        return (sql: string) => {
          prepared++;
          return target.prepare(sql);
        };
      if (name === "batch")
        return (statements: D1PreparedStatement[]) => {
          batched += statements.length;
          batches++;
          return target.batch(statements);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return { db: counted, asked: () => Math.max(0, prepared - batched) + batches };
};

/** The same, and knowing how many questions are left. */
export const budgeted = (deps: Deps, allowed = ALLOWED): Deps => {
  const { db, asked } = counting(deps.db);
  return { ...deps, db, left: () => allowed - asked() };
};

/** Whether so many questions may still be asked; always, where nobody counts. */
export const hasRoom = (deps: Pick<Deps, "left">, need: number): boolean =>
  deps.left === undefined || deps.left() >= need;
