/** Which script tags wait for a form, and where each belongs. Safe to run again at any time. */
import { TAG } from "./element.ts";

const OPTIONS = ["form", "theme", "accent", "height", "values"];
const LOADER = /\/w\.js(?:[?#]|$)/;

/** @returns where Leadclock is served, with a closing slash */
export const baseOf = (script: HTMLScriptElement): string => new URL(".", script.src).href;

export const isLoader = (script: HTMLScriptElement): boolean => LOADER.test(script.src);

/** Where a script's form was put: a new target (a page rebuilt by a router) gets a new form, a removed form stays away. */
const placed = new WeakMap<HTMLScriptElement, Node>();

function makeElement(script: HTMLScriptElement, defaultBase: string): HTMLElement {
  const element = document.createElement(TAG);
  for (const name of OPTIONS) {
    const value = script.dataset[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
  if (baseOf(script) !== defaultBase) element.setAttribute("host", baseOf(script));
  return element;
}

function reserve(element: Element, room: Element): void {
  const height = room.clientHeight;
  if (height && !element.hasAttribute("height")) element.setAttribute("height", `${height}`);
}

const isForm = (node: Element | null, form: string | undefined): boolean =>
  node?.localName === TAG && node.getAttribute("form") === form;

/** Two tags in a row with the same form are one place pasted twice. */
function hasNeighbour(script: HTMLScriptElement): boolean {
  let before = script.previousElementSibling;
  while (before && before.localName.endsWith("script")) before = before.previousElementSibling;
  return isForm(before, script.dataset.form);
}

function putInto(target: Element, script: HTMLScriptElement, base: string): void {
  const { form } = script.dataset;
  if ([...target.children].some((child) => isForm(child, form))) return;
  const element = makeElement(script, base);
  // A target with a height of its own has reserved the room.
  if (!target.childElementCount) reserve(element, target);
  target.append(element);
}

/** A script shown as a block (`style="display:block;min-height:…"`) is the reserved room: the form takes its place. */
function putBeside(script: HTMLScriptElement, base: string): void {
  if (hasNeighbour(script)) return;
  const element = makeElement(script, base);
  reserve(element, script);
  script.style.setProperty("display", "none", "important");
  script.after(element);
}

/** A script in the head, without a target: the form ends the page's main part, unless the page has the element itself. */
function putAtEnd(script: HTMLScriptElement, base: string): Node | null {
  const { form } = script.dataset;
  if (document.readyState === "loading") return null;
  if ([...document.querySelectorAll(TAG)].some((element) => isForm(element, form))) return script;
  const main = document.querySelector("main") ?? document.body;
  main.append(makeElement(script, base));
  return main;
}

function place(script: HTMLScriptElement, base: string): void {
  const { target } = script.dataset;
  const inHead = script.parentNode === document.head;
  const at = target ? document.querySelector(target) : script.parentNode;
  if (!at || placed.get(script) === at || (inHead && !target && placed.has(script))) return;
  if (target) putInto(at as Element, script, base);
  else if (inHead) {
    if (!putAtEnd(script, base)) return;
  } else putBeside(script, base);
  placed.set(script, at);
}

export function scan(base: string): void {
  for (const script of document.scripts) {
    if (script.dataset.form && isLoader(script)) place(script, base);
  }
}
