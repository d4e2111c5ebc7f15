/** What the page may listen to. Details carry no answers and no names. */

export function announce(host: HTMLElement, type: string, detail: Record<string, unknown>): void {
  host.dispatchEvent(new CustomEvent(`leadclock:${type}`, { detail, bubbles: true, composed: true }));
}

/** Tag managers that already run on the page learn that a form was sent, and nothing about who sent it. */
export function tellDataLayer(form: string, kind: string): void {
  if (Array.isArray(window.dataLayer)) {
    window.dataLayer.push({ event: "leadclock_submitted", leadclock_form: form, leadclock_kind: kind });
  }
}
