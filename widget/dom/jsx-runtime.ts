/**
 * JSX for the form, and nothing more: components are plain functions, called at once, and `render` brings the DOM in
 * line with what they return. Children keep their place in the parent (an absent one leaves an empty text), so no keys
 * are needed and a field in use is never rebuilt. A general library would be half of the embed's weight.
 */

export type Props = Record<string, unknown>;
export interface VNode {
  tag: string;
  props: Props;
}
export type Child = VNode | string | number | boolean | null | undefined | Child[];

/** An element and the properties it was last given. */
type Made = HTMLElement & { was?: Props } & Record<string, unknown>;

export function jsx<P>(type: string | ((props: P) => Child), props: P): Child {
  return typeof type === "function" ? type(props) : { tag: type, props: props as Props };
}

export { jsx as jsxs };

export const Fragment = ({ children }: { children?: Child }): Child => children;

export declare namespace JSX {
  type Element = Child;
  type ElementType = string | ((props: never) => Child);
  interface ElementChildrenAttribute {
    children: Child;
  }
  type IntrinsicElements = Record<string, Props>;
}

/** What the visitor may have changed since: compared with the element itself, and set after a select has its options. */
const LIVE = /^(value|checked)$/;

function setProp(element: Made, name: string, value: unknown): void {
  // A handler property that returns false cancels the event: what ours return is of no account.
  if (name.startsWith("on"))
    element[name.toLowerCase()] = (event: Event): void => void (value as (event: Event) => unknown)(event);
  else if (value === undefined || value === null || (value === false && !name.startsWith("aria")))
    element.removeAttribute(name);
  else
    element.setAttribute(
      name,
      value === true && !name.startsWith("aria") ? "" : `${value as string | number | boolean}`,
    );
}

function setProps(element: Made, props: Props): void {
  const { was = {} } = element;
  for (const name of Object.keys({ ...was, ...props })) {
    if (LIVE.test(name)) {
      if (element[name] !== props[name]) element[name] = props[name];
    } else if (name !== "children" && was[name] !== props[name]) setProp(element, name, props[name]);
  }
  element.was = props;
}

function nodeFor(child: VNode | string, present: ChildNode | undefined): ChildNode {
  if (typeof child === "string") {
    if (present?.nodeType !== Node.TEXT_NODE) return document.createTextNode(child);
    if (present.nodeValue !== child) present.nodeValue = child;
    return present;
  }
  const { tag, props } = child;
  const isSame = present instanceof Element && present.localName === tag;
  const element = (isSame ? present : document.createElement(tag)) as Made;
  render(element, props.children as Child);
  setProps(element, props);
  return element;
}

/** Make the children of `parent` what `children` says. */
export function render(parent: Element, children: Child): void {
  const nodes = parent.childNodes;
  const wanted = [children].flat(9 as 0) as Exclude<Child, Child[]>[];
  wanted.forEach((child, at) => {
    const present = nodes[at];
    const text =
      typeof child === "object" && child ? child : typeof child === "boolean" ? "" : `${child ?? ""}`;
    const node = nodeFor(text, present);
    if (!present) parent.append(node);
    else if (node !== present) present.replaceWith(node);
  });
  while (nodes.length > wanted.length) parent.lastChild?.remove();
}
