/**
 * Multi-valued decision diagrams, hash-consed: a function from cells (one per variable) to small whole numbers. Equal
 * functions are the same node, so "can this ever hold?" is one comparison with NO. Variables are asked in the order of
 * their level; a node that would ask in vain is left out.
 *
 * The work is bounded by the number of nodes: beyond it `Exhausted` is thrown, and what was asked is undecided.
 */

/** A node or a terminal: 0 and above are nodes, below are terminals. */
export type Ref = number;

/** Terminals: the value v is −1 − v. */
export const terminal = (value: number): Ref => -1 - value;
export const NO: Ref = terminal(0);
export const YES: Ref = terminal(1);

export class Exhausted extends Error {}

const LEVEL_OF_TERMINAL = 0x7fffffff;
const CACHE_BITS = 16;
const CACHE_SIZE = 1 << CACHE_BITS;

const AND = 1;
const OR = 2;
const MINUS = 3;
const MEET = 4;

const mix = (a: number, b: number, c: number): number => {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> (32 - CACHE_BITS);
};

/** What an operation is without looking further, or null. */
const shortcut = (op: number, a: Ref, b: Ref): Ref | null => {
  if (op === AND || op === MEET) {
    if (a === NO || b === NO) return NO;
    if (a === YES) return op === AND ? b : YES;
    if (b === YES) return op === AND ? a : YES;
    return a === b ? (op === AND ? a : YES) : null;
  }
  if (op === OR) {
    if (a === YES || b === YES) return YES;
    if (a === NO || a === b) return b;
    return b === NO ? a : null;
  }
  if (a === NO || b === YES || a === b) return NO;
  return b === NO ? a : a === YES && b === NO ? YES : null;
};

export class Diagrams {
  readonly #arity: readonly number[];
  #limit: number;
  readonly #most: number;
  readonly #levels: number[] = [];
  readonly #kids: (readonly Ref[])[] = [];
  readonly #unique = new Map<number, number[]>();
  /** Direct-mapped: operation, both operands, result. */
  readonly #cache = new Int32Array(CACHE_SIZE * 4);
  readonly #choices = new Map<string, Ref>();

  /** `arity`: the number of cells of each variable, by level; `most`: nodes there may ever be. */
  constructor(arity: readonly number[], most: number) {
    this.#arity = arity;
    this.#limit = most;
    this.#most = most;
  }

  /** The next question may build this many nodes. */
  allow(nodes: number): void {
    this.#limit = Math.min(this.#most, this.#levels.length + nodes);
  }

  get size(): number {
    return this.#levels.length;
  }

  #level(ref: Ref): number {
    return ref < 0 ? LEVEL_OF_TERMINAL : (this.#levels[ref] ?? LEVEL_OF_TERMINAL);
  }

  #kid(ref: Ref, level: number, cell: number): Ref {
    return ref >= 0 && this.#levels[ref] === level ? (this.#kids[ref]?.[cell] ?? NO) : ref;
  }

  /** The node that asks the variable of this level; `kids` has one function for each of its cells. */
  node(level: number, kids: readonly Ref[]): Ref {
    const first = kids[0] ?? NO;
    let alike = true;
    let hash = level | 0;
    for (const kid of kids) {
      alike &&= kid === first;
      hash = (Math.imul(hash, 31) + kid) | 0;
    }
    if (alike) return first;
    const bucket = this.#unique.get(hash);
    const found = bucket?.find((ref) => this.#same(ref, level, kids));
    if (found !== undefined) return found;
    if (this.#levels.length >= this.#limit) throw new Exhausted();
    const ref = this.#levels.push(level) - 1;
    this.#kids.push(kids);
    if (bucket) bucket.push(ref);
    else this.#unique.set(hash, [ref]);
    return ref;
  }

  #same(ref: Ref, level: number, kids: readonly Ref[]): boolean {
    if (this.#levels[ref] !== level) return false;
    const others = this.#kids[ref];
    for (let cell = 0; cell < kids.length; cell++) if (others?.[cell] !== kids[cell]) return false;
    return true;
  }

  #apply(op: number, a: Ref, b: Ref): Ref {
    const short = shortcut(op, a, b);
    if (short !== null) return short;
    if (op !== MINUS && a > b) return this.#apply(op, b, a);
    const slot = mix(op, a, b) * 4;
    const cache = this.#cache;
    if (cache[slot] === op && cache[slot + 1] === a && cache[slot + 2] === b) return cache[slot + 3] ?? NO;
    const level = Math.min(this.#level(a), this.#level(b));
    const result = op === MEET ? this.#meet(level, a, b) : this.#combine(op, level, a, b);
    cache[slot] = op;
    cache[slot + 1] = a;
    cache[slot + 2] = b;
    cache[slot + 3] = result;
    return result;
  }

  #combine(op: number, level: number, a: Ref, b: Ref): Ref {
    const kids: Ref[] = [];
    const arity = this.#arity[level] ?? 0;
    for (let cell = 0; cell < arity; cell++)
      kids.push(this.#apply(op, this.#kid(a, level, cell), this.#kid(b, level, cell)));
    return this.node(level, kids);
  }

  #meet(level: number, a: Ref, b: Ref): Ref {
    const arity = this.#arity[level] ?? 0;
    for (let cell = 0; cell < arity; cell++)
      if (this.#apply(MEET, this.#kid(a, level, cell), this.#kid(b, level, cell)) === YES) return YES;
    return NO;
  }

  and(a: Ref, b: Ref): Ref {
    return this.#apply(AND, a, b);
  }

  or(a: Ref, b: Ref): Ref {
    return this.#apply(OR, a, b);
  }

  /** Where `a` holds and `b` doesn't. */
  minus(a: Ref, b: Ref): Ref {
    return this.#apply(MINUS, a, b);
  }

  /** Whether both can hold together; builds no nodes. */
  meets(a: Ref, b: Ref): boolean {
    return this.#apply(MEET, a, b) === YES;
  }

  /** `yes` where the condition holds, else `no`; both may have any terminals. */
  choose(condition: Ref, yes: Ref, no: Ref): Ref {
    if (condition === YES || yes === no) return yes;
    if (condition === NO) return no;
    const key = `${condition} ${yes} ${no}`;
    const known = this.#choices.get(key);
    if (known !== undefined) return known;
    const level = Math.min(this.#level(condition), this.#level(yes), this.#level(no));
    const kids: Ref[] = [];
    for (let cell = 0; cell < (this.#arity[level] ?? 0); cell++)
      kids.push(
        this.choose(
          this.#kid(condition, level, cell),
          this.#kid(yes, level, cell),
          this.#kid(no, level, cell),
        ),
      );
    const result = this.node(level, kids);
    this.#choices.set(key, result);
    return result;
  }

  /** Where the function has a value for which the test holds. */
  where(ref: Ref, test: (value: number) => boolean): Ref {
    const known = new Map<Ref, Ref>();
    const walk = (at: Ref): Ref => {
      if (at < 0) return test(-1 - at) ? YES : NO;
      let result = known.get(at);
      if (result === undefined) {
        result = this.node(this.#level(at), (this.#kids[at] ?? []).map(walk));
        known.set(at, result);
      }
      return result;
    };
    return walk(ref);
  }

  /** The function's value at a point, given by level. */
  at(ref: Ref, point: readonly number[]): number {
    let at = ref;
    while (at >= 0) at = this.#kids[at]?.[point[this.#levels[at] ?? 0] ?? 0] ?? NO;
    return -1 - at;
  }

  /** A point where it holds, the first cell of every variable where there is a choice; null where it never holds. */
  pick(ref: Ref): number[] | null {
    if (ref === NO) return null;
    const point = this.#arity.map(() => 0);
    let at = ref;
    while (at >= 0) {
      const cell = (this.#kids[at] ?? []).findIndex((kid) => kid !== NO);
      point[this.#levels[at] ?? 0] = cell;
      at = this.#kids[at]?.[cell] ?? NO;
    }
    return point;
  }
}
