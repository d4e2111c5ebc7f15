/**
 * What makes a domain file impure: reaching for a global that knows the time, rolls dice or talks to the world.
 * `Date` and `Math` stay for arithmetic on given values; the rest may not be named at all.
 */

/** The fields of an ESTree node that these checks read. */
export interface Node {
  readonly type: string;
  readonly name?: string;
  readonly parent?: Node;
  readonly computed?: boolean;
  readonly shorthand?: boolean;
  readonly operator?: string;
  readonly object?: Node;
  readonly property?: Node;
  readonly callee?: Node;
  readonly key?: Node;
  readonly value?: Node;
  readonly right?: Node;
  readonly arguments?: readonly Node[];
}

/**
 * Globals the domain may not name, with what to do instead. Timers, fetch, console and the like need no
 * mention: the domain's tsconfig has no types for them, so they don't compile.
 */
const banned = new Map([
  ["crypto", "pass ids in"],
  ["globalThis", "pass what is needed in"],
]);

/** Temporal's own clock hides behind a named import rather than a global. */
const bannedMembers = new Map([
  ["Temporal", new Set(["Now"])],
  ["Math", new Set(["random"])],
]);

const dateMembers = new Set(["parse", "UTC", "prototype"]);

/** True where the identifier is only a name in a type, a property, a key or a label: nothing is evaluated. */
function isMerelyAName(node: Node, parent: Node): boolean {
  if (parent.type === "MemberExpression") return parent.property === node && parent.computed !== true;
  if (parent.type === "Property")
    return parent.key === node && parent.computed !== true && parent.shorthand !== true;
  if (/^(Import|Export|TS(?!AsExpression|NonNull|Satisfies|TypeAssertion))/.test(parent.type)) return true;
  return (
    /^(PropertyDefinition|MethodDefinition|AccessorProperty)$/.test(parent.type) &&
    parent.key === node &&
    parent.computed !== true
  );
}

/** The member read from the identifier: its name, "?" when computed, nothing when it is used as a whole. */
function memberRead(node: Node, parent: Node): string | undefined {
  if (parent.type !== "MemberExpression" || parent.object !== node) return undefined;
  return parent.computed === true ? "?" : parent.property?.name;
}

function impureDate(node: Node, parent: Node): boolean {
  const member = memberRead(node, parent);
  if (member !== undefined) return !dateMembers.has(member);
  if (parent.type === "NewExpression" && parent.callee === node) return (parent.arguments ?? []).length === 0;
  return !(parent.type === "BinaryExpression" && parent.operator === "instanceof");
}

function impureMember(node: Node, parent: Node, members: ReadonlySet<string>): boolean {
  const member = memberRead(node, parent);
  return member === undefined || member === "?" || members.has(member);
}

/** Says why naming this identifier here is impure, or nothing. */
export function purity(node: Node): string | undefined {
  const { name, parent } = node;
  if (name === undefined || parent === undefined || isMerelyAName(node, parent)) return undefined;
  const remedy = banned.get(name);
  if (remedy !== undefined) return `The domain is pure: no ${name} here; ${remedy}.`;
  if (name === "Date" && impureDate(node, parent)) {
    return "The domain is pure: of Date only new Date(ms), Date.UTC and Date.parse; pass now in.";
  }
  const members = bannedMembers.get(name);
  if (members === undefined || !impureMember(node, parent, members)) return undefined;
  return `The domain is pure: no ${name}.${[...members].join("/")} here; pass the value in.`;
}
