/** One accent, chosen by a marketer: the text on it and the ring around fields must stay readable whatever it is. */

const WHITE = "#ffffff";
const INK = "#14161b";
/** Backgrounds of the form, as in form.css. */
const SURFACES = { light: "#ffffff", dark: "#181a20" };

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number(`0x${colour.slice(at, at + 2)}`) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @returns declarations for the host; empty when the accent isn't `#rrggbb` */
export function accentRules(accent: string | null): string {
  if (!accent || !/^#[0-9a-f]{6}$/i.test(accent)) return "";
  const text =
    contrast(accent, WHITE) >= 4.5 ? WHITE : contrast(accent, WHITE) > contrast(accent, INK) ? WHITE : INK;
  const ring = (theme: keyof typeof SURFACES): string =>
    contrast(accent, SURFACES[theme]) >= 3 ? accent : "currentcolor";
  return `:host{--accent:${accent};--on-accent:${text};--ring-light:${ring("light")};--ring-dark:${ring("dark")}}`;
}
