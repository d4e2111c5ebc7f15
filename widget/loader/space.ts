/**
 * The room a form takes in the page. A box is reserved before the form arrives, and its height changes only when nobody
 * can see what stands below it move: while its lower edge is out of view, or as the visitor acts inside the form.
 */
import { recall, remember } from "./storage.ts";

/** Room for a form of five fields and consent, when neither the page nor an earlier visit says better. */
export const typicalHeight = (width: number): number => (width < 530 ? 880 : 560);

export interface Space {
  /** The form is in the box: let the box take its height as soon as that disturbs nobody. */
  fit: () => void;
  /** Keep at least the present height from now on. */
  hold: () => void;
}

const memoryKey = (form: string): string => `leadclock:height:${form}`;

/** Nothing stands below in the page: its end may move. */
function isLast(host: Element): boolean {
  for (let node: Element | null = host; node && node !== document.body; node = node.parentElement) {
    for (let next = node.nextElementSibling; next; next = next.nextElementSibling) {
      if (next.getClientRects().length) return false;
    }
  }
  return true;
}

/** @returns the height an earlier visit saw at this width, 0 when there was none */
export function rememberedHeight(form: string, width: number): number {
  const [seenWidth, height] = (recall("localStorage", memoryKey(form)) ?? []) as number[];
  return seenWidth === width ? (height ?? 0) : 0;
}

const nothing = (): void => {};

/**
 * @param setRule replaces the rule for the host element (`:host{…}` from within beats the page's own rules)
 * @param reserved px; 0 reserves nothing
 * @param isExplicit the page itself chose the height: it is never given up for a smaller one
 */
export function makeSpace(
  host: HTMLElement,
  setRule: (declarations: string) => void,
  reserved: number,
  isExplicit: boolean,
): Space {
  const least = (px: number): void => setRule(px ? `min-height:${px}px!important` : "");
  const height = (): number => host.getBoundingClientRect().height;
  let stop = nothing;
  least(reserved);

  const isUnseen = (natural: number): boolean => {
    const { top, bottom, width } = host.getBoundingClientRect();
    return document.hidden || !width || Math.min(bottom, top + natural) >= innerHeight || isLast(host);
  };
  const settle = (natural: number): void => {
    stop();
    // What was scrolled inside the box is scrolled in the page instead, so the field in hand stays in place.
    const scrolled = host.scrollTop;
    least(isExplicit ? Math.min(reserved, natural) : 0);
    if (scrolled) scrollBy(0, scrolled);
  };
  const fit = (): void => {
    least(0);
    const natural = Math.ceil(height());
    remember("localStorage", memoryKey(host.getAttribute("form") ?? ""), [host.clientWidth, natural]);
    if (!reserved || natural === reserved || (isExplicit && natural < reserved)) return least(reserved);
    // Taller than its box: it can be scrolled and fades out below, until the visitor reaches for it.
    const box = `min-height:${reserved}px!important;max-height:${reserved}px!important;overflow:auto!important;`;
    setRule(box + (natural > reserved ? "mask:linear-gradient(#000 calc(100% - 64px),#0000)!important" : ""));
    if (isUnseen(natural)) return settle(natural);
    const whenUnseen = (): void => {
      if (!host.isConnected || isUnseen(natural)) settle(natural);
    };
    const whenTaller = (): void => {
      if (natural > reserved) settle(natural);
    };
    addEventListener("scroll", whenUnseen, { passive: true });
    host.addEventListener("focusin", whenTaller);
    host.addEventListener("scroll", whenTaller);
    stop = () => {
      removeEventListener("scroll", whenUnseen);
      host.removeEventListener("focusin", whenTaller);
      host.removeEventListener("scroll", whenTaller);
    };
  };
  const hold = (): void => {
    stop();
    setRule(`min-height:${Math.ceil(height())}px!important;align-items:stretch!important`);
  };
  return { fit, hold };
}
