/** `<leadclock-form form="demo">`: reserves its room, fetches definition and code side by side, and starts the form. */
import type { PublicForm, StartForm } from "../types.ts";
import { fetchDefinition, type Unavailable } from "./code.ts";
import { makeSpace, rememberedHeight, typicalHeight } from "./space.ts";

export const TAG = "leadclock-form";

export interface Surroundings {
  base: string;
  code: () => Promise<StartForm>;
  attribution: () => Record<string, unknown>;
}

/**
 * `all` with `!important` from inside a shadow tree beats whatever a page does to `*`; only direction and the size of
 * letters (within reason) come from the page.
 */
const BASE_CSS =
  ":host{all:initial!important;display:grid!important;align-items:start!important;box-sizing:border-box!important;inline-size:100%!important;" +
  "max-inline-size:720px!important;font-size:clamp(15px,1em,19px)!important}:host([hidden]){display:none!important}" +
  ".note{margin:0;padding:1.5em;font:1em/1.5 system-ui;color:CanvasText;background:Canvas}";

/** A style sheet made in script needs no permission from a strict CSP; a `<style>` (Safari before 16.4) does. */
function addSheet(root: ShadowRoot, css: string): (css: string) => void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return (next) => sheet.replaceSync(next);
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
    return (next) => void (style.textContent = next);
  }
}

function parseValues(text: string | null): Record<string, unknown> {
  try {
    return (JSON.parse(text ?? "{}") ?? {}) as Record<string, unknown>;
  } catch {
    console.error("Leadclock: data-values is not JSON");
    return {};
  }
}

/** What the page reserved, else what an earlier visit saw, else a typical height while nothing is painted yet. */
function reservation(host: HTMLElement, own: number): { height: number; isExplicit: boolean } {
  const explicit = Number(host.getAttribute("height")) || own;
  if (explicit > 0) return { height: explicit, isExplicit: true };
  const painted = performance.getEntriesByName("first-contentful-paint").length > 0;
  const inView = host.getBoundingClientRect().top < innerHeight;
  // Room made after the first paint is itself a shift: then one, with the whole form, rather than two.
  if (painted && inView) return { height: 0, isExplicit: false };
  const form = host.getAttribute("form") ?? "";
  return {
    height: rememberedHeight(form, host.clientWidth) || typicalHeight(host.clientWidth),
    isExplicit: false,
  };
}

function announce(host: HTMLElement, type: string, detail: Record<string, unknown>): void {
  host.dispatchEvent(new CustomEvent(`leadclock:${type}`, { detail, bubbles: true, composed: true }));
}

async function fill(
  host: HTMLElement,
  around: Surroundings,
  form: string,
  values: Record<string, unknown>,
): Promise<void> {
  // Not the bounding box: an inline element without styles has a line's height, which reserves nothing.
  const own = host.clientHeight;
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.replaceChildren();
  root.adoptedStyleSheets = [];
  addSheet(root, BASE_CSS);
  const setHostRules = addSheet(root, "");
  const { height, isExplicit } = reservation(host, own);
  const space = makeSpace(host, (rules) => setHostRules(`:host{${rules}}`), height, isExplicit);
  const base = host.getAttribute("host") ?? around.base;
  const mount = document.createElement("div");
  root.append(mount);
  try {
    const [definition, start]: [PublicForm, StartForm] = await Promise.all([
      fetchDefinition(base, form),
      around.code(),
    ]);
    if (host.getAttribute("form") !== form) return;
    start({
      host,
      mount,
      base,
      definition,
      values,
      accent: host.getAttribute("accent"),
      attribution: around.attribution,
      addStyles: (css) => void addSheet(root, css),
      announce: (type, detail) => announce(host, type, detail),
      holdHeight: space.hold,
    });
    space.fit();
    announce(host, "ready", { form, height: mount.offsetHeight });
  } catch (error) {
    const { message, status } = error as Unavailable;
    console.error(`Leadclock: ${message}`);
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = "This form can’t be shown right now. Please try again later.";
    mount.replaceChildren(note);
    announce(host, "error", { form, reason: "unavailable", status: status ?? 0, fields: [] });
  }
}

/** Define the element. It keeps its form when moved or re-added, and starts anew when its `form` attribute changes. */
export function defineElement(around: Surroundings): void {
  if (customElements.get(TAG)) return;
  class LeadclockForm extends HTMLElement {
    // No class fields: at this target each would cost a helper.
    static get observedAttributes(): string[] {
      return ["form"];
    }
    /** Initial values by field name, for pages that set them in script before the element is added. */
    declare values?: Record<string, unknown>;
    declare shown?: string;

    connectedCallback(): void {
      const form = this.getAttribute("form");
      if (!form || !this.isConnected) return;
      // Moved, or taken out and put back: the form goes on as it was.
      if (form === this.shown) return void this.dispatchEvent(new Event("leadclock:connected"));
      this.shown = form;
      void fill(this, around, form, { ...parseValues(this.getAttribute("values")), ...this.values });
    }

    attributeChangedCallback(): void {
      this.connectedCallback();
    }
  }
  customElements.define(TAG, LeadclockForm);
}
