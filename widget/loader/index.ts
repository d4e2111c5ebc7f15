/**
 * `w.js`, the script tag's entry: finds every tag that asks for a form, now and later, and defines the element that
 * renders it. Pages need not care when, how often or where the tag runs.
 */
import type { LeadclockGlobal, MountOptions } from "../types.ts";
import { observeVisit } from "./attribution.ts";
import { fetchCode, provide } from "./code.ts";
import { defineElement, TAG } from "./element.ts";
import { baseOf, isLoader, scan } from "./place.ts";

function mount(place: Element, options: MountOptions): HTMLElement {
  const element: HTMLElement & { values?: Record<string, unknown> } = document.createElement(TAG);
  const { values, ...attributes } = options;
  if (values) element.values = values;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  place.append(element);
  return element;
}

/** One observer for the page's life: targets that come later, tags inserted by routers and never run by the browser. */
function watch(look: () => void): void {
  let isDue = false;
  const soon = (): void => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      look();
    });
  };
  new MutationObserver(soon).observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", look);
}

function start(self: HTMLScriptElement): void {
  const base = baseOf(self);
  const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
  const isPrivate = self.dataset.attribution === "page" || globalPrivacyControl;
  const attribution = observeVisit(!isPrivate);
  const look = (): void => scan(base);
  const global: LeadclockGlobal = { version: LEADCLOCK_VERSION, mount, scan: look, provide };
  window.Leadclock = global;
  defineElement({ base, code: () => fetchCode(base + LEADCLOCK_FORM_FILE, self.nonce), attribution });
  look();
  watch(look);
}

// `currentScript` is null for modules and for tags run by tag managers: any tag of ours will do then.
const self = (document.currentScript as HTMLScriptElement | null) ?? [...document.scripts].find(isLoader);
if (window.Leadclock) window.Leadclock.scan();
else if (self) start(self);
