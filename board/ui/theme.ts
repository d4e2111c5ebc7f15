/** Light, dark or as the system says; kept in this browser. */
import { signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";
const KEY = "leadclock.theme";

const stored = (): Theme => {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "auto";
  } catch {
    return "auto";
  }
};

export const theme = signal<Theme>(stored());

export function setTheme(next: Theme): void {
  theme.value = next;
  try {
    if (next === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Storage may be closed to us; the choice then lasts as long as the page.
  }
  applyTheme();
}

export function applyTheme(): void {
  const root = document.documentElement;
  if (theme.peek() === "auto") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme.peek());
}
